import type { Readable, Writable } from 'node:stream';
import type { AddChannel, AddRule, BacktestRule, ListAlerts, RedriveDeliveries, RemoveChannel, RemoveRule, RunAlerts, TestChannel } from '@barometer/alerting';
import type { AddSource, BackfillTopics, ImportSources, PollSources, PreviewSource, SourceList } from '@barometer/ingestion';
import type { Result } from '@barometer/kernel';
import type { AddAccessKey, CheckInvariant, ArticleView, GetStatus, ListAccessKeys, ListArticles, ListJudgements, ListModels, RevokeAccessKey } from '@barometer/reporting';
import type { Evaluation, ExplainTexts, RedriveArticles, Rescore, ScoreArticles, ScoreTexts, SentimentClassifier } from '@barometer/sentiment';
import type { Pipeline } from './pipeline/pipeline';

/** The use cases on one open store, as the commands drive them. */
export interface System {
  readonly pollSources: PollSources;
  readonly backfillTopics: BackfillTopics;
  readonly previewSource: PreviewSource;
  readonly addSource: AddSource;
  readonly importSources: ImportSources;
  readonly scoreArticles: ScoreArticles;
  readonly rescore: Rescore;
  readonly redriveArticles: RedriveArticles;
  readonly checkInvariant: CheckInvariant;
  readonly getStatus: GetStatus;
  readonly listModels: ListModels;
  readonly listArticles: ListArticles;
  readonly listJudgements: ListJudgements;
  /** The text by which an article is scored. */
  scoredText(article: ArticleView): string;
  readonly addAccessKey: AddAccessKey;
  readonly listAccessKeys: ListAccessKeys;
  readonly revokeAccessKey: RevokeAccessKey;
  readonly runAlerts: RunAlerts;
  readonly alerts: AlertUseCases;
  readonly classifier: SentimentClassifier;
  /** How many articles wait for a score, and how many have failed. */
  backlog(): Promise<{ readonly pending: number; readonly failed: number }>;
  /** Removes what has expired; how many articles went. */
  removeExpired(): Promise<number>;
  /** Adds the sources and topics that ship with Barometer to a store that has none; how many were added. */
  seed(): Promise<{ sources: number; topics: number }>;
  /** Calls `listener` whenever articles may have begun to wait. */
  onPending(listener: () => void): void;
  close(): Promise<void>;
}

/** What the commands do about alerts. */
export interface AlertUseCases {
  readonly list: ListAlerts;
  readonly addRule: AddRule;
  readonly removeRule: RemoveRule;
  readonly addChannel: AddChannel;
  readonly removeChannel: RemoveChannel;
  readonly testChannel: TestChannel;
  readonly backtest: BacktestRule;
  readonly redrive: RedriveDeliveries;
}

/** One line of `barometer doctor`. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly detail: string;
}

/** A server that answers requests until it is closed. */
export interface RunningServer {
  readonly address: string;
  close(): Promise<void>;
}

/** One file's evaluation, as `barometer evaluate --json` prints it. */
export interface FileEvaluation extends Evaluation {
  readonly file: string;
  /** Lines without a text or one of the three labels; they count for nothing. */
  readonly skipped: number;
}

/** How far something long has come; `total` where it is known. */
export type OnProgress = (done: number, total?: number) => void;

/** What a copy of a store holds. */
export interface CopiedStore {
  readonly articles: number;
  readonly sources: number;
  readonly bytes: number;
}

export interface CopyOptions {
  readonly overwrite?: boolean;
  /** Hears how many bytes of the store are copied. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  readonly signal?: AbortSignal;
}

/** What the commands need of the app that runs them: it alone knows the adapters. */
export interface CliContext {
  readonly version: string;
  readonly io: { readonly stdin: Readable; readonly stdout: Writable; readonly stderr: Writable };
  /** Whether stderr is a terminal: then progress is a live line, else plain lines. */
  readonly interactive: boolean;
  /** Aborted when the user asks to stop. */
  readonly stop: AbortSignal;
  /** Opens the store: alone, or to read, or `beside` a running Barometer for a few short writes. */
  openSystem(options?: OpenSystemOptions): Promise<System>;
  /** The classifier without a store. */
  openScorer(): Promise<{ classifier: SentimentClassifier; scoreTexts: ScoreTexts; explainTexts: ExplainTexts; close(): Promise<void> }>;
  /** Copies the store into a file while a Barometer may be working on it. */
  backUp(file: string, options: CopyOptions): Promise<CopiedStore>;
  /** Puts a copy in the place of the store; `replaced` is the file that keeps what stood there. */
  restore(file: string, options: Omit<CopyOptions, 'overwrite'>): Promise<CopiedStore & { readonly replaced?: string }>;
  /** Listens first, then opens the store; `progress` is what /status tells of the pipeline. */
  serve(system: System, pipeline: Pipeline): Promise<RunningServer>;
  diagnose(options: { sources: boolean }): AsyncIterable<Finding>;
  /** `contentType` may name the charset of the list. */
  readOpml(body: Uint8Array, contentType?: string): Result<SourceList, { readonly message: string }>;
  /** `charset` is that of the file where its first bytes don't tell. */
  evaluate(file: string, options: { charset?: string | undefined; onProgress: OnProgress }): Promise<FileEvaluation>;
  fetchModel(options: { id: string; revision: string | undefined; onProgress: OnProgress }): Promise<{ readonly directory: string; readonly notice: string }>;
}

/** How a command shares the store with a running Barometer. */
export interface OpenSystemOptions {
  readonly readOnly?: boolean;
  readonly beside?: boolean;
}

/** An expected end of a command: its message is printed as it is, without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(message: string, readonly exitCode = 1) {
    super(message);
  }
}
