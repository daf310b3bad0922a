import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { ModelRef, Sentiment } from '@barometer/events';
import { sentimentFromLogits, type Calibration, type SentimentClassifier } from '@barometer/sentiment';
import { ModelError } from './errors';
import { inferenceEntry, InferenceThread } from './inference-thread';
import { verifyModel, type ModelPlace, type VerifiedModel } from './model-files';
import { ModelSession, type Inference, type SessionOptions } from './model-session';

export interface TransformersClassifierOptions {
  /** A local directory with a manifest; see models/barometer-distilbert-news. */
  readonly modelDirectory: string;
  /** What the operator can do about an unusable model, for error messages; default: for a user in a checkout. */
  readonly remedy?: string;
  /** Threads for one computation; default: as many as the machine has, at most four. */
  readonly threads?: number;
  /** At most this many texts are computed at a time. */
  readonly batchSize?: number;
  /**
   * Whether the model gets a thread of its own (the default where the build has the entry for it), so that the caller's
   * event loop stays free. A Lambda that answers one request at a time does without.
   */
  readonly ownThread?: boolean;
}

interface Loaded {
  readonly inference: Inference;
  readonly calibration: Calibration;
}

/** At most this many padded tokens are computed at a time: a larger batch is no faster per text, and makes a single text wait longer for its turn. */
const MAX_BATCH_TOKENS = 512;

/**
 * Classifies texts with the int8 transformer of a local directory, never touching the network.
 *
 * @example
 * const classifier = new TransformersClassifier({ modelDirectory: 'models/barometer-distilbert-news' });
 * await classifier.ready();
 * const [sentiment] = await classifier.classify(['Ceasefire holds for a second week']);
 */
export class TransformersClassifier implements SentimentClassifier {
  private loading: Promise<Loaded> | undefined;
  private verified: VerifiedModel | undefined;
  private loadedModel: ModelRef | undefined;

  constructor(private readonly options: TransformersClassifierOptions) {}

  /** Id and revision of the manifest; before the model is loaded, the directory's name and "not loaded". */
  get model(): ModelRef {
    return this.loadedModel ?? { id: basename(this.options.modelDirectory) || 'model', revision: 'not loaded' };
  }

  /** Checks the files now, as loading does first, so that an app can fail at its start. Throws `ModelError`. */
  verify(): void {
    this.verified = verifyModel(this.place);
  }

  async ready(): Promise<void> {
    await this.load();
  }

  async classify(texts: readonly string[]): Promise<readonly Sentiment[]> {
    const { inference, calibration } = await this.load();
    if (texts.length === 0) return [];
    const logits = await inference.logits(texts);
    const width = calibration.labels.length;
    return texts.map((_, row) => sentimentFromLogits(logits.subarray(row * width, (row + 1) * width), calibration, this.model));
  }

  /** Ends the model's thread and frees its memory; a later call loads the model again. */
  async close(): Promise<void> {
    const loading = this.loading;
    this.loading = undefined;
    const loaded = await loading?.catch(() => undefined);
    await loaded?.inference.close();
  }

  /** Loads once; after a failure, or when the thread has died, the next call tries again. */
  private load(): Promise<Loaded> {
    this.loading ??= this.open();
    const loading = this.loading;
    const forget = () => {
      if (this.loading === loading) this.loading = undefined;
    };
    return loading.then(
      (loaded) => {
        if (!(loaded.inference instanceof InferenceThread && loaded.inference.hasEnded)) return loaded;
        forget();
        return this.load();
      },
      (error: unknown) => {
        forget();
        throw error;
      },
    );
  }

  private get place(): ModelPlace {
    const { modelDirectory: directory, remedy } = this.options;
    return { directory, ...(remedy !== undefined && { remedy }) };
  }

  private async open(): Promise<Loaded> {
    const { threads = Math.min(4, availableParallelism()), batchSize = 32, ownThread = true } = this.options;
    const { manifest, calibration, batchable } = this.verified ?? verifyModel(this.place);
    // Files are verified again before a later loading.
    this.verified = undefined;
    const { place } = this;
    const settings: SessionOptions = { ...place, threads, limits: { maxTokens: MAX_BATCH_TOKENS, maxRows: batchable ? batchSize : 1 } };
    const entry = ownThread ? inferenceEntry() : undefined;
    const inference = entry ? await InferenceThread.open(entry, settings) : await ModelSession.open(settings);
    const outputs = (await inference.logits([''])).length;
    if (outputs !== calibration.labels.length) {
      await inference.close();
      throw new ModelError(
        `The model in ${place.directory} cannot be used: it gives ${outputs} outputs, but calibration.json names ${calibration.labels.length} labels; use a calibration.json that belongs to it.`,
      );
    }
    this.loadedModel = { id: manifest.id, revision: manifest.revision };
    return { inference, calibration };
  }
}
