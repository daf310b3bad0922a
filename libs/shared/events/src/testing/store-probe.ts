import { contributionOf, RollupIncrements, scopesOf, type PhraseRule, type RollupIncrement, type TopicVersion } from '@barometer/kernel';
import type { ReaderJudgement, Sentiment } from '../sentiment';

/** An article as contract suites see it. */
export interface ProbedArticle {
  readonly id: string;
  readonly title: string;
  readonly state: 'pending' | 'scored' | 'failed' | 'skipped';
  readonly reason?: string;
  readonly hour: number;
  readonly changes: number;
  readonly receives: number;
  readonly sourceIds: readonly string[];
  readonly topics: readonly TopicVersion[];
  /** The story that it joined, as the id of its first article; absent if it began one. */
  readonly joinedStory?: string;
  /** The sentiment that counts. */
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  /** The model's own score, if a reader's judgement counts instead. */
  readonly modelSentiment?: Sentiment;
}

/** A pending article that a suite writes without the adapters; `storedAt` defaults to `publishedAt`. */
export interface NewProbeArticle {
  readonly id: string;
  readonly title?: string;
  readonly summary?: string;
  readonly publishedAt: number;
  readonly storedAt?: number;
  readonly sourceIds: readonly string[];
  readonly topics?: readonly TopicVersion[];
  /** If present, the article is not pending but skipped for this reason. */
  readonly skipped?: string;
}

/**
 * Lets contract suites access the physical store directly: does what adapters of other domains would do, and reads what
 * no port of the domain shows.
 */
export interface StoreProbe {
  addArticle(article: NewProbeArticle): Promise<void>;
  /** Scores a pending article and updates its roll-ups. */
  score(articleId: string, sentiment: Sentiment): Promise<void>;
  /** Makes this the topic's current version; readers see `readyVersion`. */
  addTopic(topic: TopicVersion & { readonly rule: PhraseRule; readonly readyVersion?: number }): Promise<void>;
  /** Every article, by id. */
  articles(): Promise<readonly ProbedArticle[]>;
  /** Every roll-up, by scope and hour. */
  rollups(): Promise<readonly RollupIncrement[]>;
}

/** The expected roll-ups: sums over the scored articles. */
export function expectedRollups(articles: readonly ProbedArticle[]): RollupIncrement[] {
  const sums = new RollupIncrements();
  for (const { sentiment, hour, sourceIds, topics, joinedStory } of articles) {
    if (sentiment) sums.add(scopesOf(sourceIds, topics, joinedStory), hour, contributionOf(sentiment));
  }
  return sums.list().sort(byScopeAndHour);
}

/** The order of `rollups()`. */
export const byScopeAndHour = (a: RollupIncrement, b: RollupIncrement): number => (a.scope === b.scope ? a.hour - b.hour : a.scope < b.scope ? -1 : 1);
