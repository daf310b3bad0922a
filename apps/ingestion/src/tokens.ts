import type * as alerting from '@barometer/alerting';
import type { CanaryStore } from '@barometer/canary';
import type * as ingestion from '@barometer/ingestion';
import type { Clock } from '@barometer/kernel';
import type { GetDrivers, GetMood, ReportStore, TopicStore, UsualRanges } from '@barometer/reporting';
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
  usualRanges: token<UsualRanges>('UsualRanges'),
  getMood: token<GetMood>('GetMood'),
  getDrivers: token<GetDrivers>('GetDrivers'),
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
  digestStore: token<alerting.DigestStore>('DigestStore'),
  digestNews: token<alerting.DigestNews>('DigestNews'),
  noticeSender: token<alerting.NoticeSender>('NoticeSender'),
  runAlerts: token<alerting.RunAlerts>('RunAlerts'),
  canaryStore: token<CanaryStore>('CanaryStore'),
  sendCanary: token<ingestion.SendCanary>('SendCanary'),
  runTick: token<ingestion.RunTick>('RunTick'),
} as const;
