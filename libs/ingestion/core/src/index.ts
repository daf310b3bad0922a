export type { Article, SkipReason } from './domain/article';
export type { PollStatus, Source, SourceHealth, SourceKind } from './domain/source';
export type { AddReport, ArticleStore } from './ports/article-store.port';
export type { FeedFetcher, FetchedFeed, FetchError, FetchErrorCode, FetchRequest, Freshness } from './ports/feed-fetcher.port';
export type { FeedDocument, FeedItem, FeedReader, ReadError, ReadErrorCode } from './ports/feed-reader.port';
export type { PendingArticle, PendingArticles } from './ports/pending-articles.port';
export type { ScoringQueue } from './ports/scoring-queue.port';
export type { SourceChange, SourceLease, SourceStore } from './ports/source-store.port';
export type { BackfillCandidate, TopicBackfillJob, TopicCatalog, TopicRule } from './ports/topic-catalog.port';
