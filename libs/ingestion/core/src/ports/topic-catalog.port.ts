import type { PhraseRule } from '@barometer/kernel';

/** A version of a topic that new articles are matched with: the one that readers see, or one that is being back-filled. */
export interface TopicRule extends PhraseRule {
  readonly topicId: string;
  readonly version: number;
}

/** A version that is being back-filled, and how far this has come. */
export interface TopicBackfillJob extends TopicRule {
  /** Opaque position; absent at the start. */
  readonly position?: string;
}

/** An article of a back-fill chunk. */
export interface BackfillCandidate {
  readonly articleId: string;
  readonly title: string;
  readonly summary: string;
}

/** The topics as ingestion needs them. */
export interface TopicCatalog {
  /** Every version that new articles are matched with. */
  rules(): Promise<readonly TopicRule[]>;
  /** The versions that wait for a back-fill, oldest first. */
  jobs(): Promise<readonly TopicBackfillJob[]>;
  /** The next articles, newest bucket first, not older than `since`; `position` is that of the next chunk, absent at the end. */
  candidates(job: TopicBackfillJob, since: number, limit: number): Promise<{ readonly items: readonly BackfillCandidate[]; readonly position?: string }>;
  /**
   * Puts the matching articles into the version, each membership with its roll-ups in one transaction and only if it is
   * not there yet, and stores the position. Repeating a chunk changes nothing.
   */
  applyChunk(job: TopicBackfillJob, matching: readonly string[], position: string | undefined): Promise<void>;
  /** Makes the version the one that readers see and drops the previous one with its roll-ups; does nothing if superseded. */
  finish(job: TopicBackfillJob): Promise<void>;
}
