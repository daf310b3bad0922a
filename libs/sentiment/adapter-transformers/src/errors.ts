/** A model that cannot be used; the message is one sentence that names the file and what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(
    message: string,
    /** The file at fault, if there is one. */
    readonly file?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A request reached a model that was being closed, as when the process stops: not a fault, but there is no answer. */
export class ModelClosedError extends Error {
  override readonly name = 'ModelClosedError';
  readonly statusCode = 503;
  readonly publicMessage = 'The model has been closed, since the server stops.';

  constructor() {
    super('The model has been closed.');
  }
}
