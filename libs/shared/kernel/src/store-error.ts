/**
 * A store that cannot be used. `message` is one sentence for the operator; `publicMessage` names no resource, so that it
 * may be shown to everyone.
 */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
  /** For drivers that speak HTTP. */
  readonly statusCode = 503;
  readonly publicMessage: string = 'The store cannot be used at the moment.';
}
