import type { LambdaClient } from '@aws-sdk/client-lambda';

type Client = Pick<LambdaClient, 'middlewareStack'>;

/**
 * Lets a client find a function whose name depends on how it is packaged. An invocation of the first name goes to
 * whichever of `names` exists, the one that existed last before the others; so the caller need not be deployed again when
 * the function's packaging changes. Only where none exists does the caller see Lambda's ResourceNotFoundException.
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
    // Within whatever watches the client for faults: a name that is not in use is none.
    { step: 'initialize', priority: 'low', name: 'barometerFollowPackaging', override: true },
  );
}
