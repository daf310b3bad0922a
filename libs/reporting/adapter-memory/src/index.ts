export { MemoryLiveFeed } from './memory-live-feed';
export { MemoryReportStore } from './memory-report-store';
export { MemoryTopicStore } from './memory-topic-store';
export { MemoryNoteStore } from './memory-note-store';
