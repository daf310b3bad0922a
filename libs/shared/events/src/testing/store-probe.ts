import { contributionOf, RollupIncrements, scopesOf, type PhraseRule, type RollupIncrement, type TopicVersion } from '@barometer/kernel';
import type { ReaderJudgement, Sentiment } from '../sentiment';

/** An article as a contract suite looks at it. */
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
  /** The story that it joined, by the id of its first article; absent where it began one. */
  readonly joinedStory?: string;
  /** What it counts with. */
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  /** The model's own score of an article that counts with a reader's judgement. */
  readonly modelSentiment?: Sentiment;
}

/** A pending article that a suite puts into the store past the adapters; `storedAt` is `publishedAt` where absent. */
export interface NewProbeArticle {
  readonly id: string;
  readonly title?: string;
  readonly summary?: string;
  readonly publishedAt: number;
  readonly storedAt?: number;
  readonly sourceIds: readonly string[];
  readonly topics?: readonly TopicVersion[];
}

/**
 * The back door of a contract suite into the one physical store: what the adapters of the other domains would do, and a
 * look at what no port of the domain shows.
 */
export interface StoreProbe {
  addArticle(article: NewProbeArticle): Promise<void>;
  /** Scores a pending article, its roll-ups included. */
  score(articleId: string, sentiment: Sentiment): Promise<void>;
  /** Makes this the topic's current version, of which readers see `readyVersion`. */
  addTopic(topic: TopicVersion & { readonly rule: PhraseRule; readonly readyVersion?: number }): Promise<void>;
  /** Every article, by id. */
  articles(): Promise<readonly ProbedArticle[]>;
  /** Every roll-up, by scope and hour. */
  rollups(): Promise<readonly RollupIncrement[]>;
}

/** What the roll-ups have to be: sums over the scored articles. */
export function expectedRollups(articles: readonly ProbedArticle[]): RollupIncrement[] {
  const sums = new RollupIncrements();
  for (const { sentiment, hour, sourceIds, topics, joinedStory } of articles) {
    if (sentiment) sums.add(scopesOf(sourceIds, topics, joinedStory), hour, contributionOf(sentiment));
  }
  return sums.list().sort(byScopeAndHour);
}

/** The order of `rollups()`. */
export const byScopeAndHour = (a: RollupIncrement, b: RollupIncrement): number => (a.scope === b.scope ? a.hour - b.hour : a.scope < b.scope ? -1 : 1);
