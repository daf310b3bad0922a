export { DynamoDbAlertStore } from './dynamodb-alert-store';
export { DynamoDbDigestStore } from './dynamodb-digest-store';
