export { actionsOf, type ArticleChange } from './article-actions';
export {
  articleItem,
  articleOf,
  articleTtl,
  bucketOf,
  checkVersion,
  expiresAt,
  SCHEMA_VERSION,
  scopesOfArticle,
  sourceIdsOf,
  timeToLive,
  untouched,
  type ArticleRecord,
  type ArticleState,
} from './article-item';
export { ArticleWriter, type MoreActions, type PlanArticle } from './article-writer';
export type { Patience } from './back-off';
export { createTableInput, ensureTable, hasTable } from './create-table';
export { DayCounters, hoursOf, judgementsOf, modelHoursOf, scopeAndShard, statesOf } from './day-counters';
export { DynamoDbCanaryStore } from './dynamodb-canary-store';
export { DynamoDbTable, type TableOptions, type Cancellation, type DocumentClient, type Item, type TransactItem } from './dynamodb-table';
export {
  StoreBusyError,
  StoreCredentialsError,
  StoreDeniedError,
  StoreMissingError,
  StoreUnreachableError,
  StoreVersionError,
} from './errors';
export { inTurns } from './in-turns';
export { keptSince, reserveNumbers } from './kept-since';
export { decideAndWrite, readWatermark, type Step } from './item-writer';
export * from './keys';
export { rowOf, rowsOf, type ListRow } from './list-rows';
export { clientConfig, documentClient, openTable, type TableSettings } from './open-table';
export type { ConditionalWrite, Range } from './table-requests';
export { keyAttributes, tableDefinition, type IndexDefinition, type IndexName, type KeyAttributes, type TableDefinition } from './table-definition';
export { changeTopic, droppedVersions, readTopic, readTopics, readyVersions, sweepDrops, versionsOf, type TopicRecord } from './topic-items';
export { itemSize, itemWriteUnits, storedBytes, writeUnits, type ItemWriteCost, type WriteCost } from './write-units';
