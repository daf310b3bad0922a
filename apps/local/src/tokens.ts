import type * as access from '@barometer/access';
import { alertTokens } from '@barometer/alert-news';
import type * as alerting from '@barometer/alerting';
import type { CanaryStore } from '@barometer/canary';
import type { GuardedPost } from '@barometer/guarded-http';
import type * as ingestion from '@barometer/ingestion';
import type { Clock } from '@barometer/kernel';
import type * as reporting from '@barometer/reporting';
import type * as sentiment from '@barometer/sentiment';
import type { ServiceIdentifier } from 'inversify';
import type { PageAddress } from './page-address';

const token = <T>(name: string) => Symbol.for(name) as ServiceIdentifier<T>;

/** Everything that the container can give, by name. */
export const tokens = {
  ...alertTokens,
  clock: token<Clock>('Clock'),
  pageAddress: token<PageAddress>('PageAddress'),

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
  changeSources: token<ingestion.ChangeSources>('ChangeSources'),
  removeSource: token<ingestion.RemoveSource>('RemoveSource'),
  listSources: token<ingestion.ListSources>('ListSources'),
  pollSourceNow: token<ingestion.PollSourceNow>('PollSourceNow'),
  previewSource: token<ingestion.PreviewSource>('PreviewSource'),
  seedOnce: token<ingestion.SeedOnce>('SeedOnce'),
  importSources: token<ingestion.ImportSources>('ImportSources'),
  beginImport: token<() => ingestion.ImportArticles>('BeginImport'),

  classifier: token<sentiment.SentimentClassifier>('SentimentClassifier'),
  scoreStore: token<sentiment.ScoreStore>('ScoreStore'),
  canaryStore: token<CanaryStore>('CanaryStore'),
  sendCanary: token<ingestion.SendCanary>('SendCanary'),
  scoresWithCanary: token<sentiment.ScoresWithCanary>('ScoresWithCanary'),
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
  noteStore: token<reporting.NoteStore>('NoteStore'),
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
  addAccessKey: token<access.AddAccessKey>('AddAccessKey'),
  takeFirstKey: token<access.TakeFirstKey>('TakeFirstKey'),
  listAccessKeys: token<access.ListAccessKeys>('ListAccessKeys'),
  revokeAccessKey: token<access.RevokeAccessKey>('RevokeAccessKey'),
  verifyAccessKey: token<access.VerifyAccessKey>('VerifyAccessKey'),
  listSessions: token<access.ListSessions>('ListSessions'),
  endSessions: token<access.EndSessions>('EndSessions'),

  guardedPost: token<GuardedPost>('GuardedPost'),
  runAlerts: token<alerting.RunAlerts>('RunAlerts'),
} as const;
