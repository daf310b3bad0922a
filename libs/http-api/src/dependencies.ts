import type { AddChannel, AddRule, BacktestRule, ChangeRule, ListAlerts, RedriveDeliveries, RemoveChannel, RemoveRule, TestChannel } from '@barometer/alerting';
import type { ModelRef } from '@barometer/events';
import type {
  AddSource, ChangeSource, ImportSources, ListSources, PollSourceNow, PreviewSource, RemoveSource, Source, SourceList, WriteFeed,
} from '@barometer/ingestion';
import type { Clock, Result } from '@barometer/kernel';
import type {
  AddTopic, ChangeTopic, GetArticle, GetBreakdown, GetDrivers, GetMood, GetStatus, GetStory, GetTimeline, ListArticles, ListJudgements, ListStories, ListTopics, LiveFeed, PreviewTopic,
  RemoveTopic, VerifyAccessKey,
} from '@barometer/reporting';
import type { ExplainArticle, ExplainTexts, JudgeArticle, RedriveArticles, ScoreTexts, TakeBackJudgement } from '@barometer/sentiment';
import type { LiveLimits } from './live/live-hub';

/** A use case as a driver sees it: what it answers, not what it is made of. */
export type Executes<UseCase extends { execute: unknown }> = Pick<UseCase, 'execute'>;

type Awaitable<T> = T | Promise<T>;

/** What can be read from one store: the real one, or the sample. */
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

/** The use cases on sources. */
export interface SourceUseCases {
  readonly list: Executes<ListSources>;
  readonly add: Executes<AddSource>;
  readonly change: Executes<ChangeSource>;
  readonly remove: Executes<RemoveSource>;
  readonly pollNow: Executes<PollSourceNow>;
  readonly preview: Executes<PreviewSource>;
  readonly import: Executes<ImportSources>;
  /** The OPML codec, which belongs to an adapter; it may have to be loaded first. */
  readonly readOpml: (body: Uint8Array, contentType?: string) => Awaitable<Result<SourceList, { readonly message: string }>>;
  readonly writeOpml: (sources: readonly Source[], now: number) => Awaitable<string>;
}

/** The use cases on topics that change the real store. */
export interface TopicUseCases {
  readonly add: Executes<AddTopic>;
  readonly change: Executes<ChangeTopic>;
  readonly remove: Executes<RemoveTopic>;
}

/** The use cases on alerts. */
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

/** The use cases on scores. */
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

/** How the named parts do; `model` and `store` are always there. */
export interface Readiness {
  readonly parts: { readonly model: Part; readonly store: Part } & Readonly<Record<string, Part>>;
}

/** What the pipeline has done since this process started. */
export interface PipelineProgress {
  readonly startedAt: number;
  readonly polled: number;
  readonly pollsFailed: number;
  /** The failed polls by what they failed by, one of few kinds. */
  readonly pollFailures: Readonly<Record<string, number>>;
  readonly newArticles: number;
  readonly scored: number;
  readonly scoredPerSecond: number;
}

export interface ApiConfig {
  /** Whether only this computer can ask, on a loopback address without a proxy before it: then no key is needed, and only loopback names are answered. */
  readonly loopback: boolean;
  /** Origins of other pages that may call the API (`CORS_ORIGINS`). */
  readonly allowedOrigins: readonly string[];
  /** Requests a minute that one key (one address where there is none) may make; without meaning on loopback. */
  readonly rateLimit: number;
  /** Whose X-Forwarded-* headers count: everybody's, those of so many proxies in a row (`trustedHops`), or of these addresses and networks; nobody's by default. */
  readonly trustProxy?: boolean | number | string[];
  /** The path that everything stands under behind a proxy, such as `/barometer` (`isBasePath`); none by default. */
  readonly basePath?: string;
  readonly live?: Partial<LiveLimits>;
  /** How long a request may take before it is answered with a problem; without it, as long as its parts take. */
  readonly requestTimeoutMs?: number;
}

/** All that the API needs; whoever composes the app decides what stands behind it. */
export interface ApiDependencies {
  readonly version: string;
  readonly clock: Clock;
  readonly config: ApiConfig;
  readonly real: ReadModels;
  /** Answers reports, articles and topics while the real store has no scored article. */
  readonly sample?: ReadModels;
  readonly sources: SourceUseCases;
  readonly topics: TopicUseCases;
  readonly alerts: AlertUseCases;
  readonly sentiment: SentimentUseCases;
  readonly keys: Executes<VerifyAccessKey>;
  /** Writes the feeds that Barometer offers; the codec belongs to an adapter, which may have to be loaded first. */
  readonly writeFeed: (...args: Parameters<WriteFeed>) => Awaitable<string>;
  /** Absent where a response cannot stay open: then clients poll. */
  readonly live?: LiveFeed;
  /** The model in use, once known. */
  readonly model: () => ModelRef | undefined;
  readonly readiness: () => Readiness;
  readonly progress: () => PipelineProgress;
  /** The folder of the built page. */
  readonly webRoot?: string;
  /** Where unexpected errors are told; nowhere by default. */
  readonly log?: (line: string) => void;
}
