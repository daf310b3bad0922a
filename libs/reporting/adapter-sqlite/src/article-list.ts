import type { TopicVersion } from '@barometer/kernel';
import { MOST_EXAMINED, type ArticleQuery, type ListPosition } from '@barometer/reporting';
import { wordsQuery } from '@barometer/storage-sqlite';
import { viewColumns } from './article-rows';

/** A piece of SQL with what it is bound to. */
export interface BoundSql {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

/** What a list is asked for, resolved: the topic's ready version, the cursor's position, the words. */
export interface ListRequest {
  readonly query: ArticleQuery;
  readonly topic?: TopicVersion | undefined;
  readonly after?: ListPosition | undefined;
  readonly words?: readonly string[] | undefined;
  /** Rows to look through where another filter is applied to them afterwards. */
  readonly most?: number;
  readonly now: number;
}

/** Where rows come from in the order of an index, and what their time and id are called there. */
interface Origin extends BoundSql {
  readonly time: string;
  readonly id: string;
  /** Whether a row belongs to the scope after all, where the index cannot tell. */
  readonly inScope?: string;
}

/** The newest rows of a request: as many as a page holds and one more, or as may be examined where a filter has no index. */
export function listQuery(request: ListRequest): BoundSql {
  const origin = originOf(request);
  const conditions = [...conditionsOf(request, origin)];
  const most = request.most ?? (isFiltered(request) ? MOST_EXAMINED : Math.min(request.query.limit, MOST_EXAMINED));
  return {
    sql: `SELECT ${viewColumns}, ${origin.inScope ?? 'TRUE'} AS inScope ${origin.sql} AND ${conditions.map(({ sql }) => sql).join(' AND ')}
      ORDER BY ${origin.time} DESC, ${origin.id} DESC LIMIT ?`,
    params: [...origin.params, ...conditions.flatMap(({ params }) => params), most + 1],
  };
}

/** Whether rows are left out after they were read. The full-text index finds few, so that all its filters are SQL. */
function isFiltered({ query, topic, words, most }: ListRequest): boolean {
  if (most !== undefined) return true;
  const isScoped = topic !== undefined || query.sourceId !== undefined;
  return !words && (query.label !== undefined || (query.state !== undefined && isScoped) || (topic !== undefined && query.sourceId !== undefined));
}

function originOf({ query: { sourceId }, topic, words }: ListRequest): Origin {
  if (words) return wordsOrigin(words);
  if (topic) return topicOrigin(topic, sourceId);
  return sourceId === undefined ? everything : sourceOrigin(sourceId);
}

const everything: Origin = { sql: 'FROM articles a WHERE TRUE', params: [], time: 'a.published_at', id: 'a.id' };

// CROSS JOIN keeps SQLite from reading the other table first, which would lose the order. An empty phrase finds nothing.
const wordsOrigin = (words: readonly string[]): Origin => ({
  sql: 'FROM article_words w CROSS JOIN articles a ON a.number = w.rowid WHERE article_words MATCH ?',
  params: [wordsQuery(words.join(' ')) ?? '""'], time: 'a.published_at', id: 'a.id',
});

const sourceOrigin = (sourceId: string): Origin => ({
  sql: 'FROM article_sources m CROSS JOIN articles a ON a.id = m.article_id WHERE m.source_id = ?',
  params: [sourceId], time: 'm.published_at', id: 'm.article_id',
});

/** A topic in a source has no index of its own: the topic's list is filtered. */
function topicOrigin({ topicId, version }: TopicVersion, sourceId: string | undefined): Origin {
  const from = 'FROM article_topics m CROSS JOIN articles a ON a.id = m.article_id';
  const where = 'WHERE m.topic_id = ? AND m.version = ?';
  const order = { time: 'm.published_at', id: 'm.article_id' };
  if (sourceId === undefined) return { sql: `${from} ${where}`, params: [topicId, version], ...order };
  const sources = 'LEFT JOIN article_sources s ON s.article_id = m.article_id AND s.source_id = ?';
  return { sql: `${from} ${sources} ${where}`, params: [sourceId, topicId, version], ...order, inScope: 's.source_id IS NOT NULL' };
}

function* conditionsOf(request: ListRequest, { time, id }: Origin): Iterable<BoundSql> {
  const { query, topic, after, words, now } = request;
  // The plus sign keeps SQLite from choosing the index by expiry, which has another order.
  yield { sql: '+a.expires_at > ?', params: [now] };
  if (query.period) yield { sql: `${time} >= ? AND ${time} < ?`, params: [query.period.from, query.period.to] };
  if (after) yield { sql: `(${time}, ${id}) < (?, ?)`, params: [after.publishedAt, after.id] };
  if (query.state !== undefined && !isFiltered(request)) yield { sql: 'a.state = ?', params: [query.state] };
  if (words) yield* wordsConditions(query, topic);
}

function* wordsConditions({ sourceId, label }: ArticleQuery, topic: TopicVersion | undefined): Iterable<BoundSql> {
  if (label !== undefined) yield { sql: 'a.label = ?', params: [label] };
  if (sourceId !== undefined) {
    yield { sql: 'EXISTS (SELECT 1 FROM article_sources s WHERE s.article_id = a.id AND s.source_id = ?)', params: [sourceId] };
  }
  if (topic) {
    const sql = 'EXISTS (SELECT 1 FROM article_topics m WHERE m.article_id = a.id AND m.topic_id = ? AND m.version = ?)';
    yield { sql, params: [topic.topicId, topic.version] };
  }
}

/** The most decided certain article among the newest scored ones of a scope in a period. */
export function strongestQuery(request: ListRequest): BoundSql {
  const { query: { sourceId }, topic } = request;
  const origin = originOf(request);
  const conditions = [...conditionsOf({ ...request, query: { ...request.query, state: 'scored' } }, origin)];
  if (topic || sourceId !== undefined) conditions.push({ sql: `a.state = 'scored'`, params: [] });
  const newest = `SELECT a.* ${origin.sql} AND ${conditions.map(({ sql }) => sql).join(' AND ')} AND ${origin.inScope ?? 'TRUE'}
    ORDER BY ${origin.time} DESC, ${origin.id} DESC LIMIT ${MOST_EXAMINED}`;
  return {
    sql: `SELECT ${viewColumns} FROM (${newest}) a WHERE a.uncertain = 0 ORDER BY abs(a.tone) DESC, a.published_at DESC, a.id DESC LIMIT 1`,
    params: [...origin.params, ...conditions.flatMap(({ params }) => params)],
  };
}
