export { DynamoDbReportStore } from './dynamodb-report-store';
export { DynamoDbTopicStore } from './dynamodb-topic-store';
export { DynamoDbNoteStore } from './dynamodb-note-store';
