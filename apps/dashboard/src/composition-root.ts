import 'reflect-metadata';
import * as access from '@barometer/access';
import { bindAlertUseCases } from '@barometer/alert-news';
import * as ingestion from '@barometer/ingestion';
import { groupsOf, systemClock } from '@barometer/kernel';
import * as reporting from '@barometer/reporting';
import * as sentiment from '@barometer/sentiment';
import { Container } from 'inversify';
import { bindAws } from './aws-bindings';
import { feeds } from './feeds';
import type { BindOutside, Foundation } from './foundation';
import { noticesOnDemand } from './notices';
import { tokens } from './tokens';

/** Wires the function; nothing is opened or requested before its first use. */
export function composeDashboard(foundation: Foundation, bindOutside: BindOutside = bindAws): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(tokens.clock).toConstantValue(systemClock);
  bindOutside(container, foundation);
  bindSources(container, foundation);
  bindSentiment(container, foundation);
  bindReports(container, foundation);
  bindTopicsAndKeys(container);
  bindAlerts(container, foundation);
  return container;
}

function bindSources(container: Container, { settings }: Foundation): void {
  const { clock, sourceStore } = tokens;
  container.bind(tokens.addSource).toResolvedValue((sources, time) => new ingestion.AddSource({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.changeSources).toResolvedValue((sources) => new ingestion.ChangeSources({ sources }), [sourceStore]);
  container.bind(tokens.changeSource).toResolvedValue((sources, time) => new ingestion.ChangeSource({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.removeSource).toResolvedValue((sources) => new ingestion.RemoveSource({ sources }), [sourceStore]);
  container.bind(tokens.listSources).toResolvedValue((sources, time) => new ingestion.ListSources({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.pollSourceNow).toResolvedValue((sources, time) => new ingestion.PollSourceNow({ sources, clock: time }), [sourceStore, clock]);
  container.bind(tokens.importSources).toResolvedValue((sources, time) => new ingestion.ImportSources({ sources, clock: time }), [sourceStore, clock]);
  container
    .bind(tokens.feeds)
    .toResolvedValue((time) => feeds({ clock: time, allowPrivate: settings.allowPrivateSources, userAgent: settings.userAgent }), [clock]);
}

function bindSentiment(container: Container, { settings }: Foundation): void {
  container.bind(tokens.scoreTexts).toResolvedValue((classifier) => new sentiment.ScoreTexts({ classifier }), [tokens.classifier]);
  // The model runs in the Analysis function: an explanation sends it one batch of texts.
  container.bind(tokens.explainTexts).toResolvedValue((classifier) => new sentiment.ExplainTexts({ classifier }), [tokens.classifier]);
  container
    .bind(tokens.explainArticle)
    .toResolvedValue((explainTexts) => new sentiment.ExplainArticle({ explainTexts, text: settings.scoreText }), [tokens.explainTexts]);
  container.bind(tokens.judgeArticle).toResolvedValue((store, clock) => new sentiment.JudgeArticle({ store, clock }), [tokens.scoreStore, tokens.clock]);
  container
    .bind(tokens.takeBackJudgement)
    .toResolvedValue((store, clock) => new sentiment.TakeBackJudgement({ store, clock }), [tokens.scoreStore, tokens.clock]);
  container.bind(tokens.redriveArticles).toResolvedValue((store, clock) => new sentiment.RedriveArticles({ store, clock }), [tokens.scoreStore, tokens.clock]);
}

function bindReports(container: Container, { settings }: Foundation): void {
  const { reportStore, clock } = tokens;
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
    [reportStore, tokens.topicStore, tokens.usualRanges, tokens.sourceStore, clock],
  );
  container
    .bind(tokens.getDrivers)
    .toResolvedValue(
      (reports, topics, usual, sources, time) =>
        new reporting.GetDrivers({ reports, topics, usual, sourceNames: () => ingestion.sourceNames(sources), clock: time }),
      [reportStore, tokens.topicStore, tokens.usualRanges, tokens.sourceStore, clock],
    );
  container
    .bind(tokens.getStatus)
    .toResolvedValue(
      (reports, canaries, time) => new reporting.GetStatus({ reports, clock: time, ...(settings.canary && { canaries }) }),
      [reportStore, tokens.canaryStore, clock],
    );
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
}

function bindTopicsAndKeys(container: Container): void {
  const { topicStore, reportStore, accessKeys, clock } = tokens;
  container
    .bind(tokens.addNote)
    .toResolvedValue(
      (notes, reports, topics, sources, time) =>
        new reporting.AddNote({ notes, reports, topics, hasSource: async (id) => (await sources.find(id)) !== undefined, clock: time }),
      [tokens.noteStore, reportStore, topicStore, tokens.sourceStore, clock],
    );
  container.bind(tokens.removeNote).toResolvedValue((notes) => new reporting.RemoveNote({ notes }), [tokens.noteStore]);
  container.bind(tokens.addTopic).toResolvedValue((topics, time) => new reporting.AddTopic({ topics, clock: time }), [topicStore, clock]);
  container.bind(tokens.changeTopic).toResolvedValue((topics, time) => new reporting.ChangeTopic({ topics, clock: time }), [topicStore, clock]);
  container.bind(tokens.removeTopic).toResolvedValue((topics) => new reporting.RemoveTopic({ topics }), [topicStore]);
  container.bind(tokens.listTopics).toResolvedValue((topics) => new reporting.ListTopics({ topics }), [topicStore]);
  container.bind(tokens.previewTopic).toResolvedValue((reports, time) => new reporting.PreviewTopic({ reports, clock: time }), [reportStore, clock]);
  container.bind(tokens.verifyAccessKey).toResolvedValue((keys) => new access.VerifyAccessKey({ keys }), [accessKeys]);
}

function bindAlerts(container: Container, { settings, telemetry }: Foundation): void {
  container.bind(tokens.noticeSender).toResolvedValue(
    (time) =>
      noticesOnDemand({
        clock: time,
        allowPrivate: settings.allowPrivateSources,
        secretId: settings.alertSecretsId,
        report: (fault) => telemetry.fault(fault),
      }),
    [tokens.clock],
  );
  bindAlertUseCases(container, tokens, () => settings.home);
}
