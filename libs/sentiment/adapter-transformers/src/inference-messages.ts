/** A request of the main thread to the thread that holds the model. */
export interface InferenceRequest {
  readonly id: number;
  readonly texts: readonly string[];
}

/** Makes the thread end. */
export const CLOSE = 'close';

/** Messages of that thread: first whether the model was loaded, then one answer a request. */
export type InferenceReply =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'unusable'; readonly message: string; readonly file?: string | undefined }
  | { readonly kind: 'logits'; readonly id: number; readonly logits: Float32Array }
  | { readonly kind: 'error'; readonly id: number; readonly message: string };
