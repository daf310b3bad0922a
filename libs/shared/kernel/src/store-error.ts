/**
 * A store that cannot be used. `message` is one sentence for the operator; `publicMessage` names nothing, so that anyone
 * may read it.
 */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
  /** For drivers that speak HTTP. */
  readonly statusCode = 503;
  readonly publicMessage: string = 'The store cannot be used at the moment.';
}
