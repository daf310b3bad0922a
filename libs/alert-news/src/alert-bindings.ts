import * as alerting from '@barometer/alerting';
import type { SourceStore } from '@barometer/ingestion';
import type { Clock } from '@barometer/kernel';
import type { GetDrivers, GetMood, ReportStore, TopicStore, UsualRanges } from '@barometer/reporting';
import type { Container, ServiceIdentifier } from 'inversify';
import { ReportedDigests } from './reported-digests';
import { ReportedNews } from './reported-news';

const token = <T>(name: string) => Symbol.for(name) as ServiceIdentifier<T>;

/** The alert and digest services of an app in which readers manage them; the app itself binds the stores and the sender. */
export const alertTokens = {
  alertStore: token<alerting.AlertStore>('AlertStore'),
  alertNews: token<alerting.AlertNews>('AlertNews'),
  digestStore: token<alerting.DigestStore>('DigestStore'),
  digestNews: token<alerting.DigestNews>('DigestNews'),
  noticeSender: token<alerting.NoticeSender>('NoticeSender'),
  addRule: token<alerting.AddRule>('AddRule'),
  changeRule: token<alerting.ChangeRule>('ChangeRule'),
  removeRule: token<alerting.RemoveRule>('RemoveRule'),
  addChannel: token<alerting.AddChannel>('AddChannel'),
  removeChannel: token<alerting.RemoveChannel>('RemoveChannel'),
  testChannel: token<alerting.TestChannel>('TestChannel'),
  listAlerts: token<alerting.ListAlerts>('ListAlerts'),
  backtestRule: token<alerting.BacktestRule>('BacktestRule'),
  redriveDeliveries: token<alerting.RedriveDeliveries>('RedriveDeliveries'),
  listDigests: token<alerting.ListDigests>('ListDigests'),
  addDigest: token<alerting.AddDigest>('AddDigest'),
  changeDigest: token<alerting.ChangeDigest>('ChangeDigest'),
  removeDigest: token<alerting.RemoveDigest>('RemoveDigest'),
  previewDigest: token<alerting.PreviewDigest>('PreviewDigest'),
  testDigest: token<alerting.TestDigest>('TestDigest'),
} as const;

/** The app's own parts that alerts depend on. */
interface NeededTokens {
  readonly clock: ServiceIdentifier<Clock>;
  readonly sourceStore: ServiceIdentifier<SourceStore>;
  readonly reportStore: ServiceIdentifier<ReportStore>;
  readonly topicStore: ServiceIdentifier<TopicStore>;
  readonly usualRanges: ServiceIdentifier<UsualRanges>;
  readonly getMood: ServiceIdentifier<GetMood>;
  readonly getDrivers: ServiceIdentifier<GetDrivers>;
}

/** Binds all of `alertTokens` except the two stores and the sender. `home` gives the address that notices link to. */
export function bindAlertUseCases(container: Container, needed: NeededTokens, home: () => string | undefined): void {
  bindRules(container, needed, home);
  bindDigests(container, needed, home);
}

function bindRules(container: Container, needed: NeededTokens, home: () => string | undefined): void {
  const { alertStore, alertNews, noticeSender } = alertTokens;
  const { clock } = needed;
  container
    .bind(alertNews)
    .toResolvedValue(
      (reports, usual, drivers, topics, sources) => new ReportedNews({ reports, usual, drivers, topics, sources: () => sources.list() }),
      [needed.reportStore, needed.usualRanges, needed.getDrivers, needed.topicStore, needed.sourceStore],
    );
  container
    .bind(alertTokens.addRule)
    .toResolvedValue((store, news, time) => new alerting.AddRule({ store, news, clock: time }), [alertStore, alertNews, clock]);
  container
    .bind(alertTokens.changeRule)
    .toResolvedValue((store, news, time) => new alerting.ChangeRule({ store, news, clock: time }), [alertStore, alertNews, clock]);
  container.bind(alertTokens.removeRule).toResolvedValue((store, time) => new alerting.RemoveRule({ store, clock: time }), [alertStore, clock]);
  container.bind(alertTokens.addChannel).toResolvedValue((store, time) => new alerting.AddChannel({ store, clock: time }), [alertStore, clock]);
  container
    .bind(alertTokens.removeChannel)
    .toResolvedValue((store, digests) => new alerting.RemoveChannel({ store, digests }), [alertStore, alertTokens.digestStore]);
  container
    .bind(alertTokens.testChannel)
    .toResolvedValue((store, sender, time) => new alerting.TestChannel({ store, sender, clock: time, home }), [alertStore, noticeSender, clock]);
  container.bind(alertTokens.listAlerts).toResolvedValue((store) => new alerting.ListAlerts({ store }), [alertStore]);
  container.bind(alertTokens.backtestRule).toResolvedValue((news, time) => new alerting.BacktestRule({ news, clock: time }), [alertNews, clock]);
  container.bind(alertTokens.redriveDeliveries).toResolvedValue((store, time) => new alerting.RedriveDeliveries({ store, clock: time }), [alertStore, clock]);
}

function bindDigests(container: Container, needed: NeededTokens, home: () => string | undefined): void {
  const { digestStore, digestNews, alertStore, alertNews, noticeSender } = alertTokens;
  const { clock } = needed;
  container
    .bind(digestNews)
    .toResolvedValue(
      (reports, mood, drivers, sources) => new ReportedDigests({ reports, mood, drivers, sources: () => sources.list() }),
      [needed.reportStore, needed.getMood, needed.getDrivers, needed.sourceStore],
    );
  container.bind(alertTokens.listDigests).toResolvedValue((digests, time) => new alerting.ListDigests({ store: digests, clock: time }), [digestStore, clock]);
  container
    .bind(alertTokens.addDigest)
    .toResolvedValue(
      (digests, alerts, news, time) => new alerting.AddDigest({ store: digests, alerts, news, clock: time }),
      [digestStore, alertStore, alertNews, clock],
    );
  container
    .bind(alertTokens.changeDigest)
    .toResolvedValue(
      (digests, alerts, news, time) => new alerting.ChangeDigest({ store: digests, alerts, news, clock: time }),
      [digestStore, alertStore, alertNews, clock],
    );
  container.bind(alertTokens.removeDigest).toResolvedValue((digests) => new alerting.RemoveDigest({ store: digests }), [digestStore]);
  container
    .bind(alertTokens.previewDigest)
    .toResolvedValue((found, news, time) => new alerting.PreviewDigest({ digestNews: found, news, clock: time }), [digestNews, alertNews, clock]);
  container
    .bind(alertTokens.testDigest)
    .toResolvedValue(
      (digests, alerts, preview, sender, time) => new alerting.TestDigest({ store: digests, alerts, preview, sender, clock: time, home }),
      [digestStore, alertStore, alertTokens.previewDigest, noticeSender, clock],
    );
}
