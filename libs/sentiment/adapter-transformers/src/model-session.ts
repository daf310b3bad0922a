import { resolve } from 'node:path';
import type * as TransformersLibrary from '@huggingface/transformers';
import { planBatches, type BatchLimits } from '@barometer/sentiment';
import { unusable, type ModelPlace } from './model-files';
import { tokenise, type Encode } from './tokenise';

/** Which files to load, and how much of the machine to use. */
export interface SessionOptions extends ModelPlace {
  readonly threads: number;
  readonly limits: BatchLimits;
}

/** Computes the raw outputs of a loaded model, in this thread or in another. */
export interface Inference {
  /** Outputs for texts, one row a text in the same order, in one flat array. */
  logits(texts: readonly string[]): Promise<Float32Array>;
  close(): Promise<void>;
}

type Transformers = typeof TransformersLibrary;
type Run = (ids: readonly (readonly number[])[]) => Promise<Float32Array>;

/** Texts tokenised at a time, so that a long list neither fills the memory nor delays shorter ones. */
const WINDOW = 512;
const WARM_UP = 'Nothing much happened today';

/** A model loaded in this thread; computing blocks the thread for one batch at a time. */
export class ModelSession implements Inference {
  private constructor(
    private readonly encode: Encode,
    private readonly run: Run,
    private readonly maxTokens: number,
    private readonly limits: BatchLimits,
    private readonly dispose: () => Promise<unknown>,
  ) {}

  /** Loads the int8 model of a local directory and runs it once, since a first run is slower. Never uses the network. */
  static async open(options: SessionOptions): Promise<ModelSession> {
    const transformers = await import('@huggingface/transformers');
    forbidNetwork(transformers);
    const directory = resolve(options.directory);
    const { AutoTokenizer, AutoModelForSequenceClassification } = transformers;
    const tokenizer = await AutoTokenizer.from_pretrained(directory, { local_files_only: true }).catch((error: unknown) => {
      throw unusable(options, 'tokenizer.json', `cannot be loaded (${messageOf(error)})`, error);
    });
    const model = await AutoModelForSequenceClassification.from_pretrained(directory, {
      dtype: 'q8',
      device: 'cpu',
      local_files_only: true,
      session_options: sessionSettings(options.threads),
    }).catch((error: unknown) => {
      throw unusable(options, 'onnx/model_quantized.onnx', `cannot be loaded (${messageOf(error)})`, error);
    });
    const positions = (model.config as { max_position_embeddings?: number }).max_position_embeddings ?? 512;
    const maxTokens = Math.min(tokenizer.model_max_length ?? positions, positions);
    const run: Run = async (ids) => {
      const { logits } = (await model(padded(ids, transformers))) as { logits: { data: Float32Array } };
      return logits.data;
    };
    const session = new ModelSession(
      (text) => tokenizer.encode(text),
      run,
      maxTokens,
      options.limits,
      () => model.dispose(),
    );
    await session.logits([WARM_UP]);
    return session;
  }

  /** Token ids of a text, truncated to the model's maximum length. */
  tokens(text: string): number[] {
    return tokenise(text, this.encode, this.maxTokens);
  }

  async logits(texts: readonly string[]): Promise<Float32Array> {
    const windows: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += WINDOW) {
      windows.push(await this.logitsOfWindow(texts.slice(start, start + WINDOW)));
    }
    return windows.length === 1 ? (windows[0] as Float32Array) : joined(windows);
  }

  async close(): Promise<void> {
    await this.dispose();
  }

  private async logitsOfWindow(texts: readonly string[]): Promise<Float32Array> {
    const ids = texts.map((text) => this.tokens(text));
    let result = new Float32Array(0);
    for (const batch of planBatches(
      ids.map(({ length }) => length),
      this.limits,
    )) {
      const rows = await this.run(batch.map((index) => ids[index] as number[]));
      const width = rows.length / batch.length;
      if (result.length === 0) result = new Float32Array(texts.length * width);
      batch.forEach((index, row) => result.set(rows.subarray(row * width, (row + 1) * width), index * width));
    }
    return result;
  }
}

/**
 * Settings of onnxruntime. Its threads spin while a batch is computed, which nearly halves the time of a single text,
 * and stop afterwards: by default they would keep spinning and take the processor from other work.
 */
export function sessionSettings(threads: number) {
  return { intraOpNumThreads: threads, interOpNumThreads: 1, extra: { session: { intra_op: { allow_spinning: '1' }, force_spinning_stop: '1' } } };
}

/** Local files only, and no writes: no download, no cache. Any attempt to use the network fails. */
function forbidNetwork({ env, LogLevel }: Transformers): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.logLevel = LogLevel.ERROR;
  env.fetch = (address) => Promise.reject(new Error(`No model file is fetched over the network: ${String(address)}`));
}

function padded(rows: readonly (readonly number[])[], { Tensor }: Transformers) {
  const width = Math.max(...rows.map(({ length }) => length));
  const ids = new BigInt64Array(rows.length * width);
  const mask = new BigInt64Array(rows.length * width);
  rows.forEach((row, index) => {
    row.forEach((id, position) => (ids[index * width + position] = BigInt(id)));
    mask.fill(1n, index * width, index * width + row.length);
  });
  const shape = [rows.length, width];
  return { input_ids: new Tensor('int64', ids, shape), attention_mask: new Tensor('int64', mask, shape) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
