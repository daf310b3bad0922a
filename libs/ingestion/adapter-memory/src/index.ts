export { MemoryArticleStore } from './memory-article-store';
export { MemoryPendingArticles } from './memory-pending-articles';
export { MemoryScoringQueue } from './memory-scoring-queue';
export { MemorySeedRecord } from './memory-seed-record';
export { MemorySourceStore } from './memory-source-store';
export { MemoryTopicCatalog } from './memory-topic-catalog';
