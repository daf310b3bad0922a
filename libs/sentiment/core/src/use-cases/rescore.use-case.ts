import type { Sentiment } from '@barometer/events';
import type { Clock } from '@barometer/kernel';
import type { ScoredArticleText } from '../domain/article-text';
import { textToScore, type ScoreText } from '../domain/text-to-score';
import type { ScoreStore } from '../ports/score-store.port';
import type { SentimentClassifier } from '../ports/sentiment-classifier.port';

export interface RescoreDeps {
  readonly classifier: SentimentClassifier;
  readonly store: ScoreStore;
  readonly clock: Clock;
  readonly text?: ScoreText;
  /** Articles a chunk. */
  readonly chunkSize?: number;
}

/** How many scores the new model changed, how many it confirmed (only the model's name is new), and how many had changed meanwhile. */
export interface RescoreReport {
  readonly replaced: number;
  readonly unchanged: number;
  readonly conflicts: number;
}

/** Scores all articles again with the present model. */
export class Rescore {
  constructor(private readonly deps: RescoreDeps) {}

  /**
   * Goes through the articles that another revision scored, in chunks. If it is stopped, by `signal` or a crash, the
   * next call continues from there, since finished articles carry the present revision. A score that changed during the
   * computation is left alone and counted as a conflict.
   */
  async execute(options: { onProgress?: (report: RescoreReport) => void; signal?: AbortSignal } = {}): Promise<RescoreReport> {
    const { classifier, store, chunkSize = 64 } = this.deps;
    await classifier.ready();
    const report = { replaced: 0, unchanged: 0, conflicts: 0 };
    let position: string | undefined;
    do {
      if (options.signal?.aborted) break;
      const chunk = await store.scored({ notRevision: classifier.model.revision, limit: chunkSize, ...(position === undefined ? {} : { position }) });
      for (const outcome of await this.rescoreChunk(chunk.items)) report[outcome] += 1;
      if (chunk.items.length > 0) options.onProgress?.({ ...report });
      position = chunk.position;
    } while (position !== undefined);
    return report;
  }

  private async rescoreChunk(items: readonly ScoredArticleText[]): Promise<(keyof RescoreReport)[]> {
    if (items.length === 0) return [];
    const { classifier, store, clock, text } = this.deps;
    const sentiments = await classifier.classify(items.map((item) => textToScore(item, text)));
    const replacements = items.map((item, index) => ({ articleId: item.id, expected: item.sentiment, next: sentiments[index] as Sentiment }));
    const replaced = await store.replace(replacements, clock.now());
    return replacements.map(({ articleId, expected, next }) =>
      !replaced.has(articleId) ? 'conflicts' : saysTheSame(expected, next) ? 'unchanged' : 'replaced',
    );
  }
}

const saysTheSame = (a: Sentiment, b: Sentiment) => a.label === b.label && a.tone === b.tone;
