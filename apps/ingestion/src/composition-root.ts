import 'reflect-metadata';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { ReportedDigests, ReportedNews } from '@barometer/alert-news';
import * as alerting from '@barometer/alerting';
import { secretsFrom, topicPublisher } from '@barometer/alerting-aws';
import { ChannelSender } from '@barometer/alerting-channels';
import { DynamoDbAlertStore, DynamoDbDigestStore } from '@barometer/alerting-dynamodb';
import { clientSettings, FaultWatch, type AwsFault, type Telemetry } from '@barometer/aws';
import { GuardedPost } from '@barometer/guarded-http';
import * as ingestion from '@barometer/ingestion';
import { DynamoDbArticleStore, DynamoDbPendingArticles, DynamoDbSourceStore, DynamoDbTopicCatalog } from '@barometer/ingestion-dynamodb';
import { detectLanguage, FeedsmithFeedReader, HttpFeedFetcher } from '@barometer/ingestion-http';
import { SqsScoringQueue } from '@barometer/ingestion-sqs';
import { systemClock } from '@barometer/kernel';
import * as reporting from '@barometer/reporting';
import { DynamoDbReportStore, DynamoDbTopicStore } from '@barometer/reporting-dynamodb';
import { clientConfig, documentClient, DynamoDbCanaryStore, DynamoDbTable } from '@barometer/storage-dynamodb';
import { Container } from 'inversify';
import type { Settings } from './config';
import { secretKey } from './secret-key';
import { tokens } from './tokens';

/** What the parts are built on. */
export interface Foundation {
  readonly settings: Settings;
  readonly telemetry: Telemetry<'ingestion'>;
}

/** Puts the stores and the queue into a container. */
export type BindOutside = (container: Container, foundation: Foundation) => void;

/** Wires the function; nothing is opened or requested before its first use. */
export function composeIngestion(foundation: Foundation, bindOutside: BindOutside = bindAws): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(tokens.clock).toConstantValue(systemClock);
  bindOutside(container, foundation);
  bindFeeds(container, foundation);
  bindUseCases(container, foundation);
  bindNews(container);
  bindAlerts(container, foundation);
  return container;
}

const bindAws: BindOutside = (container, { settings, telemetry }) => {
  const report = (fault: AwsFault) => telemetry.fault(fault);
  const dynamoDb = new DynamoDBClient(clientConfig({}));
  new FaultWatch({ kind: 'table', name: settings.tableName, setting: 'TABLE_NAME', report }).observe(dynamoDb);
  const table = new DynamoDbTable(documentClient(dynamoDb), settings.tableName, undefined, { retention: settings.retention });
  container.bind(tokens.sourceStore).toResolvedValue(() => new DynamoDbSourceStore(table));
  container.bind(tokens.articleStore).toResolvedValue(() => new DynamoDbArticleStore(table));
  container.bind(tokens.pendingArticles).toResolvedValue(() => new DynamoDbPendingArticles(table));
  container.bind(tokens.topicCatalog).toResolvedValue(() => new DynamoDbTopicCatalog(table));
  container.bind(tokens.canaryStore).toResolvedValue(() => new DynamoDbCanaryStore(table));
  container.bind(tokens.reportStore).toResolvedValue((clock) => new DynamoDbReportStore(table, clock), [tokens.clock]);
  container.bind(tokens.topicStore).toResolvedValue(() => new DynamoDbTopicStore(table));
  container.bind(tokens.alertStore).toResolvedValue(() => new DynamoDbAlertStore(table));
  container.bind(tokens.digestStore).toResolvedValue(() => new DynamoDbDigestStore(table));
  container.bind(tokens.scoringQueue).toResolvedValue(() => {
    const client = new SQSClient(clientSettings({ requestMs: 3_000 }));
    new FaultWatch({ kind: 'scoring queue', name: settings.scoringQueueUrl, setting: 'SCORING_QUEUE_URL', report }).observe(client);
    return new SqsScoringQueue({ client, queueUrl: settings.scoringQueueUrl });
  });
};

function bindFeeds(container: Container, { settings, telemetry }: Foundation): void {
  const newsApiKey = secretKey(settings.newsApiSecretId, (fault) => telemetry.fault(fault));
  container.bind(tokens.feedReader).toResolvedValue(() => new FeedsmithFeedReader());
  container.bind(tokens.feedFetcher).toResolvedValue(
    (clock) =>
      new HttpFeedFetcher({
        clock,
        allowPrivate: settings.allowPrivateSources,
        userAgent: settings.userAgent,
        newsApiKey,
        ...(settings.newsApiUrl && { newsApiBase: settings.newsApiUrl }),
      }),
    [tokens.clock],
  );
}

function bindUseCases(container: Container, { settings, telemetry }: Foundation): void {
  const { clock, sourceStore, feedFetcher, feedReader, articleStore, scoringQueue, topicCatalog, pendingArticles } = tokens;
  container.bind(tokens.gatherHints).toResolvedValue((queue, time) => new ingestion.GatherHints({ queue, clock: time }), [scoringQueue, clock]);
  container
    .bind(tokens.pollSources)
    .toResolvedValue(
      (sources, fetcher, reader, articles, queue, topics, time) =>
        new ingestion.PollSources({ sources, fetcher, reader, articles, queue, topics, clock: time, detectLanguage, log: (line) => telemetry.warn(line) }),
      [sourceStore, feedFetcher, feedReader, articleStore, tokens.gatherHints, topicCatalog, clock],
    );
  container
    .bind(tokens.deliverPending)
    .toResolvedValue((pending, queue, time) => new ingestion.DeliverPending({ pending, queue, clock: time }), [pendingArticles, scoringQueue, clock]);
  container.bind(tokens.backfillTopics).toResolvedValue((topics, time) => new ingestion.BackfillTopics({ topics, clock: time }), [topicCatalog, clock]);
  container
    .bind(tokens.sendCanary)
    .toResolvedValue(
      (canaries, reader, queue, time) => new ingestion.SendCanary({ canaries, reader, queue, clock: time, detectLanguage }),
      [tokens.canaryStore, feedReader, tokens.gatherHints, clock],
    );
  container.bind(tokens.runTick).toResolvedValue(
    // Articles are not expired here: the table's time to live removes them at no charge, and deleting them cost a third of all writes.
    (deliverPending, sendCanary, pollSources, hints, backfillTopics, time) =>
      new ingestion.RunTick({ deliverPending, pollSources, hints, backfillTopics, clock: time, ...(settings.canary && { sendCanary }) }),
    [tokens.deliverPending, tokens.sendCanary, tokens.pollSources, tokens.gatherHints, tokens.backfillTopics, clock],
  );
}

/** What alerts and digests read: the reports that the page shows. */
function bindNews(container: Container): void {
  const { reportStore, topicStore, sourceStore, clock } = tokens;
  container
    .bind(tokens.usualRanges)
    .toResolvedValue(
      (reports, sources, time) => new reporting.UsualRanges({ reports, clock: time, homes: () => sources.list() }),
      [reportStore, sourceStore, clock],
    );
  container
    .bind(tokens.getMood)
    .toResolvedValue((reports, usual, time) => new reporting.GetMood({ reports, usual, clock: time }), [reportStore, tokens.usualRanges, clock]);
  container
    .bind(tokens.getDrivers)
    .toResolvedValue(
      (reports, topics, usual, sources, time) =>
        new reporting.GetDrivers({ reports, topics, usual, sourceNames: () => ingestion.sourceNames(sources), clock: time }),
      [reportStore, topicStore, tokens.usualRanges, sourceStore, clock],
    );
  container
    .bind(tokens.alertNews)
    .toResolvedValue(
      (reports, usual, drivers, topics, sources) => new ReportedNews({ reports, usual, drivers, topics, sources: () => sources.list() }),
      [reportStore, tokens.usualRanges, tokens.getDrivers, topicStore, sourceStore],
    );
  container
    .bind(tokens.digestNews)
    .toResolvedValue(
      (reports, mood, drivers, sources) => new ReportedDigests({ reports, mood, drivers, sources: () => sources.list() }),
      [reportStore, tokens.getMood, tokens.getDrivers, sourceStore],
    );
}

function bindAlerts(container: Container, { settings, telemetry }: Foundation): void {
  const { alertStore, digestStore, alertNews, digestNews, noticeSender, clock } = tokens;
  const report = (fault: AwsFault) => telemetry.fault(fault);
  const log = (line: string) => telemetry.error(line);
  container.bind(noticeSender).toResolvedValue(
    (time) =>
      new ChannelSender({
        post: new GuardedPost({ allowPrivate: settings.allowPrivateSources }),
        secret: secretsFrom({ secretId: settings.alertSecretsId, clock: time, report }),
        publish: topicPublisher(),
      }),
    [clock],
  );
  container.bind(tokens.runAlerts).toResolvedValue(
    (store, digests, news, found, sender, time) =>
      new alerting.RunAlerts({
        evaluate: new alerting.EvaluateAlerts({ store, news, clock: time, log }),
        publish: new alerting.PublishDigests({ store: digests, digestNews: found, news, clock: time, log }),
        tell: new alerting.TellAlerts({ store, digests, sender, clock: time, home: () => settings.home }),
        store,
        digests,
        clock: time,
      }),
    [alertStore, digestStore, alertNews, digestNews, noticeSender, clock],
  );
}
