import type { Readable, Writable } from 'node:stream';
import type { AddAccessKey, EndSessions, ListAccessKeys, ListSessions, RevokeAccessKey } from '@barometer/access';
import type {
  AddChannel,
  AddDigest,
  AddRule,
  BacktestRule,
  ChangeRule,
  ListAlerts,
  ListDigests,
  PreviewDigest,
  RedriveDeliveries,
  RemoveChannel,
  RemoveDigest,
  RemoveRule,
  TestChannel,
  TestDigest,
} from '@barometer/alerting';
import type {
  AddSource,
  ChangeSources,
  ImportArticles,
  ImportedRow,
  ImportSources,
  ListSources,
  PreviewSource,
  Source,
  SourceList,
} from '@barometer/ingestion';
import type { Result } from '@barometer/kernel';
import type { PipelineProgress, PipelineSystem } from '@barometer/pipeline';
import type { AddNote, CheckInvariant, ArticleView, GetStatus, ListArticles, ListJudgements, ListMarks, ListModels, RemoveNote } from '@barometer/reporting';
import type { Evaluation, ExplainTexts, RedriveArticles, Rescore, ScoreTexts, SentimentClassifier } from '@barometer/sentiment';
import type { TransferStores } from './transfer/transfer-stores';

/** The use cases on one open store, as the commands use them; `PipelineSystem` has those that `up` repeats. */
export interface System extends PipelineSystem {
  readonly previewSource: PreviewSource;
  readonly addSource: AddSource;
  readonly listSources: ListSources;
  readonly changeSources: ChangeSources;
  readonly importSources: ImportSources;
  /** The stores themselves, for copying their content to another technology. */
  readonly stores: TransferStores;
  /** Begins to store the articles of one file. */
  beginImport(): ImportArticles;
  readonly rescore: Rescore;
  readonly redriveArticles: RedriveArticles;
  readonly checkInvariant: CheckInvariant;
  readonly getStatus: GetStatus;
  readonly listModels: ListModels;
  readonly listArticles: ListArticles;
  readonly listJudgements: ListJudgements;
  /** The text of an article that is scored. */
  scoredText(article: ArticleView): string;
  readonly addAccessKey: AddAccessKey;
  readonly listAccessKeys: ListAccessKeys;
  readonly revokeAccessKey: RevokeAccessKey;
  readonly sessions: { readonly list: ListSessions; readonly end: EndSessions };
  readonly marks: { readonly list: ListMarks; readonly add: AddNote; readonly remove: RemoveNote };
  readonly alerts: AlertUseCases;
  readonly digests: DigestUseCases;
  /** The page's address, without a trailing slash; absent if unknown. */
  readonly home?: string | undefined;
  readonly classifier: SentimentClassifier;
  /** Creates what the settings name if it is missing and may be created. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

/** The use cases of alerts that the commands need. */
export interface AlertUseCases {
  readonly list: ListAlerts;
  readonly addRule: AddRule;
  readonly changeRule: ChangeRule;
  readonly removeRule: RemoveRule;
  readonly addChannel: AddChannel;
  readonly removeChannel: RemoveChannel;
  readonly testChannel: TestChannel;
  readonly backtest: BacktestRule;
  readonly redrive: RedriveDeliveries;
}

/** The use cases of digests that the commands need. */
export interface DigestUseCases {
  readonly list: ListDigests;
  readonly add: AddDigest;
  readonly remove: RemoveDigest;
  readonly preview: PreviewDigest;
  readonly test: TestDigest;
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
  /** Lines without a text or without one of the three labels; they are not counted. */
  readonly skipped: number;
}

/** A row of a file of articles with its line number, or the problem with it; `bytes` is how far the file has been read. */
export type ReadRow = { readonly line: number; readonly bytes: number } & ({ readonly row: ImportedRow } | { readonly problem: string });

/** Progress of a long operation; `total` if it is known. */
export type OnProgress = (done: number, total?: number) => void;

/** What a copy of a store holds. */
export interface CopiedStore {
  readonly articles: number;
  readonly sources: number;
  readonly bytes: number;
}

export interface CopyOptions {
  readonly overwrite?: boolean;
  /** Called with the number of bytes copied. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  readonly signal?: AbortSignal;
}

/** What the commands need from the app that runs them: only the app knows the adapters. */
export interface CliContext {
  readonly version: string;
  readonly io: { readonly stdin: Readable; readonly stdout: Writable; readonly stderr: Writable };
  /** Whether stderr is a terminal: then progress is a live line, else plain lines. */
  readonly interactive: boolean;
  /** Aborted when the user asks to stop. */
  readonly stop: AbortSignal;
  /** Opens the store: exclusively, or for reading, or `beside` a running Barometer for a few short writes. */
  openSystem(options?: OpenSystemOptions): Promise<System>;
  /** The classifier without a store. */
  openScorer(): Promise<{ classifier: SentimentClassifier; scoreTexts: ScoreTexts; explainTexts: ExplainTexts; close(): Promise<void> }>;
  /** Copies the SQLite store into a file, also while a Barometer uses it; throws a CommandError if there is none. */
  backUp(file: string, options: CopyOptions): Promise<CopiedStore>;
  /** Replaces the store by a copy; no Barometer may run on it. `replaced` is the file that keeps the previous store. */
  restore(file: string, options: Omit<CopyOptions, 'overwrite'>): Promise<CopiedStore & { readonly replaced?: string }>;
  /** Serves page and API of an open system, at the address in the settings, until closed; /status reports on `pipeline`. */
  serve(system: System, pipeline: { progress(): PipelineProgress }): Promise<RunningServer>;
  /** Answers an assistant on standard input and output until it disconnects; from the store, or from the Barometer at `url`. */
  serveMcp(options: { readonly url?: string }): Promise<void>;
  /** Checks everything that a start needs, finding by finding; with `sources` each feed too, over the network. */
  diagnose(options: { sources: boolean }): AsyncIterable<Finding>;
  /** The sources of an OPML list; `contentType` may name its charset. */
  readOpml(body: Uint8Array, contentType?: string): Result<SourceList, { readonly message: string }>;
  /** Sources as an OPML list, with a folder for each group; values that come from files are left out. */
  writeOpml(sources: readonly Source[], now: number): string;
  /** The articles of a file, row by row; invalid rows have a `problem`. */
  readArticleRows(input: AsyncIterable<Uint8Array>, options: { format?: 'csv' | 'jsonl' | undefined; charset?: string | undefined }): AsyncIterable<ReadRow>;
  /** Scores the labelled texts of a file; `charset` is the file's character set if its first bytes don't tell. */
  evaluate(file: string, options: { charset?: string | undefined; onProgress: OnProgress }): Promise<FileEvaluation>;
  /** Downloads a model from its hub; `notice` says how its files are verified. */
  fetchModel(options: { id: string; revision: string | undefined; onProgress: OnProgress }): Promise<{ readonly directory: string; readonly notice: string }>;
}

/** How a command shares the store with a running Barometer. */
export interface OpenSystemOptions {
  /** With `moment`, everything that is read is of one moment, whatever is written meanwhile; of a table, which others write at any time, it is not. */
  readonly readOnly?: boolean | 'moment';
  readonly beside?: boolean;
}

/** An expected end of a command: its message is printed without a stack trace. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
