import type { Label } from '@barometer/events';
import type { TopicVersion } from '@barometer/kernel';
import { expiresAt, SCHEMA_VERSION, sourceIdsOf, timeToLive, type ArticleRecord, type ArticleState } from './article-item';
import type { Item } from './dynamodb-table';
import { JUDGED_LIST, listSort, sourceList, storyList, topicList } from './keys';

/** An article in the list of a source or of a topic version: what filters look at, and not the text. */
export interface ListRow {
  readonly id: string;
  readonly publishedAt: number;
  readonly state: ArticleState;
  readonly label?: Label;
  readonly tone?: number;
  readonly uncertain?: boolean;
  readonly sourceIds: readonly string[];
}

/** The rows of an article in the lists of its sources and topics, of the story that it joined and of what readers judged; one has no place in a list of its own that says less. */
export function rowsOf(article: ArticleRecord): Item[] {
  const sourceIds = sourceIdsOf(article);
  const lists = [...sourceIds.map(sourceList), ...article.topics.map((topic: TopicVersion) => topicList(topic)), ...(article.joinedStory === undefined ? [] : [storyList(article.joinedStory)]), ...(article.judgement ? [JUDGED_LIST] : [])];
  return lists.map((pk) => ({
    pk, sk: listSort(article.publishedAt, article.id), v: SCHEMA_VERSION, id: article.id, publishedAt: article.publishedAt, state: article.state,
    ...(article.sentiment && { label: article.sentiment.label, tone: article.sentiment.tone, uncertain: article.sentiment.uncertain }),
    // Only a topic's list is filtered by source.
    sourceIds: pk.startsWith('L#t:') ? sourceIds : [], ttl: timeToLive(expiresAt(article)),
  }));
}

export const rowOf = (item: Item): ListRow => item as unknown as ListRow;
