export { DynamoDbAccessKeys } from './dynamodb-access-keys';
export { DynamoDbReportStore } from './dynamodb-report-store';
export { DynamoDbTopicStore } from './dynamodb-topic-store';
