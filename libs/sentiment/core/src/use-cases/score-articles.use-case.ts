import type { ArticleScored } from '@barometer/events';
import { MINUTE, type Clock } from '@barometer/kernel';
import type { LeasedArticle } from '../domain/article-text';
import { retryDelay } from '../domain/back-off';
import { textToScore, type ScoreText } from '../domain/text-to-score';
import type { ScoreStore } from '../ports/score-store.port';
import type { SentimentClassifier } from '../ports/sentiment-classifier.port';

export interface ScoreArticlesDeps {
  readonly classifier: SentimentClassifier;
  readonly store: ScoreStore;
  readonly clock: Clock;
  /** Called with every article that got its score, after it is stored. */
  readonly onScored?: (events: readonly ArticleScored[]) => void;
  readonly text?: ScoreText;
  readonly random?: () => number;
  /** How long a batch may take before its articles are free again; must exceed the slowest batch. */
  readonly leaseMs?: number;
  /** After this many attempts an article counts as failed. */
  readonly maxReceives?: number;
}

/** The outcome of one call; an article that another scorer scored meanwhile counts only in `leased`. */
export interface ScoringReport {
  readonly leased: number;
  readonly scored: number;
  readonly failed: number;
  readonly retried: number;
}

/** Scores the articles that wait, oldest first. */
export class ScoreArticles {
  private readonly random: () => number;
  private readonly leaseMs: number;
  private readonly maxReceives: number;

  constructor(private readonly deps: ScoreArticlesDeps) {
    this.random = deps.random ?? Math.random;
    this.leaseMs = deps.leaseMs ?? MINUTE;
    this.maxReceives = deps.maxReceives ?? 5;
  }

  /**
   * Takes up to `limit` waiting articles. Those handed out for the first time are scored in one batch; one that was
   * handed out before is scored alone, and so is each article of a batch that failed, so that a text the model cannot
   * process harms only itself. Throws if the model cannot be used or the store does not answer; leases then expire by
   * themselves.
   */
  async execute({ limit = 64 }: { limit?: number } = {}): Promise<ScoringReport> {
    const { classifier, store, clock } = this.deps;
    await classifier.ready();
    const articles = await store.lease({ now: clock.now(), limit, leaseMs: this.leaseMs, maxReceives: this.maxReceives });
    const report = { leased: articles.length, scored: 0, failed: 0, retried: 0 };
    const alone = articles.filter(({ receives }) => receives > 1);
    const together = articles.filter(({ receives }) => receives <= 1);
    if (together.length > 0) {
      try {
        report.scored += this.tell(await this.score(together));
      } catch {
        alone.unshift(...together);
      }
    }
    for (const article of alone) {
      try {
        report.scored += this.tell(await this.score([article]));
      } catch (error) {
        report[await this.giveBack(article, error)] += 1;
      }
    }
    return report;
  }

  private async score(articles: readonly LeasedArticle[]): Promise<readonly ArticleScored[]> {
    const { classifier, store, clock, text } = this.deps;
    const sentiments = await classifier.classify(articles.map((article) => textToScore(article, text)));
    const scores = articles.flatMap(({ id }, index) => {
      const sentiment = sentiments[index];
      return sentiment ? [{ articleId: id, sentiment }] : [];
    });
    return store.apply(scores, clock.now());
  }

  /** A fault of the listener is no reason to score again what is stored. */
  private tell(events: readonly ArticleScored[]): number {
    try {
      if (events.length > 0) this.deps.onScored?.(events);
    } catch {
      // The listener can read what it missed from the store.
    }
    return events.length;
  }

  private async giveBack(article: LeasedArticle, error: unknown): Promise<'failed' | 'retried'> {
    const reason = error instanceof Error ? error.message : String(error);
    const isLast = article.receives >= this.maxReceives;
    const retryAt = isLast ? undefined : this.deps.clock.now() + retryDelay(article.receives, this.random);
    await this.deps.store.giveBack(article, reason, retryAt);
    return isLast ? 'failed' : 'retried';
  }
}
