export { SqliteArticleStore } from './sqlite-article-store';
export { SqlitePendingArticles } from './sqlite-pending-articles';
export { SqliteSeedRecord } from './sqlite-seed-record';
export { SqliteSourceStore } from './sqlite-source-store';
export { SqliteTopicCatalog } from './sqlite-topic-catalog';
