export { DynamoDbAccessKeys } from './dynamodb-access-keys';
export { DynamoDbSessionStore } from './dynamodb-session-store';
