import type * as alerting from '@barometer/alerting';
import type * as ingestion from '@barometer/ingestion';
import type { Clock } from '@barometer/kernel';
import type { ReportStore, TopicStore } from '@barometer/reporting';
import type { ServiceIdentifier } from 'inversify';

const token = <T>(name: string) => Symbol.for(name) as ServiceIdentifier<T>;

/** Everything that the container can give, by name. */
export const tokens = {
  clock: token<Clock>('Clock'),
  sourceStore: token<ingestion.SourceStore>('SourceStore'),
  articleStore: token<ingestion.ArticleStore>('ArticleStore'),
  pendingArticles: token<ingestion.PendingArticles>('PendingArticles'),
  topicCatalog: token<ingestion.TopicCatalog>('TopicCatalog'),
  reportStore: token<ReportStore>('ReportStore'),
  scoringQueue: token<ingestion.ScoringQueue>('ScoringQueue'),
  feedFetcher: token<ingestion.FeedFetcher>('FeedFetcher'),
  feedReader: token<ingestion.FeedReader>('FeedReader'),
  gatherHints: token<ingestion.GatherHints>('GatherHints'),
  pollSources: token<ingestion.PollSources>('PollSources'),
  deliverPending: token<ingestion.DeliverPending>('DeliverPending'),
  backfillTopics: token<ingestion.BackfillTopics>('BackfillTopics'),
  topicStore: token<TopicStore>('TopicStore'),
  alertStore: token<alerting.AlertStore>('AlertStore'),
  alertNews: token<alerting.AlertNews>('AlertNews'),
  noticeSender: token<alerting.NoticeSender>('NoticeSender'),
  runAlerts: token<alerting.RunAlerts>('RunAlerts'),
  runTick: token<ingestion.RunTick>('RunTick'),
} as const;
