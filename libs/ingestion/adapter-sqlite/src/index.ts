export { SqliteArticleStore } from './sqlite-article-store';
export { SqlitePendingArticles } from './sqlite-pending-articles';
export { SqliteSourceStore } from './sqlite-source-store';
export { SqliteTopicCatalog } from './sqlite-topic-catalog';
