import type * as alerting from '@barometer/alerting';
import type { GuardedPost } from '@barometer/guarded-http';
import type * as ingestion from '@barometer/ingestion';
import type { Clock } from '@barometer/kernel';
import type * as reporting from '@barometer/reporting';
import type * as sentiment from '@barometer/sentiment';
import type { ServiceIdentifier } from 'inversify';

const token = <T>(name: string) => Symbol.for(name) as ServiceIdentifier<T>;

/** Everything that the container can give, by name. */
export const tokens = {
  clock: token<Clock>('Clock'),

  sourceStore: token<ingestion.SourceStore>('SourceStore'),
  seedRecord: token<ingestion.SeedRecord>('SeedRecord'),
  articleStore: token<ingestion.ArticleStore>('ArticleStore'),
  topicCatalog: token<ingestion.TopicCatalog>('TopicCatalog'),
  scoringQueue: token<ingestion.ScoringQueue>('ScoringQueue'),
  feedFetcher: token<ingestion.FeedFetcher>('FeedFetcher'),
  feedReader: token<ingestion.FeedReader>('FeedReader'),
  detectLanguage: token<ingestion.DetectLanguage>('DetectLanguage'),
  removeExpired: token<ingestion.RemoveExpired>('RemoveExpired'),
  pollSources: token<ingestion.PollSources>('PollSources'),
  backfillTopics: token<ingestion.BackfillTopics>('BackfillTopics'),
  addSource: token<ingestion.AddSource>('AddSource'),
  changeSource: token<ingestion.ChangeSource>('ChangeSource'),
  removeSource: token<ingestion.RemoveSource>('RemoveSource'),
  listSources: token<ingestion.ListSources>('ListSources'),
  pollSourceNow: token<ingestion.PollSourceNow>('PollSourceNow'),
  previewSource: token<ingestion.PreviewSource>('PreviewSource'),
  seedOnce: token<ingestion.SeedOnce>('SeedOnce'),
  importSources: token<ingestion.ImportSources>('ImportSources'),

  classifier: token<sentiment.SentimentClassifier>('SentimentClassifier'),
  scoreStore: token<sentiment.ScoreStore>('ScoreStore'),
  scoreArticles: token<sentiment.ScoreArticles>('ScoreArticles'),
  scoreTexts: token<sentiment.ScoreTexts>('ScoreTexts'),
  explainTexts: token<sentiment.ExplainTexts>('ExplainTexts'),
  explainArticle: token<sentiment.ExplainArticle>('ExplainArticle'),
  judgeArticle: token<sentiment.JudgeArticle>('JudgeArticle'),
  takeBackJudgement: token<sentiment.TakeBackJudgement>('TakeBackJudgement'),
  rescore: token<sentiment.Rescore>('Rescore'),
  redriveArticles: token<sentiment.RedriveArticles>('RedriveArticles'),

  reportStore: token<reporting.ReportStore>('ReportStore'),
  topicStore: token<reporting.TopicStore>('TopicStore'),
  accessKeys: token<reporting.AccessKeys>('AccessKeys'),
  liveFeed: token<reporting.LiveFeed>('LiveFeed'),
  usualRanges: token<reporting.UsualRanges>('UsualRanges'),
  getMood: token<reporting.GetMood>('GetMood'),
  getTimeline: token<reporting.GetTimeline>('GetTimeline'),
  getBreakdown: token<reporting.GetBreakdown>('GetBreakdown'),
  getDrivers: token<reporting.GetDrivers>('GetDrivers'),
  getStatus: token<reporting.GetStatus>('GetStatus'),
  listModels: token<reporting.ListModels>('ListModels'),
  listArticles: token<reporting.ListArticles>('ListArticles'),
  listJudgements: token<reporting.ListJudgements>('ListJudgements'),
  listStories: token<reporting.ListStories>('ListStories'),
  getStory: token<reporting.GetStory>('GetStory'),
  getArticle: token<reporting.GetArticle>('GetArticle'),
  checkInvariant: token<reporting.CheckInvariant>('CheckInvariant'),
  addTopic: token<reporting.AddTopic>('AddTopic'),
  changeTopic: token<reporting.ChangeTopic>('ChangeTopic'),
  removeTopic: token<reporting.RemoveTopic>('RemoveTopic'),
  listTopics: token<reporting.ListTopics>('ListTopics'),
  previewTopic: token<reporting.PreviewTopic>('PreviewTopic'),
  addAccessKey: token<reporting.AddAccessKey>('AddAccessKey'),
  takeFirstKey: token<reporting.TakeFirstKey>('TakeFirstKey'),
  listAccessKeys: token<reporting.ListAccessKeys>('ListAccessKeys'),
  revokeAccessKey: token<reporting.RevokeAccessKey>('RevokeAccessKey'),
  verifyAccessKey: token<reporting.VerifyAccessKey>('VerifyAccessKey'),

  alertStore: token<alerting.AlertStore>('AlertStore'),
  alertNews: token<alerting.AlertNews>('AlertNews'),
  guardedPost: token<GuardedPost>('GuardedPost'),
  noticeSender: token<alerting.NoticeSender>('NoticeSender'),
  runAlerts: token<alerting.RunAlerts>('RunAlerts'),
  addRule: token<alerting.AddRule>('AddRule'),
  changeRule: token<alerting.ChangeRule>('ChangeRule'),
  removeRule: token<alerting.RemoveRule>('RemoveRule'),
  addChannel: token<alerting.AddChannel>('AddChannel'),
  removeChannel: token<alerting.RemoveChannel>('RemoveChannel'),
  testChannel: token<alerting.TestChannel>('TestChannel'),
  listAlerts: token<alerting.ListAlerts>('ListAlerts'),
  backtestRule: token<alerting.BacktestRule>('BacktestRule'),
  redriveDeliveries: token<alerting.RedriveDeliveries>('RedriveDeliveries'),
} as const;
