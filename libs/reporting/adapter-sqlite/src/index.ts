export { SqliteReportStore } from './sqlite-report-store';
export { SqliteTopicStore } from './sqlite-topic-store';
export { SqliteNoteStore } from './sqlite-note-store';
export { storiesInThread } from './check-thread';
