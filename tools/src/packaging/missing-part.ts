/** A program that this machine lacks; the message is one sentence that names it and says how to install it. */
export class MissingPart extends Error {
  override readonly name = 'MissingPart';
}

/** The message instead of a result, if the user allowed skipping. */
export const skippedBecause = (app: string, { message }: MissingPart) => `Skipped the smoke test of ${app}: ${message}`;
