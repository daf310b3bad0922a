import type { TopicVersion } from '@barometer/kernel';
import { hasSources, MOST_EXAMINED, sourcesOf, type ArticleQuery, type ListPosition } from '@barometer/reporting';
import { wordsQuery } from '@barometer/storage-sqlite';
import { viewColumns } from './article-rows';

/** A piece of SQL with its parameters. */
export interface BoundSql {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

/** A resolved list query: the topic's ready version, the cursor's position, the words. */
export interface ListRequest {
  readonly query: ArticleQuery;
  readonly topic?: TopicVersion | undefined;
  readonly after?: ListPosition | undefined;
  readonly words?: readonly string[] | undefined;
  /** The number of rows to read if another filter is applied to them afterwards. */
  readonly most?: number;
  /** The stored expiry must be later than this. */
  readonly bound: number;
}

/** The source of rows in the order of an index, and the names of its time and id columns. */
interface Origin extends BoundSql {
  readonly time: string;
  readonly id: string;
  /** Whether a row really belongs to the scope, if the index cannot tell. */
  readonly inScope?: BoundSql;
}

/** How many rows are read for a page: one more than it holds, or than may be examined if a filter has no index. */
export const mostRows = (request: ListRequest): number =>
  1 + (request.most ?? (isFiltered(request) ? MOST_EXAMINED : Math.min(request.query.limit, MOST_EXAMINED)));

/** The newest rows of a query: one more than a page holds, or than may be examined if a filter has no index. */
export function listQuery(request: ListRequest): BoundSql {
  const origin = originOf(request);
  const conditions = [...conditionsOf(request, origin)];
  return {
    sql: `SELECT ${viewColumns}, ${origin.inScope?.sql ?? 'TRUE'} AS inScope ${origin.sql} AND ${conditions.map(({ sql }) => sql).join(' AND ')}
      ORDER BY ${origin.time} DESC, ${origin.id} DESC LIMIT ?`,
    params: [...(origin.inScope?.params ?? []), ...origin.params, ...conditions.flatMap(({ params }) => params), mostRows(request)],
  };
}

/** Whether rows are filtered after they were read. The full-text index finds few rows, so that all filters run in SQL then. */
function isFiltered({ query, topic, words, most }: ListRequest): boolean {
  if (most !== undefined) return true;
  const isScoped = topic !== undefined || hasSources(query);
  return !words && (query.label !== undefined || (query.state !== undefined && isScoped) || (topic !== undefined && hasSources(query)));
}

function originOf({ query, topic, words }: ListRequest): Origin {
  if (words) return wordsOrigin(words);
  const sources = sourcesOf(query);
  if (topic) return topicOrigin(topic, sources);
  return query.sourceId === undefined ? everything : sourceOrigin(query.sourceId);
}

const everything: Origin = { sql: 'FROM articles a WHERE TRUE', params: [], time: 'a.published_at', id: 'a.id' };

// CROSS JOIN keeps SQLite from reading the other table first, which would lose the order. An empty phrase finds nothing.
const wordsOrigin = (words: readonly string[]): Origin => ({
  sql: 'FROM article_words w CROSS JOIN articles a ON a.number = w.rowid WHERE article_words MATCH ?',
  params: [wordsQuery(words.join(' ')) ?? '""'],
  time: 'a.published_at',
  id: 'a.id',
});

const sourceOrigin = (sourceId: string): Origin => ({
  sql: 'FROM article_sources m CROSS JOIN articles a ON a.id = m.article_id WHERE m.source_id = ?',
  params: [sourceId],
  time: 'm.published_at',
  id: 'm.article_id',
});

/** A topic in a source has no index of its own: the topic's list is filtered. */
function topicOrigin({ topicId, version }: TopicVersion, sources: readonly string[] | undefined): Origin {
  const sql = 'FROM article_topics m CROSS JOIN articles a ON a.id = m.article_id WHERE m.topic_id = ? AND m.version = ?';
  return { sql, params: [topicId, version], time: 'm.published_at', id: 'm.article_id', ...(sources && { inScope: listedByOneOf(sources) }) };
}

/** Whether one of these sources lists the article. */
const listedByOneOf = (sources: readonly string[]): BoundSql => ({
  sql: `EXISTS (SELECT 1 FROM article_sources s WHERE s.article_id = a.id AND s.source_id ${sources.length === 1 ? '= ?' : 'IN (SELECT value FROM json_each(?))'})`,
  params: sources.length === 1 ? sources : [JSON.stringify(sources)],
});

function* conditionsOf(request: ListRequest, { time, id }: Origin): Iterable<BoundSql> {
  const { query, topic, after, words, bound } = request;
  // The plus sign keeps SQLite from choosing the index by expiry, which has another order.
  yield { sql: '+a.expires_at > ?', params: [bound] };
  if (query.period) yield { sql: `${time} >= ? AND ${time} < ?`, params: [query.period.from, query.period.to] };
  if (after) yield { sql: `(${time}, ${id}) < (?, ?)`, params: [after.publishedAt, after.id] };
  if (query.state !== undefined && !isFiltered(request)) yield { sql: 'a.state = ?', params: [query.state] };
  if (words) yield* wordsConditions(query, topic);
}

function* wordsConditions({ label, ...scope }: ArticleQuery, topic: TopicVersion | undefined): Iterable<BoundSql> {
  if (label !== undefined) yield { sql: 'a.label = ?', params: [label] };
  const sources = sourcesOf(scope);
  if (sources) yield listedByOneOf(sources);
  if (topic) {
    const sql = 'EXISTS (SELECT 1 FROM article_topics m WHERE m.article_id = a.id AND m.topic_id = ? AND m.version = ?)';
    yield { sql, params: [topic.topicId, topic.version] };
  }
}

/** The certain article with the clearest tone among the newest scored ones of a scope in a period. */
export function strongestQuery(request: ListRequest): BoundSql {
  const {
    query: { sourceId },
    topic,
  } = request;
  const origin = originOf(request);
  const conditions = [...conditionsOf({ ...request, query: { ...request.query, state: 'scored' } }, origin)];
  if (topic || sourceId !== undefined) conditions.push({ sql: `a.state = 'scored'`, params: [] });
  const newest = `SELECT a.* ${origin.sql} AND ${conditions.map(({ sql }) => sql).join(' AND ')} AND ${origin.inScope?.sql ?? 'TRUE'}
    ORDER BY ${origin.time} DESC, ${origin.id} DESC LIMIT ${MOST_EXAMINED}`;
  return {
    sql: `SELECT ${viewColumns} FROM (${newest}) a WHERE a.uncertain = 0 ORDER BY abs(a.tone) DESC, a.published_at DESC, a.id DESC LIMIT 1`,
    params: [...origin.params, ...conditions.flatMap(({ params }) => params), ...(origin.inScope?.params ?? [])],
  };
}
