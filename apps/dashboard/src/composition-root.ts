import 'reflect-metadata';
import { ReportedNews } from '@barometer/alert-news';
import * as alerting from '@barometer/alerting';
import type { Telemetry } from '@barometer/aws';
import * as ingestion from '@barometer/ingestion';
import { systemClock } from '@barometer/kernel';
import * as reporting from '@barometer/reporting';
import * as sentiment from '@barometer/sentiment';
import { Container } from 'inversify';
import { bindAws } from './aws-bindings';
import type { Settings } from './config';
import { feeds } from './feeds';
import { noticesOnDemand } from './notices';
import { tokens } from './tokens';

/** What the parts are built on. */
export interface Foundation {
  readonly settings: Settings;
  readonly telemetry: Telemetry<'dashboard'>;
}

/** Puts the stores and the analysis into a container. */
export type BindOutside = (container: Container, foundation: Foundation) => void;

/** Wires the function; nothing is opened or asked before it is used. */
export function composeDashboard(foundation: Foundation, bindOutside: BindOutside = bindAws): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(tokens.clock).toConstantValue(systemClock);
  bindOutside(container, foundation);
  bindSources(container, foundation);
  bindSentiment(container, foundation);
  bindReports(container);
  bindTopicsAndKeys(container);
  bindAlerts(container, foundation);
  return container;
}

function bindSources(container: Container, { settings }: Foundation): void {
  const { clock, sourceStore } = tokens;
  container.bind(tokens.addSource).toResolvedValue((sources, time) => new ingestion.AddSource({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.changeSource).toResolvedValue((sources, time) => new ingestion.ChangeSource({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.removeSource).toResolvedValue((sources) => new ingestion.RemoveSource({ sources }), [sourceStore]);
  container.bind(tokens.listSources).toResolvedValue((sources, time) => new ingestion.ListSources({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.pollSourceNow).toResolvedValue((sources, time) => new ingestion.PollSourceNow({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.importSources).toResolvedValue((sources, time) => new ingestion.ImportSources({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.feeds).toResolvedValue((time) => feeds({ clock: time, allowPrivate: settings.allowPrivateSources, userAgent: settings.userAgent }), [clock]);
}

function bindSentiment(container: Container, { settings }: Foundation): void {
  container.bind(tokens.scoreTexts).toResolvedValue((classifier) => new sentiment.ScoreTexts({ classifier }), [tokens.classifier]);
  // The model is in the Analysis function: an explanation is one batch of texts for it.
  container.bind(tokens.explainTexts).toResolvedValue((classifier) => new sentiment.ExplainTexts({ classifier }), [tokens.classifier]);
  container.bind(tokens.explainArticle).toResolvedValue((explainTexts) => new sentiment.ExplainArticle({ explainTexts, text: settings.scoreText }), [tokens.explainTexts]);
  container.bind(tokens.judgeArticle).toResolvedValue((store, clock) => new sentiment.JudgeArticle({ store, clock }), [tokens.scoreStore, tokens.clock]);
  container.bind(tokens.takeBackJudgement).toResolvedValue((store, clock) => new sentiment.TakeBackJudgement({ store, clock }), [tokens.scoreStore, tokens.clock]);
  container.bind(tokens.redriveArticles).toResolvedValue((store, clock) => new sentiment.RedriveArticles({ store, clock }), [tokens.scoreStore, tokens.clock]);
}

function bindReports(container: Container): void {
  const { reportStore, clock } = tokens;
  container.bind(tokens.usualRanges).toResolvedValue((reports, sources, time) => new reporting.UsualRanges({ reports, clock: time, homes: () => sources.list() }), [reportStore, tokens.sourceStore, clock]);
  container.bind(tokens.getMood).toResolvedValue((reports, usual, time) => new reporting.GetMood({ reports, usual, clock: time }), [reportStore, tokens.usualRanges, clock]);
  container.bind(tokens.getTimeline).toResolvedValue((reports, usual, time) => new reporting.GetTimeline({ reports, usual, clock: time }), [reportStore, tokens.usualRanges, clock]);
  container.bind(tokens.getBreakdown).toResolvedValue(
    (reports, topics, sources, time) => new reporting.GetBreakdown({ reports, topics, sourceNames: () => sourceNames(sources), clock: time }),
    [reportStore, tokens.topicStore, tokens.sourceStore, clock],
  );
  container.bind(tokens.getDrivers).toResolvedValue(
    (reports, topics, usual, sources, time) => new reporting.GetDrivers({ reports, topics, usual, sourceNames: () => sourceNames(sources), clock: time }),
    [reportStore, tokens.topicStore, tokens.usualRanges, tokens.sourceStore, clock],
  );
  container.bind(tokens.getStatus).toResolvedValue((reports, time) => new reporting.GetStatus({ reports, clock: time }), [reportStore, clock]);
  container.bind(tokens.listArticles).toResolvedValue((reports) => new reporting.ListArticles({ reports }), [reportStore]);
  container.bind(tokens.listJudgements).toResolvedValue((reports) => new reporting.ListJudgements({ reports }), [reportStore]);
  container.bind(tokens.listStories).toResolvedValue((reports, time) => new reporting.ListStories({ reports, clock: time }), [reportStore, clock]);
  container.bind(tokens.getStory).toResolvedValue((reports) => new reporting.GetStory({ reports }), [reportStore]);
  container.bind(tokens.getArticle).toResolvedValue((reports) => new reporting.GetArticle({ reports }), [reportStore]);
}

function bindTopicsAndKeys(container: Container): void {
  const { topicStore, reportStore, accessKeys, clock } = tokens;
  container.bind(tokens.addTopic).toResolvedValue((topics, time) => new reporting.AddTopic({ topics, clock: time }), [topicStore, clock]);
  container.bind(tokens.changeTopic).toResolvedValue((topics, time) => new reporting.ChangeTopic({ topics, clock: time }), [topicStore, clock]);
  container.bind(tokens.removeTopic).toResolvedValue((topics) => new reporting.RemoveTopic({ topics }), [topicStore]);
  container.bind(tokens.listTopics).toResolvedValue((topics) => new reporting.ListTopics({ topics }), [topicStore]);
  container.bind(tokens.previewTopic).toResolvedValue((reports, time) => new reporting.PreviewTopic({ reports, clock: time }), [reportStore, clock]);
  container.bind(tokens.verifyAccessKey).toResolvedValue((keys) => new reporting.VerifyAccessKey({ keys }), [accessKeys]);
}

function bindAlerts(container: Container, { settings, telemetry }: Foundation): void {
  const { alertStore, alertNews, noticeSender, clock } = tokens;
  const { home } = settings;
  container.bind(alertNews).toResolvedValue(
    (reports, usual, drivers, topics, sources) => new ReportedNews({ reports, usual, drivers, topics, sources: () => sources.list() }),
    [tokens.reportStore, tokens.usualRanges, tokens.getDrivers, tokens.topicStore, tokens.sourceStore],
  );
  container.bind(noticeSender).toResolvedValue(
    (time) => noticesOnDemand({ clock: time, allowPrivate: settings.allowPrivateSources, secretId: settings.alertSecretsId, report: (fault) => telemetry.fault(fault) }), [clock],
  );
  container.bind(tokens.addRule).toResolvedValue((store, news, time) => new alerting.AddRule({ store, news, clock: time }), [alertStore, alertNews, clock]);
  container.bind(tokens.changeRule).toResolvedValue((store, news, time) => new alerting.ChangeRule({ store, news, clock: time }), [alertStore, alertNews, clock]);
  container.bind(tokens.removeRule).toResolvedValue((store, time) => new alerting.RemoveRule({ store, clock: time }), [alertStore, clock]);
  container.bind(tokens.addChannel).toResolvedValue((store, time) => new alerting.AddChannel({ store, clock: time }), [alertStore, clock]);
  container.bind(tokens.removeChannel).toResolvedValue((store) => new alerting.RemoveChannel({ store }), [alertStore]);
  container.bind(tokens.testChannel).toResolvedValue((store, sender, time) => new alerting.TestChannel({ store, sender, clock: time, home }), [alertStore, noticeSender, clock]);
  container.bind(tokens.listAlerts).toResolvedValue((store) => new alerting.ListAlerts({ store }), [alertStore]);
  container.bind(tokens.backtestRule).toResolvedValue((news, time) => new alerting.BacktestRule({ news, clock: time }), [alertNews, clock]);
  container.bind(tokens.redriveDeliveries).toResolvedValue((store, time) => new alerting.RedriveDeliveries({ store, clock: time }), [alertStore, clock]);
}

async function sourceNames(sources: ingestion.SourceStore): Promise<ReadonlyMap<string, string>> {
  return new Map((await sources.list()).map(({ id, name }) => [id, name]));
}
