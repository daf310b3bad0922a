export { SqliteReportStore } from './sqlite-report-store';
export { SqliteTopicStore } from './sqlite-topic-store';
export { SqliteNoteStore } from './sqlite-note-store';
