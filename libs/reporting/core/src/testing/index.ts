export { noteStoreContract } from './note-store.contract';
export { reportStoreContract } from './report-store.contract';
export { NOW, seed, sentimentOf, type MakeReportStore, type ReportStoreFixture, type SeedArticle } from './seeds';
export { topicStoreContract, type TopicStoreFixture } from './topic-store.contract';
