export { MemoryAccessKeys } from './memory-access-keys';
export { MemoryLiveFeed } from './memory-live-feed';
export { MemoryReportStore } from './memory-report-store';
export { MemoryTopicStore } from './memory-topic-store';
