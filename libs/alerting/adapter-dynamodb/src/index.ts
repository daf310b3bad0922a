export { DynamoDbAlertStore } from './dynamodb-alert-store';
