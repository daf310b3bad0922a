export { articleStoreContract } from './article-store.contract';
export { articleNamed, idOf, NOW, sourceNamed, type CreateIngestionHarness, type IngestionHarness } from './ingestion-harness';
export { identityContract } from './identity.contract';
export { pendingArticlesContract } from './pending-articles.contract';
export { seedRecordContract } from './seed-record.contract';
export { sourceStoreContract } from './source-store.contract';
export { topicCatalogContract } from './topic-catalog.contract';
export { FakeQueue } from './fake-articles';
export { FakeFetcher, FakeReader } from './fake-feeds';
