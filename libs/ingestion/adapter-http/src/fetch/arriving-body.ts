import type { Dispatcher } from 'undici';

/** Replaces a chunk that was read and need not be kept. */
const READ = Buffer.alloc(0);
/** Smaller chunks are merged: a server may send every byte as a chunk, and each takes some hundred bytes of memory. */
const BLOCK = 16 * 1024;

/**
 * The body of one answer, taken from the HTTP client as it arrives, bypassing fetch: fetch's own stream discards what it
 * still holds when a transfer breaks off, and undici 7 ends the process with a failed assertion when a connection closes
 * while a slow reader has paused it. So nothing pauses here. The first `kept` bytes are kept; later chunks are dropped
 * once they are read. The transfer ends at `most` bytes.
 */
export class ArrivingBody implements AsyncIterable<Buffer> {
  private readonly chunks: Buffer[] = [];
  /** Small chunks that have not been read yet. */
  private readonly small = new GatheredBytes(BLOCK);
  private size = 0;
  private end: { readonly error?: unknown } | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private wake: () => void = () => undefined;

  constructor(
    private readonly kept: number,
    private readonly most: number,
  ) {}

  /** For `Dispatcher.compose`: captures the body of the request's answer. */
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

  /** The bytes received so far; `undefined` if they were too many to be kept. */
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

  /** Ends the transfer, since the rest is not needed. */
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

/** Collects bytes up to a size. */
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

  /** `false` if they do not fit. */
  take(bytes: Buffer): boolean {
    if (this.used + bytes.byteLength > this.size) return false;
    if (this.block.byteLength < this.size) this.block = Buffer.allocUnsafeSlow(this.size);
    this.used += bytes.copy(this.block, this.used);
    return true;
  }

  /** Returns the collected bytes, and starts over. */
  empty(): Buffer {
    // A copy, since a block with little in it would stay as large as it is.
    const bytes = Buffer.from(this.bytes);
    this.used = 0;
    return bytes;
  }
}
