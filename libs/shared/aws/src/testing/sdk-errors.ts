import type { WatchableClient } from '../fault-watch';

/** An error like those of the SDK, which are recognised by name. */
export const sdkError = (name: string, message = name): Error => Object.assign(new Error(message), { name });

type Answer = (input: never, command: string) => unknown;

/** Makes a client answer without a network: with what `answer` returns or throws. */
export function answering(client: WatchableClient, answer: Answer): void {
  const stack = client.middlewareStack as unknown as { add(middleware: unknown, options: object): void };
  const middleware =
    (_next: unknown, context: { commandName: string }) =>
    async ({ input }: { input: never }) => ({ output: { $metadata: {}, ...((await answer(input, context.commandName)) as object) }, response: {} });
  // Innermost in the first step: inside any watch of the client, outside serialising and sending.
  stack.add(middleware, { step: 'initialize', priority: 'low', name: 'answering', override: true });
}

/** Makes a client fail with the next error, or succeed if there is none. */
export function failing(client: WatchableClient, next: () => Error | undefined): void {
  answering(client, () => {
    const error = next();
    if (error) throw error;
    return {};
  });
}
