export type { Channel, ChannelTarget } from './domain/channel';
export { afterAttempt, type Delivery, type Outcome, type Telling } from './domain/delivery';
export { weekdays, type Digest, type DigestForm, type DigestSchedule, type EditionOutcome, type Weekday } from './domain/digest';
export { digestFormSchema, scheduleFields } from './domain/digest-form';
export type { Edition, EditionDriver, EditionStory, EditionVoice, PeriodNews, TroubledSource } from './domain/edition';
export { editionHtml } from './domain/edition-html';
export { editionJson, type EditionJson } from './domain/edition-json';
export { editionText } from './domain/edition-text';
export { episodeId, viewOf, type Episode, type EpisodeDriver, type EpisodeHeadline } from './domain/episode';
export { evaluate, type CloseReason, type EpisodeEvent, type Evaluation } from './domain/evaluate';
export type { HourFacts, HourVolume, ToldStory, UsualTones } from './domain/facts';
export { fullTextOf, linkOf, textOf, titleOf, type Notice } from './domain/notice';
export { freshState, isEverything, type AlertRule, type AlertScope, type Condition, type QuietHours, type RuleForm, type RuleState } from './domain/rule';
export {
  channelFormSchema,
  channelTargetSchema,
  conditionSchema,
  parseAlertSeeds,
  ruleFormSchema,
  type AlertSeeds,
  type ChannelForm,
} from './domain/rule-form';
export { signed } from './domain/sentence';
export type { AlertNews, Hours, NewsArticle } from './ports/alert-news.port';
export type { AlertStore, EpisodeQuery, Findings } from './ports/alert-store.port';
export type { DigestNews } from './ports/digest-news.port';
export type { DigestStore, SettledDigest } from './ports/digest-store.port';
export type { NoticeSender } from './ports/notice-sender.port';
export { AddChannel, type ChannelProblem } from './use-cases/add-channel.use-case';
export { AddDigest } from './use-cases/add-digest.use-case';
export { AddRule, type RuleProblem } from './use-cases/add-rule.use-case';
export { BacktestRule, type Backtest, type PastEpisode } from './use-cases/backtest-rule.use-case';
export { ChangeDigest } from './use-cases/change-digest.use-case';
export { ChangeRule } from './use-cases/change-rule.use-case';
export type { NoEdition } from './use-cases/compose-edition';
export { EvaluateAlerts, type AlertReport } from './use-cases/evaluate-alerts.use-case';
export { ListAlerts } from './use-cases/list-alerts.use-case';
export { ListDigests, type ListedDigest } from './use-cases/list-digests.use-case';
export { PreviewDigest, type PreviewedDigest } from './use-cases/preview-digest.use-case';
export { PublishDigests, type PublishReport } from './use-cases/publish-digests.use-case';
export { RedriveDeliveries } from './use-cases/redrive-deliveries.use-case';
export { RemoveChannel } from './use-cases/remove-channel.use-case';
export { RemoveDigest } from './use-cases/remove-digest.use-case';
export { RemoveRule } from './use-cases/remove-rule.use-case';
export { RunAlerts } from './use-cases/run-alerts.use-case';
export { TellAlerts, type TellReport } from './use-cases/tell-alerts.use-case';
export { TestChannel } from './use-cases/test-channel.use-case';
export { TestDigest, type DigestTest } from './use-cases/test-digest.use-case';
