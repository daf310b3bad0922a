export type { Article, SkipReason } from './domain/article';
export type { KnownArticles } from './domain/item-identity';
export { addGained, knownArticle, type NewArticle, type StoredArticle } from './domain/stored-article';
export type { StoredTopic } from './domain/stored-topic';
export type { Outage, PollStatus, Source, SourceHealth, SourceKind } from './domain/source';
export { byTrouble, sourceState, sourceStates, type SourceState } from './domain/source-state';
export { sparing } from './domain/spared-host';
export {
  bySourceName,
  changedSource,
  CLOCK_TOLERANCE,
  dueSource,
  hostOfSource,
  isDue,
  isRunning,
  lastTouched,
  onePerHost,
  polledSource,
  readSource,
} from './domain/stored-source';
export { MAX_WAIT } from './domain/poll-schedule';
export type { ChangeArticles, StoredChange, Storing } from './ports/article-records.port';
export type { AddReport, ArticleStore } from './ports/article-store.port';
export type { FeedFetcher, FetchedFeed, FetchError, FetchErrorCode, FetchRequest, Freshness } from './ports/feed-fetcher.port';
export type { FeedDocument, FeedItem, FeedReader, ReadError, ReadErrorCode } from './ports/feed-reader.port';
export { outgoingFormats, type OutgoingEntry, type OutgoingFeed, type OutgoingFormat, type WriteFeed } from './ports/feed-writer.port';
export type { PendingArticle, PendingArticles } from './ports/pending-articles.port';
export type { ScoringQueue } from './ports/scoring-queue.port';
export type { SeedList, SeedRecord } from './ports/seed-record.port';
export type { SourceChange, SourceLease, SourceStore } from './ports/source-store.port';
export type { ArticlesOfTopic, BackfillRow, TopicRecords } from './ports/topic-records.port';
export type { BackfillCandidate, TopicBackfillJob, TopicCatalog, TopicRule } from './ports/topic-catalog.port';
export { canonicalUrl } from './domain/canonical-url';
export type { DetectLanguage, Sureness } from './domain/language';
export { withoutFeedScheme, type NewSource, type SourceProblem } from './domain/new-source';
export type { ListedSource, ListNote, SourceList } from './domain/source-list';
export { newHealth } from './domain/source-health';
export { parseSourceSeeds, parseTopicSeeds, type TopicSeed } from './domain/seeds';
export { addArticles } from './use-cases/add-articles';
export { StoredTopics } from './use-cases/stored-topics';
export { AddSource } from './use-cases/add-source.use-case';
export { BackfillTopics, type BackfillReport } from './use-cases/backfill-topics.use-case';
export { ChangeSource } from './use-cases/change-source.use-case';
export { ChangeSources, MOST_CHANGED, type SourcesAction, type SourcesChanged } from './use-cases/change-sources.use-case';
export { DeliverPending } from './use-cases/deliver-pending.use-case';
export { GatherHints } from './use-cases/gather-hints';
export { topicsOf } from './domain/take-articles';
export { ImportArticles, ImportRefusedError, type ArticlesImported, type ImportedRow } from './use-cases/import-articles.use-case';
export { ImportSources, type ImportOptions, type ImportReport } from './use-cases/import-sources.use-case';
export { ListSources } from './use-cases/list-sources.use-case';
export { PollSourceNow } from './use-cases/poll-source-now.use-case';
export type { PollFailureKind } from './domain/source-health';
export { PollSources, type PollOptions, type PollOutcome, type PollReport, type PollSourcesDeps } from './use-cases/poll-sources.use-case';
export type { FindFeedLinks, FoundFeed } from './ports/feed-links.port';
export { PreviewSource, type SourcePreview } from './use-cases/preview-source.use-case';
export { RemoveExpired } from './use-cases/remove-expired.use-case';
export { RemoveSource } from './use-cases/remove-source.use-case';
export { SeedOnce, type Seeding } from './use-cases/seed-once.use-case';
export { SendCanary, type SendCanaryDeps } from './use-cases/send-canary.use-case';
export { sourceNames } from './use-cases/source-names';
export { RunTick, type RunTickDeps, type TickReport, type TickStep } from './use-cases/run-tick.use-case';
