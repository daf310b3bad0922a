import type { WatchableClient } from '../fault-watch';

/** An error as the SDK throws it: known by its name. */
export const sdkError = (name: string, message = name): Error => Object.assign(new Error(message), { name });

type Answer = (input: never, command: string) => unknown;

/** Makes a client answer without a network: what `answer` returns, or throws. */
export function answering(client: WatchableClient, answer: Answer): void {
  const stack = client.middlewareStack as unknown as { add(middleware: unknown, options: object): void };
  const middleware = (_next: unknown, context: { commandName: string }) => async ({ input }: { input: never }) => ({ output: { $metadata: {}, ...((await answer(input, context.commandName)) as object) }, response: {} });
  // Innermost of the first step: inside whatever watches the client, outside serialising and sending.
  stack.add(middleware, { step: 'initialize', priority: 'low', name: 'answering', override: true });
}

/** The same for a client that only fails: with the next error, or not at all. */
export function failing(client: WatchableClient, next: () => Error | undefined): void {
  answering(client, () => {
    const error = next();
    if (error) throw error;
    return {};
  });
}
