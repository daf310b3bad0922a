export { DynamoDbArticleStore } from './dynamodb-article-store';
export { DynamoDbPendingArticles } from './dynamodb-pending-articles';
export { DynamoDbSourceStore } from './dynamodb-source-store';
export { DynamoDbTopicCatalog } from './dynamodb-topic-catalog';
