import type * as access from '@barometer/access';
import { alertTokens } from '@barometer/alert-news';
import type { FaultWatch } from '@barometer/aws';
import type { CanaryStore } from '@barometer/canary';
import type * as ingestion from '@barometer/ingestion';
import type { Clock } from '@barometer/kernel';
import type * as reporting from '@barometer/reporting';
import type * as sentiment from '@barometer/sentiment';
import type { LambdaClassifier } from '@barometer/sentiment-lambda';
import type { ServiceIdentifier } from 'inversify';
import type { Feeds } from './feeds';

const token = <T>(name: string) => Symbol.for(name) as ServiceIdentifier<T>;

/** What is known about a resource that every answer depends on. */
export type Watch = Pick<FaultWatch, 'fault'>;

/** The classifier, which knows its model only after a first answer. */
export type RemoteClassifier = sentiment.SentimentClassifier & Pick<LambdaClassifier, 'hasAnswered'>;

/** Everything that the container can give, by name. */
export const tokens = {
  ...alertTokens,
  clock: token<Clock>('Clock'),
  tableWatch: token<Watch>('TableWatch'),
  analysisWatch: token<Watch>('AnalysisWatch'),

  sourceStore: token<ingestion.SourceStore>('SourceStore'),
  addSource: token<ingestion.AddSource>('AddSource'),
  changeSource: token<ingestion.ChangeSource>('ChangeSource'),
  changeSources: token<ingestion.ChangeSources>('ChangeSources'),
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

  canaryStore: token<CanaryStore>('CanaryStore'),
  reportStore: token<reporting.ReportStore>('ReportStore'),
  topicStore: token<reporting.TopicStore>('TopicStore'),
  noteStore: token<reporting.NoteStore>('NoteStore'),
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
  listMarks: token<reporting.ListMarks>('ListMarks'),
  addNote: token<reporting.AddNote>('AddNote'),
  removeNote: token<reporting.RemoveNote>('RemoveNote'),
  addTopic: token<reporting.AddTopic>('AddTopic'),
  changeTopic: token<reporting.ChangeTopic>('ChangeTopic'),
  removeTopic: token<reporting.RemoveTopic>('RemoveTopic'),
  listTopics: token<reporting.ListTopics>('ListTopics'),
  previewTopic: token<reporting.PreviewTopic>('PreviewTopic'),

  accessKeys: token<access.AccessKeys>('AccessKeys'),
  sessionStore: token<access.SessionStore>('SessionStore'),
  verifyAccessKey: token<access.VerifyAccessKey>('VerifyAccessKey'),
} as const;
