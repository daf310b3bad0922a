export type {
  ArticlePage, ArticleQuery, ArticleState, ArticleView, Counts, Discrepancy, HourCounts, Journey, ModelChange, Period, Scope,
} from './domain/report';
export type { Topic } from './domain/topic';
export type { AccessKey, AccessKeys, AccessRole } from './ports/access-keys.port';
export type { LiveFeed } from './ports/live-feed.port';
export type { ReportStore, StoreStatus } from './ports/report-store.port';
export type { TopicStore } from './ports/topic-store.port';
