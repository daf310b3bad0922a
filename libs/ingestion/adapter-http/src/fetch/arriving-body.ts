import type { Dispatcher } from 'undici';

/** In the place of what was read and is not kept. */
const READ = Buffer.alloc(0);
/** Smaller chunks are put together: a server may send every byte as one, and each takes some hundred bytes of memory. */
const BLOCK = 16 * 1024;

/**
 * The body of one answer, taken from the HTTP client as it arrives and read here, past fetch: fetch's own stream throws
 * away what it still holds when a transfer breaks off, and undici 7 ends the process by an assertion when a connection
 * closes while a slow reader has made it pause. So nothing pauses here. The first `kept` bytes
 * stay; of what comes behind them each chunk goes when it was read. At `most` bytes the transfer ends.
 */
export class ArrivingBody implements AsyncIterable<Buffer> {
  private readonly chunks: Buffer[] = [];
  /** Small chunks that nobody has read yet. */
  private readonly small = new GatheredBytes(BLOCK);
  private size = 0;
  private end: { readonly error?: unknown } | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private wake: () => void = () => undefined;

  constructor(private readonly kept: number, private readonly most: number) {}

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

  /** What has arrived so far; `undefined` where that was too much to be kept. */
  get bytes(): Buffer | undefined {
    return this.size > this.kept ? undefined : Buffer.concat([...this.chunks, this.small.bytes]);
  }

  /** The bytes in the order of their arrival, then the error that ended the transfer, if one did. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (let next = 0; ; next += 1) {
      while (next >= this.chunks.length && this.small.isEmpty && !this.end) await new Promise<void>((resolve) => (this.wake = resolve));
      if (next >= this.chunks.length) this.closeBlock();
      const chunk = this.chunks[next];
      if (chunk !== undefined) {
        if (this.size > this.kept) this.chunks[next] = READ;
        yield chunk;
      } else if (this.end && 'error' in this.end) throw this.end.error;
      else return;
    }
  }

  /** Ends the transfer: the rest is not wanted. */
  cancel(): void {
    this.controller?.abort(new Error('The rest of the body is not wanted.'));
  }

  private take(chunk: Buffer): void {
    if (this.end) return;
    this.size += chunk.byteLength;
    this.keep(chunk);
    this.wake();
    if (this.size <= this.most) return;
    this.finish({});
    this.cancel();
  }

  private keep(chunk: Buffer): void {
    if (this.small.take(chunk)) return;
    this.closeBlock();
    if (!this.small.take(chunk)) this.chunks.push(chunk);
  }

  private closeBlock(): void {
    if (!this.small.isEmpty) this.chunks.push(this.small.empty());
  }

  private finish(end: { readonly error?: unknown }): void {
    this.end ??= end;
    this.wake();
  }
}

/** Puts bytes together, up to a size. */
class GatheredBytes {
  private block = READ;
  private used = 0;

  constructor(private readonly size: number) {}

  get isEmpty(): boolean {
    return this.used === 0;
  }

  get bytes(): Buffer {
    return this.block.subarray(0, this.used);
  }

  /** `false` where they do not fit. */
  take(bytes: Buffer): boolean {
    if (this.used + bytes.byteLength > this.size) return false;
    if (this.block.byteLength < this.size) this.block = Buffer.allocUnsafeSlow(this.size);
    this.used += bytes.copy(this.block, this.used);
    return true;
  }

  /** What was put together; it begins anew. */
  empty(): Buffer {
    // A copy, since a block with little in it would stay as large as it is.
    const bytes = Buffer.from(this.bytes);
    this.used = 0;
    return bytes;
  }
}
