import type { ReaderJudgement, Sentiment } from '@barometer/events';
import type { PhraseRule, TopicVersion } from '@barometer/kernel';

/** An article with all that is known of it. Times are milliseconds since 1970, UTC. */
export interface ArticleRow {
  readonly id: string;
  /** In the order of storing. */
  readonly number: number;
  readonly url: string;
  /** What it is known by besides its id. */
  readonly keys: readonly string[];
  readonly title: string;
  readonly summary: string;
  readonly publisher?: string;
  readonly language?: string;
  readonly publishedAt: number;
  readonly dated: boolean;
  readonly fetchedAt: number;
  readonly storedAt: number;
  /** The bucket: hour of `publishedAt`, whole hours since 1970. */
  readonly hour: number;
  readonly expiresAt: number;
  readonly state: 'pending' | 'scored' | 'failed' | 'skipped';
  readonly reason?: string;
  readonly changes: number;
  readonly receives: number;
  readonly leaseToken?: string;
  /** End of the lease, or when to try again. */
  readonly availableAt: number;
  /** First hand-over to a scorer. */
  readonly deliveredAt?: number;
  /** Last hint on the scoring queue. */
  readonly sentAt?: number;
  readonly scoredAt?: number;
  /** What it counts with: the model's score, or what stands for a reader's judgement. */
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  /** The model's own score, beside a judgement. */
  readonly modelSentiment?: Sentiment;
  /** In the order in which they listed it; `listed` is the fingerprint of what one lists now where that differs from what is stored. */
  readonly sources: readonly { readonly sourceId: string; readonly listed?: string }[];
  readonly topics: readonly TopicVersion[];
  /** The story that it joined when it was scored, by the id of its first article; absent where it began one. */
  readonly joinedStory?: string;
}

/** A source: what is selected by, and the rest as JSON. */
export interface SourceRow {
  readonly id: string;
  readonly url: string;
  readonly host: string;
  readonly paused: boolean;
  readonly gone: boolean;
  readonly nextPollAt: number;
  /** A poll was asked for since the last lease. */
  readonly asked: boolean;
  readonly leaseToken?: string;
  readonly leaseUntil: number;
  readonly body: string;
}

export interface TopicRow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly readyVersion?: number;
  readonly createdAt: number;
  readonly changedAt: number;
}

export interface TopicVersionRow {
  readonly rule: PhraseRule;
  /** How far the back-fill has come. */
  readonly position?: string;
}

export interface AccessKeyRow {
  readonly id: string;
  readonly name: string;
  readonly role: 'read' | 'write' | 'feed';
  readonly feed?: string;
  readonly digest: string;
  readonly createdAt: number;
}
