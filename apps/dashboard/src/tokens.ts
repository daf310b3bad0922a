import type * as alerting from '@barometer/alerting';
import type { FaultWatch } from '@barometer/aws';
import type * as ingestion from '@barometer/ingestion';
import type { Clock } from '@barometer/kernel';
import type * as reporting from '@barometer/reporting';
import type * as sentiment from '@barometer/sentiment';
import type { LambdaClassifier } from '@barometer/sentiment-lambda';
import type { ServiceIdentifier } from 'inversify';
import type { Feeds } from './feeds';

const token = <T>(name: string) => Symbol.for(name) as ServiceIdentifier<T>;

/** What is known of a resource that every answer depends on. */
export type Watch = Pick<FaultWatch, 'fault'>;

/** The classifier, which knows its model only after a first answer. */
export type RemoteClassifier = sentiment.SentimentClassifier & Pick<LambdaClassifier, 'hasAnswered'>;

/** Everything that the container can give, by name. */
export const tokens = {
  clock: token<Clock>('Clock'),
  tableWatch: token<Watch>('TableWatch'),
  analysisWatch: token<Watch>('AnalysisWatch'),

  alertStore: token<alerting.AlertStore>('AlertStore'),
  alertNews: token<alerting.AlertNews>('AlertNews'),
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

  sourceStore: token<ingestion.SourceStore>('SourceStore'),
  addSource: token<ingestion.AddSource>('AddSource'),
  changeSource: token<ingestion.ChangeSource>('ChangeSource'),
  removeSource: token<ingestion.RemoveSource>('RemoveSource'),
  listSources: token<ingestion.ListSources>('ListSources'),
  pollSourceNow: token<ingestion.PollSourceNow>('PollSourceNow'),
  feeds: token<Feeds>('Feeds'),
  importSources: token<ingestion.ImportSources>('ImportSources'),

  classifier: token<RemoteClassifier>('SentimentClassifier'),
  scoreStore: token<sentiment.ScoreStore>('ScoreStore'),
  scoreTexts: token<sentiment.ScoreTexts>('ScoreTexts'),
  explainTexts: token<sentiment.ExplainTexts>('ExplainTexts'),
  explainArticle: token<sentiment.ExplainArticle>('ExplainArticle'),
  judgeArticle: token<sentiment.JudgeArticle>('JudgeArticle'),
  takeBackJudgement: token<sentiment.TakeBackJudgement>('TakeBackJudgement'),
  redriveArticles: token<sentiment.RedriveArticles>('RedriveArticles'),

  reportStore: token<reporting.ReportStore>('ReportStore'),
  topicStore: token<reporting.TopicStore>('TopicStore'),
  accessKeys: token<reporting.AccessKeys>('AccessKeys'),
  usualRanges: token<reporting.UsualRanges>('UsualRanges'),
  getMood: token<reporting.GetMood>('GetMood'),
  getTimeline: token<reporting.GetTimeline>('GetTimeline'),
  getBreakdown: token<reporting.GetBreakdown>('GetBreakdown'),
  getDrivers: token<reporting.GetDrivers>('GetDrivers'),
  getStatus: token<reporting.GetStatus>('GetStatus'),
  listArticles: token<reporting.ListArticles>('ListArticles'),
  listJudgements: token<reporting.ListJudgements>('ListJudgements'),
  listStories: token<reporting.ListStories>('ListStories'),
  getStory: token<reporting.GetStory>('GetStory'),
  getArticle: token<reporting.GetArticle>('GetArticle'),
  addTopic: token<reporting.AddTopic>('AddTopic'),
  changeTopic: token<reporting.ChangeTopic>('ChangeTopic'),
  removeTopic: token<reporting.RemoveTopic>('RemoveTopic'),
  listTopics: token<reporting.ListTopics>('ListTopics'),
  previewTopic: token<reporting.PreviewTopic>('PreviewTopic'),
  verifyAccessKey: token<reporting.VerifyAccessKey>('VerifyAccessKey'),
} as const;
