import type { ArticleScored, Sentiment } from '@barometer/events';
import type { LeasedArticle, ScoredArticleText } from '../domain/article-text';
import { sentimentFromLogits } from '../domain/sentiment-from-logits';
import type { NewScore, RescoreChunk, ScoreStore } from '../ports/score-store.port';
import type { SentimentClassifier } from '../ports/sentiment-classifier.port';

/** An article that was handed out this often; its title is also its id. */
export const leased = (title: string, receives: number): LeasedArticle => ({ id: title, title, summary: '', token: `t-${title}`, receives });

export const sentimentBy = (revision: string, positive = 0): Sentiment =>
  sentimentFromLogits([0, 0, positive], { temperature: 1, uncertainBelow: 0.6, labels: ['negative', 'neutral', 'positive'] }, { id: 'm', revision });

/** Refuses every batch that contains one of these texts, and records the batches. */
export class PickyClassifier implements SentimentClassifier {
  readonly calls: string[][] = [];
  readonly model = { id: 'm', revision: 'new' };

  constructor(
    private readonly refused: readonly string[] = [],
    private readonly positive = 0,
  ) {}

  async ready(): Promise<void> {}

  async classify(texts: readonly string[]): Promise<readonly Sentiment[]> {
    this.calls.push([...texts]);
    const bad = texts.find((text) => this.refused.includes(text));
    if (bad) throw new Error(`cannot bear "${bad}"`);
    return texts.map(() => sentimentBy(this.model.revision, this.positive));
  }
}

/** Only as much of a store as the decisions of the use cases need; real stores are tested by their contract. */
export class FakeStore implements ScoreStore {
  readonly scores: string[] = [];
  readonly givenBack: object[] = [];
  readonly asked: object[] = [];
  leases = 0;
  outage: Error | undefined;

  constructor(
    private readonly articles: readonly LeasedArticle[],
    private readonly chunks: readonly RescoreChunk[] = [],
  ) {}

  async lease(): Promise<readonly LeasedArticle[]> {
    this.leases += 1;
    return this.articles;
  }

  async apply(scores: readonly NewScore[], now: number): Promise<readonly ArticleScored[]> {
    if (this.outage) throw this.outage;
    const fresh = scores.filter(({ articleId }) => !this.scores.includes(articleId));
    this.scores.push(...fresh.map(({ articleId }) => articleId));
    return fresh.map((score) => ({ type: 'ArticleScored', version: 1, scoredAt: now, sourceIds: [], topicIds: [], ...score }));
  }

  async giveBack({ id }: { id: string }, reason: string, retryAt?: number): Promise<void> {
    if (this.outage) throw this.outage;
    this.givenBack.push({ id, reason, retryAt });
  }

  async scored(options: { position?: string }): Promise<RescoreChunk> {
    this.asked.push(options);
    return this.chunks[Number(options.position ?? 0)] ?? { items: [] };
  }

  async replace(replacements: readonly { articleId: string }[]): Promise<ReadonlySet<string>> {
    const replaced = replacements.map(({ articleId }) => articleId).filter((id) => !id.startsWith('changed'));
    this.scores.push(...replaced);
    return new Set(replaced);
  }

  async redrive(_now: number, ids?: readonly string[]): Promise<number> {
    return ids?.length ?? 7;
  }

  async pendingArticles(): Promise<never[]> {
    return [];
  }

  async attempt(): Promise<number | 'failed' | 'gone'> {
    return 'gone';
  }

  async withdraw(): Promise<void> {}

  async judge(id: string): Promise<'judged' | 'unscored' | 'gone'> {
    return id === 'gone' || id === 'unscored' ? id : 'judged';
  }

  async takeBack(id: string): Promise<'taken-back' | 'unjudged' | 'gone'> {
    return id === 'gone' || id === 'unjudged' ? id : 'taken-back';
  }

  async backlog(): Promise<{ pending: number; failed: number }> {
    return { pending: 0, failed: 0 };
  }
}

export const scoredArticle = (id: string, sentiment: Sentiment): ScoredArticleText => ({ id, title: id, summary: '', sentiment });
