/** A program that this machine lacks; the message is one sentence that names it and how to install it. */
export class MissingPart extends Error {
  override readonly name = 'MissingPart';
}
