/** What the main thread asks of the thread that holds the model. */
export interface InferenceRequest {
  readonly id: number;
  readonly texts: readonly string[];
}

/** Asks the thread to end. */
export const CLOSE = 'close';

/** What it answers: once that it is loaded or why not, then one answer a request. */
export type InferenceReply =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'unusable'; readonly message: string; readonly file?: string | undefined }
  | { readonly kind: 'logits'; readonly id: number; readonly logits: Float32Array }
  | { readonly kind: 'error'; readonly id: number; readonly message: string };
