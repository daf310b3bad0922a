/** A model that cannot be used; the message is one sentence that names the file and what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(
    message: string,
    /** The file that is at fault, where it is one. */
    readonly file?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
