import type { LambdaClient } from '@aws-sdk/client-lambda';

type Client = Pick<LambdaClient, 'middlewareStack'>;

/**
 * Lets a client find a function whose name depends on how it is packaged. An invocation of the first name goes to
 * whichever of `names` exists, trying the one that existed last first; so the caller need not be deployed again when the
 * function's packaging changes. The caller sees Lambda's ResourceNotFoundException only if none exists.
 *
 * @param names at least one; the first is what callers invoke
 * @example
 * followPackaging(client, ['barometer-dev-analysis-image', 'barometer-dev-analysis-zip']);
 */
export function followPackaging(client: Client, names: readonly string[]): void {
  let order = names;
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { FunctionName?: string };
      if (input.FunctionName !== names[0]) return next(args);
      let missing: unknown;
      for (const name of order) {
        try {
          const answer = await next({ ...args, input: { ...args.input, FunctionName: name } });
          order = [name, ...names.filter((other) => other !== name)];
          return answer;
        } catch (error) {
          if ((error as Error | undefined)?.name !== 'ResourceNotFoundException') throw error;
          missing ??= error;
        }
      }
      throw missing;
    },
    // Inside any fault watch of the client, for which a missing name would be a fault.
    { step: 'initialize', priority: 'low', name: 'barometerFollowPackaging', override: true },
  );
}
