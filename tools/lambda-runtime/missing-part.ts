/** A program that this machine lacks; the message is one sentence that names it and how to install it. */
export class MissingPart extends Error {
  override readonly name = 'MissingPart';
}

/** What is said instead of a result where the person who asked allowed it. */
export const skippedBecause = (app: string, { message }: MissingPart) => `Skipped the smoke test of ${app}: ${message}`;
