export { SqliteAccessKeys } from './sqlite-access-keys';
export { SqliteReportStore } from './sqlite-report-store';
export { SqliteTopicStore } from './sqlite-topic-store';
