export { bottomOf, hasLabelAndState, MOST_EXAMINED, pageOf, type ListedArticle, type PageOf } from './domain/article-page';
export { LEAST_VOLUME, type Change } from './domain/change';
export type { BreakdownRow } from './domain/breakdown';
export { CursorError, newestFirst, readCursor, writeCursor, type ListPosition } from './domain/cursor';
export { feedName, feedOf, readFeedName } from './domain/feed-name';
export { LEAST_EFFECT, meanOf } from './domain/drivers';
export { mergedLists, type ReadList } from './domain/merged-lists';
export { addCounts, addHours, figuresOf, noCounts, volumeOf, type Figures } from './domain/figures';
export { type Mark, type MarkedSource, type MarkKind, type Marks } from './domain/marks';
export { modelChangesOf, type ModelHour } from './domain/model-changes';
export type { Mood } from './domain/mood';
export { LONGEST_NOTE, noteId, noteTime, type Note, type NoteForm, type NoteProblem } from './domain/note';
export { bridgedHours, observationPeriod, observedIn } from './domain/observation';
export { knownPeriod, lastHours } from './domain/period';
export { hasSources, sourcesOf } from './domain/report';
export type {
  ArticlePage,
  ArticleQuery,
  ArticleState,
  ArticleView,
  Counts,
  Discrepancy,
  HourCounts,
  Journey,
  ModelChange,
  Period,
  Scope,
  ScopeOfOne,
} from './domain/report';
export { publisherOf, referenceModel, usualReference, type SourceHome, type UsualReference } from './domain/reference-model';
export { hasWords, searchWords } from './domain/search-words';
export {
  countsOfStories,
  heaviestOf,
  leastArticles,
  outlineOf,
  storiesOf,
  typicalOf,
  voiceName,
  weightOf,
  type OutlinedArticle,
  type Story,
  type StoryCounts,
  type StoryOrder,
  type StoryOutline,
  type StoryVoice,
  type StoryWeighing,
} from './domain/story';
export { isTimeZone, type BucketSize, type Timeline, type TimelineBucket } from './domain/timeline';
export { toneWord, toneWords, type ToneWord } from './domain/tone-words';
export type { Topic } from './domain/topic';
export { isSameRule, LONGEST_NAME, LONGEST_PHRASE, MOST_PHRASES, type TopicForm, type TopicProblem } from './domain/topic-form';
export type { UsualBasis } from './domain/tone-model';
export { usualWords, type FoundRange, type NoUsual, type Usual, type UsualRange, type UsualWord } from './domain/usual';
export type { LiveFeed } from './ports/live-feed.port';
export type { NoteStore } from './ports/note-store.port';
export { MOST_OF_STORY, type JudgementCounts, type HoursByOptions, type ReportStore, type SourceDay, type StoreStatus } from './ports/report-store.port';
export type { TopicStore } from './ports/topic-store.port';
export { AddNote, MOST_NOTES } from './use-cases/add-note.use-case';
export { AddTopic } from './use-cases/add-topic.use-case';
export { ChangeTopic, type TopicNotFound } from './use-cases/change-topic.use-case';
export { CheckInvariant, type InvariantReport } from './use-cases/check-invariant.use-case';
export { GetArticle } from './use-cases/get-article.use-case';
export { GetBreakdown, type Breakdown, type BreakdownKind, type BreakdownQuery, type SourceGroup } from './use-cases/get-breakdown.use-case';
export {
  GetDrivers,
  type Comparison,
  type DriverKind,
  type Drivers,
  type DriversQuery,
  type NamedDriver,
  type NoPrevious,
  type PartWithoutUsual,
} from './use-cases/get-drivers.use-case';
export { GetMood, type ScopedPeriod } from './use-cases/get-mood.use-case';
export { ListModels } from './use-cases/list-models.use-case';
export { GetStatus, type ReportStatus } from './use-cases/get-status.use-case';
export { GetStory, type StoryWithArticles } from './use-cases/get-story.use-case';
export { GetTimeline, type TimelineQuery } from './use-cases/get-timeline.use-case';
export { LARGEST_PAGE, ListArticles, type ListProblem } from './use-cases/list-articles.use-case';
export { ListJudgements } from './use-cases/list-judgements.use-case';
export { ListMarks } from './use-cases/list-marks.use-case';
export { ListStories, type Stories, type StoriesQuery } from './use-cases/list-stories.use-case';
export { ListTopics } from './use-cases/list-topics.use-case';
export { PreviewTopic, type TopicPreview } from './use-cases/preview-topic.use-case';
export { RemoveNote } from './use-cases/remove-note.use-case';
export { RemoveTopic } from './use-cases/remove-topic.use-case';
export { MOST_USUAL_ROWS, UsualRanges } from './use-cases/usual-ranges';
