export { MemoryCanaryStore } from './memory-canary-store';
export { MemoryDatabase } from './memory-database';
export { addToRollups, dropTopicVersion } from './rollups';
export type { AccessKeyRow, ArticleRow, SourceRow, TopicRow, TopicVersionRow } from './rows';
