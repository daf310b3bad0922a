import 'reflect-metadata';
import * as access from '@barometer/access';
import { bindAlertUseCases } from '@barometer/alert-news';
import * as alerting from '@barometer/alerting';
import { ChannelSender } from '@barometer/alerting-channels';
import { GuardedPost } from '@barometer/guarded-http';
import * as ingestion from '@barometer/ingestion';
import { MemoryScoringQueue } from '@barometer/ingestion-memory';
import { detectLanguage, FeedsmithFeedReader, findFeedLinks, HttpFeedFetcher } from '@barometer/ingestion-http';
import { groupsOf, systemClock } from '@barometer/kernel';
import * as reporting from '@barometer/reporting';
import { MemoryLiveFeed } from '@barometer/reporting-memory';
import * as sentiment from '@barometer/sentiment';
import { Container } from 'inversify';
import { alertSecrets } from './alert-secrets';
import type { Settings } from './config';
import { PageAddress } from './page-address';
import type { Stores } from './stores/stores';
import { tokens } from './tokens';

/** What all bindings are made from. */
export interface Foundation {
  readonly settings: Settings;
  readonly classifier: sentiment.SentimentClassifier;
  readonly stores: Pick<Stores, 'bind'>;
  readonly log: (line: string) => void;
}

/** Wires the whole system; nothing is opened, fetched or loaded before it is asked for. */
export function composeSystem(foundation: Foundation): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(tokens.clock).toConstantValue(systemClock);
  container.bind(tokens.classifier).toConstantValue(foundation.classifier);
  foundation.stores.bind(container);
  bindIngestion(container, foundation);
  bindSentiment(container, foundation);
  bindReporting(container, foundation);
  bindAccess(container);
  bindAlerts(container, foundation);
  return container;
}

function bindIngestion(container: Container, { settings, log }: Foundation): void {
  const { clock, sourceStore, articleStore, topicCatalog, feedFetcher, feedReader, scoringQueue } = tokens;
  const newsApiKey = async () => settings.newsApiKey;
  container.bind(scoringQueue).toResolvedValue(() => new MemoryScoringQueue());
  container.bind(tokens.detectLanguage).toConstantValue(detectLanguage);
  container.bind(feedReader).toResolvedValue(() => new FeedsmithFeedReader());
  container.bind(feedFetcher).toResolvedValue(
    (time) =>
      new HttpFeedFetcher({
        clock: time,
        allowPrivate: settings.allowPrivateSources,
        userAgent: settings.userAgent,
        newsApiKey,
        ...(settings.newsApiUrl && { newsApiBase: settings.newsApiUrl }),
      }),
    [clock],
  );
  container
    .bind(tokens.removeExpired)
    .toResolvedValue((articles, sources, time) => new ingestion.RemoveExpired({ articles, sources, clock: time }), [articleStore, sourceStore, clock]);
  container
    .bind(tokens.pollSources)
    .toResolvedValue(
      (sources, fetcher, reader, articles, queue, topics, time, detect) =>
        new ingestion.PollSources({ sources, fetcher, reader, articles, queue, topics, clock: time, detectLanguage: detect, log }),
      [sourceStore, feedFetcher, feedReader, articleStore, scoringQueue, topicCatalog, clock, tokens.detectLanguage],
    );
  container
    .bind(tokens.sendCanary)
    .toResolvedValue(
      (canaries, reader, queue, time, detect) => new ingestion.SendCanary({ canaries, reader, queue, clock: time, detectLanguage: detect }),
      [tokens.canaryStore, feedReader, scoringQueue, clock, tokens.detectLanguage],
    );
  container.bind(tokens.backfillTopics).toResolvedValue((topics, time) => new ingestion.BackfillTopics({ topics, clock: time }), [topicCatalog, clock]);
  container.bind(tokens.addSource).toResolvedValue((sources, time) => new ingestion.AddSource({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.changeSources).toResolvedValue((sources) => new ingestion.ChangeSources({ sources }), [sourceStore]);
  container.bind(tokens.changeSource).toResolvedValue((sources, time) => new ingestion.ChangeSource({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.removeSource).toResolvedValue((sources) => new ingestion.RemoveSource({ sources }), [sourceStore]);
  container.bind(tokens.listSources).toResolvedValue((sources, time) => new ingestion.ListSources({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.pollSourceNow).toResolvedValue((sources, time) => new ingestion.PollSourceNow({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.importSources).toResolvedValue((sources, time) => new ingestion.ImportSources({ sources, clock: time }), [sourceStore, clock]);
  container
    .bind(tokens.beginImport)
    .toResolvedValue(
      (articles, sources, topics, queue, time, detect) => () =>
        new ingestion.ImportArticles({ articles, sources, topics, queue, clock: time, detectLanguage: detect }),
      [articleStore, sourceStore, topicCatalog, scoringQueue, clock, tokens.detectLanguage],
    );
  container.bind(tokens.seedOnce).toResolvedValue((record) => new ingestion.SeedOnce({ record }), [tokens.seedRecord]);
  container
    .bind(tokens.previewSource)
    .toResolvedValue(
      (fetcher, reader, time, detect) => new ingestion.PreviewSource({ fetcher, reader, findFeedLinks, clock: time, detectLanguage: detect }),
      [feedFetcher, feedReader, clock, tokens.detectLanguage],
    );
}

function bindSentiment(container: Container, { settings }: Foundation): void {
  const { classifier, clock, scoreStore, liveFeed } = tokens;
  container.bind(tokens.scoresWithCanary).toResolvedValue(
    (scores, canaries, queue, time) => {
      const store = new sentiment.ScoresWithCanary({ scores, canaries, now: () => time.now() });
      (queue as MemoryScoringQueue).subscribe((events) => store.announced(events.map(({ articleId }) => articleId)));
      return store;
    },
    [scoreStore, tokens.canaryStore, tokens.scoringQueue, clock],
  );
  container
    .bind(tokens.scoreArticles)
    .toResolvedValue(
      (model, store, time, live) =>
        new sentiment.ScoreArticles({ classifier: model, store, clock: time, text: settings.scoreText, onScored: (events) => live.publish(events) }),
      [classifier, settings.canary ? tokens.scoresWithCanary : scoreStore, clock, liveFeed],
    );
  container.bind(tokens.scoreTexts).toResolvedValue((model) => new sentiment.ScoreTexts({ classifier: model }), [classifier]);
  container.bind(tokens.explainTexts).toResolvedValue((model) => new sentiment.ExplainTexts({ classifier: model }), [classifier]);
  container
    .bind(tokens.explainArticle)
    .toResolvedValue((explainTexts) => new sentiment.ExplainArticle({ explainTexts, text: settings.scoreText }), [tokens.explainTexts]);
  container.bind(tokens.judgeArticle).toResolvedValue((store, time) => new sentiment.JudgeArticle({ store, clock: time }), [scoreStore, clock]);
  container.bind(tokens.takeBackJudgement).toResolvedValue((store, time) => new sentiment.TakeBackJudgement({ store, clock: time }), [scoreStore, clock]);
  container
    .bind(tokens.rescore)
    .toResolvedValue(
      (model, store, time) => new sentiment.Rescore({ classifier: model, store, clock: time, text: settings.scoreText }),
      [classifier, scoreStore, clock],
    );
  container.bind(tokens.redriveArticles).toResolvedValue((store, time) => new sentiment.RedriveArticles({ store, clock: time }), [scoreStore, clock]);
}

function bindReporting(container: Container, { settings }: Foundation): void {
  const { reportStore, clock, topicStore } = tokens;
  container.bind(tokens.liveFeed).toResolvedValue(() => new MemoryLiveFeed());
  container
    .bind(tokens.usualRanges)
    .toResolvedValue(
      (reports, sources, time) => new reporting.UsualRanges({ reports, clock: time, homes: () => sources.list() }),
      [reportStore, tokens.sourceStore, clock],
    );
  container
    .bind(tokens.getMood)
    .toResolvedValue((reports, usual, time) => new reporting.GetMood({ reports, usual, clock: time }), [reportStore, tokens.usualRanges, clock]);
  container
    .bind(tokens.getTimeline)
    .toResolvedValue((reports, usual, time) => new reporting.GetTimeline({ reports, usual, clock: time }), [reportStore, tokens.usualRanges, clock]);
  container.bind(tokens.getBreakdown).toResolvedValue(
    (reports, topics, usual, sources, time) =>
      new reporting.GetBreakdown({
        reports,
        topics,
        usual,
        sourceNames: () => ingestion.sourceNames(sources),
        groups: async () => groupsOf(await sources.list()),
        clock: time,
      }),
    [reportStore, topicStore, tokens.usualRanges, tokens.sourceStore, clock],
  );
  container
    .bind(tokens.getDrivers)
    .toResolvedValue(
      (reports, topics, usual, sources, time) =>
        new reporting.GetDrivers({ reports, topics, usual, sourceNames: () => ingestion.sourceNames(sources), clock: time }),
      [reportStore, topicStore, tokens.usualRanges, tokens.sourceStore, clock],
    );
  container
    .bind(tokens.getStatus)
    .toResolvedValue(
      (reports, canaries, time) => new reporting.GetStatus({ reports, clock: time, ...(settings.canary && { canaries }) }),
      [reportStore, tokens.canaryStore, clock],
    );
  container.bind(tokens.listModels).toResolvedValue((reports, time) => new reporting.ListModels({ reports, clock: time }), [reportStore, clock]);
  container.bind(tokens.listArticles).toResolvedValue((reports) => new reporting.ListArticles({ reports }), [reportStore]);
  container.bind(tokens.listJudgements).toResolvedValue((reports) => new reporting.ListJudgements({ reports }), [reportStore]);
  container.bind(tokens.listStories).toResolvedValue((reports, time) => new reporting.ListStories({ reports, clock: time }), [reportStore, clock]);
  container.bind(tokens.getStory).toResolvedValue((reports) => new reporting.GetStory({ reports }), [reportStore]);
  container.bind(tokens.getArticle).toResolvedValue((reports) => new reporting.GetArticle({ reports }), [reportStore]);
  container
    .bind(tokens.listMarks)
    .toResolvedValue(
      (reports, notes, sources, time) => new reporting.ListMarks({ reports, notes, sources: () => sources.list(), clock: time }),
      [reportStore, tokens.noteStore, tokens.sourceStore, clock],
    );
  container
    .bind(tokens.addNote)
    .toResolvedValue(
      (notes, reports, topics, sources, time) =>
        new reporting.AddNote({ notes, reports, topics, hasSource: async (id) => (await sources.find(id)) !== undefined, clock: time }),
      [tokens.noteStore, reportStore, topicStore, tokens.sourceStore, clock],
    );
  container.bind(tokens.removeNote).toResolvedValue((notes) => new reporting.RemoveNote({ notes }), [tokens.noteStore]);
  container.bind(tokens.checkInvariant).toResolvedValue((reports, time) => new reporting.CheckInvariant({ reports, clock: time }), [reportStore, clock]);
  container.bind(tokens.addTopic).toResolvedValue((topics, time) => new reporting.AddTopic({ topics, clock: time }), [topicStore, clock]);
  container.bind(tokens.changeTopic).toResolvedValue((topics, time) => new reporting.ChangeTopic({ topics, clock: time }), [topicStore, clock]);
  container.bind(tokens.removeTopic).toResolvedValue((topics) => new reporting.RemoveTopic({ topics }), [topicStore]);
  container.bind(tokens.listTopics).toResolvedValue((topics) => new reporting.ListTopics({ topics }), [topicStore]);
  container.bind(tokens.previewTopic).toResolvedValue((reports, time) => new reporting.PreviewTopic({ reports, clock: time }), [reportStore, clock]);
}

function bindAccess(container: Container): void {
  const { accessKeys, sessionStore, clock } = tokens;
  container.bind(tokens.addAccessKey).toResolvedValue((keys, time) => new access.AddAccessKey({ keys, clock: time }), [accessKeys, clock]);
  container.bind(tokens.takeFirstKey).toResolvedValue((keys, time) => new access.TakeFirstKey({ keys, clock: time }), [accessKeys, clock]);
  container.bind(tokens.listAccessKeys).toResolvedValue((keys) => new access.ListAccessKeys({ keys }), [accessKeys]);
  container.bind(tokens.revokeAccessKey).toResolvedValue((keys) => new access.RevokeAccessKey({ keys }), [accessKeys]);
  container.bind(tokens.verifyAccessKey).toResolvedValue((keys) => new access.VerifyAccessKey({ keys }), [accessKeys]);
  container.bind(tokens.listSessions).toResolvedValue((sessions, time) => new access.ListSessions({ sessions, clock: time }), [sessionStore, clock]);
  container.bind(tokens.endSessions).toResolvedValue((sessions) => new access.EndSessions({ sessions }), [sessionStore]);
}

function bindAlerts(container: Container, { settings, log }: Foundation): void {
  const { alertStore, alertNews, noticeSender, clock } = tokens;
  const page = new PageAddress(settings);
  const home = () => page.current();
  container.bind(tokens.pageAddress).toConstantValue(page);
  container.bind(tokens.guardedPost).toResolvedValue(() => new GuardedPost({ allowPrivate: settings.allowPrivateSources }));
  container.bind(noticeSender).toResolvedValue((post) => new ChannelSender({ post, secret: alertSecrets(settings) }), [tokens.guardedPost]);
  container.bind(tokens.runAlerts).toResolvedValue(
    (store, digests, news, digestNews, sender, time) =>
      new alerting.RunAlerts({
        evaluate: new alerting.EvaluateAlerts({ store, news, clock: time, log }),
        publish: new alerting.PublishDigests({ store: digests, digestNews, news, clock: time, log }),
        tell: new alerting.TellAlerts({ store, digests, sender, clock: time, home }),
        store,
        digests,
        clock: time,
      }),
    [alertStore, tokens.digestStore, alertNews, tokens.digestNews, noticeSender, clock],
  );
  bindAlertUseCases(container, tokens, home);
}
