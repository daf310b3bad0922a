import type { Dispatcher } from 'undici';

/**
 * The body of one answer, taken from the HTTP client as it arrives and read here, past fetch: fetch's own stream throws
 * away what it still holds when a transfer breaks off, and undici 7 ends the process by an assertion when a connection
 * closes while a slow reader has made it pause. So nothing pauses here; of a body that is
 * longer than `limit` bytes those are kept, and the transfer ends.
 */
export class ArrivingBody implements AsyncIterable<Buffer> {
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private end: { readonly error?: unknown } | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private wake: () => void = () => undefined;
  /** Whether there was more than the limit. */
  cut = false;

  constructor(private readonly limit: number) {}

  /** For `Dispatcher.compose`: takes the body of the request that goes through it. */
  readonly intercept: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    const { onResponseStart, onResponseEnd, onResponseError } = handler;
    handler.onResponseStart = (controller, ...answer) => {
      this.controller = controller;
      onResponseStart?.call(handler, controller, ...answer);
    };
    handler.onResponseData = (_controller, chunk) => this.take(chunk);
    handler.onResponseEnd = (...end) => {
      this.finish({});
      onResponseEnd?.call(handler, ...end);
    };
    handler.onResponseError = (controller, error) => {
      this.finish({ error });
      onResponseError?.call(handler, controller, error);
    };
    return dispatch(options, handler);
  };

  /** What has arrived so far. */
  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  /** The bytes in the order of their arrival, then the error that ended the transfer, if one did. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (let next = 0; ; next += 1) {
      while (next >= this.chunks.length && !this.end) await new Promise<void>((resolve) => (this.wake = resolve));
      const chunk = this.chunks[next];
      if (chunk !== undefined) yield chunk;
      else if (this.end && 'error' in this.end) throw this.end.error;
      else return;
    }
  }

  /** Ends the transfer: the rest is not wanted. */
  cancel(): void {
    this.controller?.abort(new Error('The rest of the body is not wanted.'));
  }

  private take(chunk: Buffer): void {
    if (this.cut) return;
    const room = this.limit - this.size;
    this.size += Math.min(room, chunk.byteLength);
    this.chunks.push(chunk.subarray(0, room));
    this.wake();
    if (chunk.byteLength <= room) return;
    this.cut = true;
    this.finish({});
    this.cancel();
  }

  private finish(end: { readonly error?: unknown }): void {
    this.end ??= end;
    this.wake();
  }
}
