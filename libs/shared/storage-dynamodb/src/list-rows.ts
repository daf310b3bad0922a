import type { Label } from '@barometer/events';
import { STANDARD_RETENTION, type Retention, type TopicVersion } from '@barometer/kernel';
import { articleTtl, SCHEMA_VERSION, sourceIdsOf, type ArticleRecord, type ArticleState } from './article-item';
import type { Item } from './dynamodb-table';
import { JUDGED_LIST, listSort, sourceList, storyList, topicList } from './keys';

/** An article in the list of a source or of a topic version: the fields that filters use, without the text. */
export interface ListRow {
  readonly id: string;
  readonly publishedAt: number;
  readonly state: ArticleState;
  readonly label?: Label;
  readonly tone?: number;
  readonly uncertain?: boolean;
  readonly sourceIds: readonly string[];
  /** For lists of stories, which are filtered by topic; absent in older rows. */
  readonly topics?: readonly TopicVersion[];
}

const TOPICS_LISTS = 'L#t:';
const STORIES_LISTS = storyList('');

/**
 * The rows of an article in the lists of its sources, topics and story, and in that of judged articles. An article that
 * began a story has no row for it.
 */
export function rowsOf(article: ArticleRecord, retention: Retention = STANDARD_RETENTION): Item[] {
  const sourceIds = sourceIdsOf(article);
  const lists = [
    ...sourceIds.map(sourceList),
    ...article.topics.map((topic: TopicVersion) => topicList(topic)),
    ...(article.joinedStory === undefined ? [] : [storyList(article.joinedStory)]),
    ...(article.judgement ? [JUDGED_LIST] : []),
  ];
  return lists.map((pk) => ({
    pk,
    sk: listSort(article.publishedAt, article.id),
    v: SCHEMA_VERSION,
    id: article.id,
    publishedAt: article.publishedAt,
    state: article.state,
    ...(article.sentiment && { label: article.sentiment.label, tone: article.sentiment.tone, uncertain: article.sentiment.uncertain }),
    // Only the lists of topics and stories are filtered by source.
    sourceIds: pk.startsWith(TOPICS_LISTS) || pk.startsWith(STORIES_LISTS) ? sourceIds : [],
    ...(pk.startsWith(STORIES_LISTS) && { topics: article.topics }),
    ttl: articleTtl(article, retention),
  }));
}

export const rowOf = (item: Item): ListRow => item as unknown as ListRow;
