import type { Worker } from 'node:worker_threads';
import { startThread, threadEntry } from '@barometer/kernel/thread';
import { ModelClosedError, ModelError } from './errors';
import { CLOSE, type InferenceReply, type InferenceRequest } from './inference-messages';
import type { Inference, SessionOptions } from './model-session';

interface Waiting {
  resolve(logits: Float32Array): void;
  reject(error: Error): void;
}

/** The file that the thread runs; absent if the bundle has none. */
export const inferenceEntry = (): URL | undefined => threadEntry(import.meta.url, 'inference-worker');

/**
 * A model loaded in a thread of its own, so that the server keeps answering while the model loads or computes:
 * onnxruntime-node computes in the thread that calls it.
 */
export class InferenceThread implements Inference {
  private readonly waiting = new Map<number, Waiting>();
  private readonly loaded = Promise.withResolvers<void>();
  private readonly exited = Promise.withResolvers<void>();
  private lastId = 0;
  private ended: Error | undefined;

  private constructor(private readonly worker: Worker) {
    worker.on('message', (reply: InferenceReply) => this.take(reply));
    worker.on('error', (error) => this.end(new Error(`The thread that holds the model failed: ${error.message}`, { cause: error })));
    worker.on('exit', (code) => {
      this.end(new Error(`The thread that holds the model ended with code ${code}.`));
      this.exited.resolve();
    });
  }

  /** Starts the thread and waits until the model is loaded and warm; throws `ModelError`. */
  static async open(entry: URL, options: SessionOptions): Promise<InferenceThread> {
    const worker = startThread(entry, options);
    const thread = new InferenceThread(worker);
    try {
      await thread.loaded.promise;
    } catch (error) {
      await worker.terminate();
      if (error instanceof ModelError) throw error;
      throw new ModelError(`The model in ${options.directory} cannot be loaded: ${messageOf(error)}`, undefined, { cause: error });
    }
    // An idle model must not keep the process alive; a request must.
    worker.unref();
    return thread;
  }

  /** Whether the thread has ended and must be replaced. */
  get hasEnded(): boolean {
    return this.ended !== undefined;
  }

  logits(texts: readonly string[]): Promise<Float32Array> {
    if (this.ended) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      const request: InferenceRequest = { id: (this.lastId += 1), texts };
      this.waiting.set(request.id, { resolve, reject });
      this.worker.ref();
      this.worker.postMessage(request);
    });
  }

  /** Ends the thread after the batch that is under way. */
  async close(): Promise<void> {
    this.end(new ModelClosedError());
    this.worker.ref();
    this.worker.postMessage(CLOSE);
    await this.exited.promise;
  }

  private take(reply: InferenceReply): void {
    if (reply.kind === 'loaded') return this.loaded.resolve();
    if (reply.kind === 'unusable') return this.loaded.reject(new ModelError(reply.message, reply.file));
    const request = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (this.waiting.size === 0) this.worker.unref();
    if (reply.kind === 'logits') request?.resolve(reply.logits);
    else request?.reject(new Error(reply.message));
  }

  private end(reason: Error): void {
    this.ended ??= reason;
    this.loaded.reject(this.ended);
    for (const request of this.waiting.values()) request.reject(this.ended);
    this.waiting.clear();
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
