import type { ReaderJudgement, Sentiment } from '@barometer/events';
import type { PhraseRule, TopicVersion } from '@barometer/kernel';

/** An article with all its data. Times are milliseconds since 1970, UTC. */
export interface ArticleRow {
  readonly id: string;
  /** Counts up in the order of storing. */
  readonly number: number;
  readonly url: string;
  /** Its keys besides its id. */
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
  /** End of the lease, or time of the next attempt. */
  readonly availableAt: number;
  /** First hand-over to a scorer. */
  readonly deliveredAt?: number;
  /** Last hint on the scoring queue. */
  readonly sentAt?: number;
  readonly scoredAt?: number;
  /** The sentiment that counts: the model's score, or that of a reader's judgement. */
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  /** The model's own score, if there is a judgement. */
  readonly modelSentiment?: Sentiment;
  /** In the order in which the sources listed it; `listed` is the fingerprint of a source's present version if it differs from the stored one. */
  readonly sources: readonly { readonly sourceId: string; readonly listed?: string }[];
  readonly topics: readonly TopicVersion[];
  /** The story that it joined when it was scored, as the id of its first article; absent if it began one. */
  readonly joinedStory?: string;
}

/** A source: the fields used in selections, and the rest as JSON. */
export interface SourceRow {
  readonly id: string;
  readonly url: string;
  readonly host: string;
  readonly paused: boolean;
  readonly gone: boolean;
  readonly nextPollAt: number;
  /** A poll was requested since the last lease. */
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
  /** The progress of the back-fill. */
  readonly position?: string;
}

export interface NoteRow {
  readonly id: string;
  readonly at: number;
  readonly text: string;
  readonly topicId?: string;
  readonly sourceId?: string;
  readonly createdAt: number;
}

export interface AccessKeyRow {
  readonly id: string;
  readonly name: string;
  readonly role: 'read' | 'write' | 'feed';
  readonly feed?: string;
  readonly digest: string;
  readonly createdAt: number;
}

export interface SessionRow {
  readonly id: string;
  readonly digest: string;
  readonly subject: string;
  readonly name: string;
  readonly email?: string;
  readonly role: 'read' | 'write' | 'admin';
  readonly grantedBy: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
}
