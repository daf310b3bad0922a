import type { AccessKeys } from '@barometer/access';
import type { AlertStore, DigestStore } from '@barometer/alerting';
import type { ArticleStore, SeedRecord, SourceStore, TopicCatalog } from '@barometer/ingestion';
import type { ReportStore, TopicStore } from '@barometer/reporting';
import type { ScoreStore } from '@barometer/sentiment';

/** Everything that a store keeps, through the ports of its domains: a copy is read from these and written to these. */
export interface TransferStores {
  readonly sources: SourceStore;
  readonly articles: ArticleStore;
  readonly catalog: TopicCatalog;
  readonly seeds: SeedRecord;
  readonly scores: ScoreStore;
  readonly reports: ReportStore;
  readonly topics: TopicStore;
  readonly keys: AccessKeys;
  readonly alerts: AlertStore;
  readonly digests: DigestStore;
}
