import type { PollFailureKind } from '@barometer/ingestion';

/** What the pipeline has done since it started. */
export interface PipelineProgress {
  readonly startedAt: number;
  readonly model: 'loading' | 'ready' | 'failed';
  /** Why the model or the last step failed. */
  readonly message?: string;
  /** Completed polls, whatever their result. */
  readonly polled: number;
  readonly pollsFailed: number;
  /** Failed polls, by kind of failure. */
  readonly pollFailures: Readonly<Partial<Record<PollFailureKind, number>>>;
  readonly newArticles: number;
  readonly scored: number;
  readonly scoringFailed: number;
  /** Episodes of alert rules that began and ended, and notices that were sent. */
  readonly alertsOpened: number;
  readonly alertsClosed: number;
  readonly noticesSent: number;
  readonly waiting: number;
  /** Articles scored per second over the last ten seconds. */
  readonly scoredPerSecond: number;
}
