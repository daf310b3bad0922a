import type { TopicVersion } from '@barometer/kernel';
import { MOST_OF_STORY } from '@barometer/reporting';
import type { SqliteDatabase } from '@barometer/storage-sqlite';

type Params = readonly (string | number)[];

/** An index that lists the articles of a story, a topic or a source by their time. */
interface TimedList {
  readonly alias: string;
  readonly sql: string;
  /** The column with the id of the article. */
  readonly id: string;
  readonly key: string;
  readonly params: Params;
}

/** Where the articles of a story are looked for: `bound` is the least `expires_at` that is not kept. */
interface StoryRowsPlace {
  readonly topic: TopicVersion | undefined;
  readonly sourceIds: readonly string[] | undefined;
  readonly from: number;
  readonly to: number;
  readonly bound: number;
}

const storyList = (story: string): TimedList => ({
  alias: 'i',
  sql: 'articles i INDEXED BY articles_by_story',
  id: 'i.id',
  key: 'i.joined_story = ?',
  params: [story],
});

/** The lists that hold all articles of a topic version and of a source, if given. */
export const membershipLists = ({ topic, sourceId }: { readonly topic?: TopicVersion | undefined; readonly sourceId?: string | undefined }): TimedList[] => [
  ...(topic
    ? [
        {
          alias: 't',
          sql: 'article_topics t INDEXED BY article_topics_by_time',
          id: 't.article_id',
          key: 't.topic_id = ? AND t.version = ?',
          params: [topic.topicId, topic.version],
        },
      ]
    : []),
  ...(sourceId === undefined
    ? []
    : [{ alias: 's', sql: 'article_sources s INDEXED BY article_sources_by_time', id: 's.article_id', key: 's.source_id = ?', params: [sourceId] }]),
];

/**
 * The entries of these lists for the article that `alias` lists. They are found by their time, which is the article's own
 * in every list: those of a story lie close together, while by article each would be on another page.
 */
export const joinedTo = (alias: string, lists: readonly TimedList[], id = `${alias}.id`): string =>
  lists.map((list) => `CROSS JOIN ${list.sql} ON ${list.key} AND ${list.alias}.published_at = ${alias}.published_at AND ${list.id} = ${id}`).join(' ');

/** The condition that an article, under this alias, belongs to a topic version and to one of these sources, if given. */
export function membership(
  { topic, sourceIds }: { readonly topic?: TopicVersion | undefined; readonly sourceIds?: readonly string[] | undefined },
  article: string,
): { readonly sql: string; readonly params: readonly (string | number)[] } {
  const inTopic = ` AND EXISTS (SELECT 1 FROM article_topics t WHERE t.article_id = ${article}.id AND t.topic_id = ? AND t.version = ?)`;
  const inSource = ` AND EXISTS (SELECT 1 FROM article_sources s WHERE s.article_id = ${article}.id AND s.source_id ${sourceIds?.length === 1 ? '= ?' : 'IN (SELECT value FROM json_each(?))'})`;
  return {
    sql: `${topic ? inTopic : ''}${sourceIds ? inSource : ''}`,
    params: [...(topic ? [topic.topicId, topic.version] : []), ...(sourceIds ? [sourceIds.length === 1 ? sourceIds[0]! : JSON.stringify(sourceIds)] : [])],
  };
}

/** These columns of the articles of a story, under the alias `a`: those that joined it, newest first, at most MOST_OF_STORY, and the first one. */
export function rowsOfStory<Row extends object>(db: SqliteDatabase, columns: string, story: string, place: StoryRowsPlace): Row[] {
  const { from, to, bound } = place;
  const { sql, params } = membership(place, 'a');
  const first = `SELECT ${columns} FROM articles a
    WHERE a.id = ? AND a.state = 'scored' AND a.joined_story IS NULL AND +a.expires_at > ? AND a.published_at >= ? AND a.published_at < ?${sql}`;
  return [...joinedRows<Row>(db, columns, story, place), ...db.all<Row>(first, story, bound, from, to, ...params)];
}

function joinedRows<Row extends object>(db: SqliteDatabase, columns: string, story: string, place: StoryRowsPlace): Row[] {
  const { topic, sourceIds, from, to, bound } = place;
  const lists = sourceIds === undefined || sourceIds.length === 1 ? membershipLists({ topic, sourceId: sourceIds?.[0] }) : [];
  if (lists.length === 0) {
    const { sql, params } = membership(place, 'a');
    const query = `SELECT ${columns} FROM articles a INDEXED BY articles_by_story
      WHERE a.joined_story = ? AND a.state = 'scored' AND +a.expires_at > ? AND a.published_at >= ? AND a.published_at < ?${sql} ORDER BY a.published_at DESC, a.id DESC LIMIT ?`;
    return db.all<Row>(query, story, bound, from, to, ...params, MOST_OF_STORY);
  }
  const [least, ...others] = shortestFirst(db, story, lists, from, to);
  if (!least) return [];
  const query = `SELECT ${columns} FROM ${least.sql} ${joinedTo(least.alias, others, least.id)} CROSS JOIN articles a ON a.number = i.number
    WHERE ${least.key} AND ${least.alias}.published_at >= ? AND ${least.alias}.published_at < ? AND a.state = 'scored' AND +a.expires_at > ?
    ORDER BY ${least.alias}.published_at DESC, ${least.id} DESC LIMIT ?`;
  return db.all<Row>(query, ...others.flatMap((list) => list.params), ...least.params, from, to, bound, MOST_OF_STORY);
}

/** The story's own list and the others, beginning with the one that has the fewest articles in the period. */
function shortestFirst(db: SqliteDatabase, story: string, lists: readonly TimedList[], from: number, to: number): TimedList[] {
  let least = { list: storyList(story), articles: db.get<{ articles: number }>(storySizeQuery, story)?.articles ?? 0 };
  const rest: TimedList[] = [];
  for (const list of lists) {
    const query = `SELECT count(*) AS articles FROM (SELECT 1 FROM ${list.sql} WHERE ${list.key} AND published_at >= ? AND published_at < ? LIMIT ?)`;
    const articles = db.get<{ articles: number }>(query, ...list.params, from, to, least.articles)?.articles ?? 0;
    const isLess = articles < least.articles;
    rest.push(isLess ? least.list : list);
    if (isLess) least = { list, articles };
  }
  return [least.list, ...rest];
}

const storySizeQuery = `SELECT articles FROM story_totals WHERE story = ? AND scope = 'all'`;
