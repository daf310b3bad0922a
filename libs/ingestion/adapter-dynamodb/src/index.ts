export { DynamoDbArticleStore } from './dynamodb-article-store';
export { DynamoDbPendingArticles } from './dynamodb-pending-articles';
export { DynamoDbSeedRecord } from './dynamodb-seed-record';
export { DynamoDbSourceStore } from './dynamodb-source-store';
export { DynamoDbTopicCatalog } from './dynamodb-topic-catalog';
