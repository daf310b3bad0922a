import type { BegunSignIn, EndSessions, ListSessions, SignedIn, SignInProblem, StartSession, VerifyAccessKey, VerifySession } from '@barometer/access';
import type {
  AddChannel,
  AddDigest,
  AddRule,
  BacktestRule,
  ChangeDigest,
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
import type { ModelRef } from '@barometer/events';
import type {
  AddSource,
  ChangeSource,
  ChangeSources,
  ImportSources,
  ListSources,
  PollSourceNow,
  PreviewSource,
  RemoveSource,
  Source,
  SourceList,
  WriteFeed,
} from '@barometer/ingestion';
import type { Clock, Result, Retention } from '@barometer/kernel';
import type {
  AddNote,
  AddTopic,
  ChangeTopic,
  GetArticle,
  GetBreakdown,
  GetDrivers,
  GetMood,
  GetStatus,
  GetStory,
  GetTimeline,
  ListArticles,
  ListJudgements,
  ListMarks,
  ListStories,
  ListTopics,
  LiveFeed,
  PreviewTopic,
  RemoveNote,
  RemoveTopic,
} from '@barometer/reporting';
import type { ExplainArticle, ExplainTexts, JudgeArticle, RedriveArticles, ScoreTexts, TakeBackJudgement } from '@barometer/sentiment';
import type { LiveLimits } from './live/live-hub';

/** A use case as a driver sees it: what it does, without its constructor's dependencies. */
export type Executes<UseCase extends { execute: unknown }> = Pick<UseCase, 'execute'>;

type Awaitable<T> = T | Promise<T>;

/** The read models of one store: the real one, or the sample. */
export interface ReadModels {
  /** `ReportStore.watermark`: one cheap read that differs whenever an answer may. */
  readonly watermark: () => Promise<string>;
  readonly mood: Executes<GetMood>;
  readonly timeline: Executes<GetTimeline>;
  readonly breakdown: Executes<GetBreakdown>;
  readonly drivers: Executes<GetDrivers>;
  readonly articles: Executes<ListArticles>;
  readonly article: Executes<GetArticle>;
  readonly judgements: Executes<ListJudgements>;
  readonly stories: Executes<ListStories>;
  readonly story: Executes<GetStory>;
  readonly status: Executes<GetStatus>;
  readonly topics: Executes<ListTopics>;
  readonly previewTopic: Executes<PreviewTopic>;
}

/** The use cases of sources. */
export interface SourceUseCases {
  readonly list: Executes<ListSources>;
  readonly add: Executes<AddSource>;
  readonly change: Executes<ChangeSource>;
  readonly changeMany: Executes<ChangeSources>;
  readonly remove: Executes<RemoveSource>;
  readonly pollNow: Executes<PollSourceNow>;
  readonly preview: Executes<PreviewSource>;
  readonly import: Executes<ImportSources>;
  /** The OPML codec, which belongs to an adapter; it may have to be loaded first. */
  readonly readOpml: (body: Uint8Array, contentType?: string) => Awaitable<Result<SourceList, { readonly message: string }>>;
  readonly writeOpml: (sources: readonly Source[], now: number) => Awaitable<string>;
}

/** The use cases of topics that change the real store. */
export interface TopicUseCases {
  readonly add: Executes<AddTopic>;
  readonly change: Executes<ChangeTopic>;
  readonly remove: Executes<RemoveTopic>;
}

/** The use cases of the timeline's marks. */
export interface MarkUseCases {
  readonly list: Executes<ListMarks>;
  readonly add: Executes<AddNote>;
  readonly remove: Executes<RemoveNote>;
}

/** The use cases of alerts. */
export interface AlertUseCases {
  readonly list: Pick<ListAlerts, 'rules' | 'channels' | 'episodes' | 'open' | 'deliveries'>;
  readonly addRule: Executes<AddRule>;
  readonly changeRule: Executes<ChangeRule>;
  readonly removeRule: Executes<RemoveRule>;
  readonly addChannel: Executes<AddChannel>;
  readonly removeChannel: Executes<RemoveChannel>;
  readonly testChannel: Executes<TestChannel>;
  readonly backtest: Executes<BacktestRule>;
  readonly redrive: Executes<RedriveDeliveries>;
}

/** The use cases of digests. */
export interface DigestUseCases {
  readonly list: Executes<ListDigests>;
  readonly add: Executes<AddDigest>;
  readonly change: Executes<ChangeDigest>;
  readonly remove: Executes<RemoveDigest>;
  readonly preview: Executes<PreviewDigest>;
  readonly test: Executes<TestDigest>;
}

/** Sign-in at an OpenID Connect provider, and the sessions that it begins. */
export interface SignInUseCases {
  readonly begin: (request: { readonly redirectUri: string; readonly returnTo: string }) => Promise<Result<BegunSignIn, SignInProblem>>;
  readonly finish: (answer: { readonly query: string; readonly pending: string | undefined }) => Promise<Result<SignedIn, SignInProblem>>;
  /** The address at which the provider ends its own session, if it has one. */
  readonly signOutAddress: (returnTo: string) => Promise<string | undefined>;
  readonly start: Executes<StartSession>;
  readonly verify: Executes<VerifySession>;
  readonly list: Executes<ListSessions>;
  readonly end: Pick<EndSessions, 'one' | 'all' | 'ofToken'>;
}

/** The use cases of scores. */
export interface SentimentUseCases {
  readonly scoreTexts: Executes<ScoreTexts>;
  readonly explainTexts: Executes<ExplainTexts>;
  readonly explainArticle: Executes<ExplainArticle>;
  readonly judge: Executes<JudgeArticle>;
  readonly takeBack: Executes<TakeBackJudgement>;
  readonly redrive: Executes<RedriveArticles>;
}

export interface Part {
  readonly state: 'ok' | 'loading' | 'failed';
  /** One sentence for the operator, without secrets. */
  readonly message?: string;
}

/** The state of each part; `model` and `store` are always included. */
export interface Readiness {
  readonly parts: { readonly model: Part; readonly store: Part } & Readonly<Record<string, Part>>;
}

/** What the pipeline has done since this process started. */
export interface PipelineProgress {
  readonly startedAt: number;
  readonly polled: number;
  readonly pollsFailed: number;
  /** Failed polls by kind of failure; there are few kinds. */
  readonly pollFailures: Readonly<Record<string, number>>;
  readonly newArticles: number;
  /** Episodes of alert rules that began and ended. */
  readonly alertsOpened: number;
  readonly alertsClosed: number;
  readonly scored: number;
  readonly scoredPerSecond: number;
}

export interface ApiConfig {
  /**
   * Whether only this computer can connect, on a loopback address without a proxy in front: then no key is needed, and
   * only requests for loopback names are answered.
   */
  readonly loopback: boolean;
  /** Origins of other pages that may call the API (`CORS_ORIGINS`). */
  readonly allowedOrigins: readonly string[];
  /** Requests per minute for one key (or one address, without a key); unused on loopback. */
  readonly rateLimit: number;
  /**
   * Whose X-Forwarded-* headers are trusted: everyone's, those of this many proxies in a row (`trustedHops`), or those
   * from these addresses and networks; nobody's by default.
   */
  readonly trustProxy?: boolean | number | string[];
  /** The path below which everything is served behind a proxy, such as `/barometer` (`isBasePath`); none by default. */
  readonly basePath?: string;
  /** The page's public address (`PUBLIC_URL`), with the base path and without a trailing slash, if it is configured. */
  readonly publicUrl?: string | undefined;
  /** How long articles and counts are kept; 90 days by default. */
  readonly retention?: Retention;
  readonly live?: Partial<LiveLimits>;
  /** How long a request may take before it is answered with a problem; by default without limit. */
  readonly requestTimeoutMs?: number;
}

/** All that the API needs; the app decides on the implementations. */
export interface ApiDependencies {
  readonly version: string;
  readonly clock: Clock;
  readonly config: ApiConfig;
  readonly real: ReadModels;
  /** Read models for reports, articles and topics while the real store has no scored article. */
  readonly sample?: ReadModels;
  readonly sources: SourceUseCases;
  readonly topics: TopicUseCases;
  readonly marks: MarkUseCases;
  readonly alerts: AlertUseCases;
  readonly digests: DigestUseCases;
  readonly sentiment: SentimentUseCases;
  readonly keys: Executes<VerifyAccessKey>;
  /** Absent if sign-in is not configured. */
  readonly signIn?: SignInUseCases | undefined;
  /** Writes the feeds that Barometer offers; the codec belongs to an adapter, which may have to be loaded first. */
  readonly writeFeed: (...args: Parameters<WriteFeed>) => Awaitable<string>;
  /** Absent if a response cannot stay open: then clients poll. */
  readonly live?: LiveFeed;
  /** The model in use, once known. */
  readonly model: () => ModelRef | undefined;
  readonly readiness: () => Readiness;
  readonly progress: () => PipelineProgress;
  /** The folder of the built page. */
  readonly webRoot?: string;
  /** Receives unexpected errors; by default they are dropped. */
  readonly log?: (line: string) => void;
}
