import { HOUR, lastExpiredHour, type TopicVersion } from '@barometer/kernel';
import { MOST_EXAMINED, type ArticleQuery, type ListPosition, type Period, type Scope } from '@barometer/reporting';
import {
  ALL_LIST, articleKey, articleOf, JUDGED_LIST, listSortBefore, rowOf, sourceIdsOf, sourceList, timeText, topicList, type ArticleRecord, type DynamoDbTable, type ListRow, type Range,
} from '@barometer/storage-dynamodb';

/** A row of a list, with its article where the list itself holds it. */
export interface Listed extends ListRow {
  readonly article?: ArticleRecord | undefined;
}

/** What is listed, resolved: the topic's ready version, the place to go on from. */
export interface ListRequest {
  /** Only what readers judged. */
  readonly judged?: boolean;
  readonly scope: Scope;
  readonly topic?: TopicVersion | undefined;
  readonly period?: Period | undefined;
  readonly after?: ListPosition | undefined;
  readonly now: number;
}

/** The rows of a list, newest first, read in pages of this size; nothing that has expired. */
export async function* listed(table: DynamoDbTable, request: ListRequest, pageSize: number): AsyncGenerator<Listed> {
  const range = { ...originOf(request), ...boundsOf(request), descending: true, pageSize };
  for await (const item of table.query(range)) {
    if (range.index === undefined) yield rowOf(item);
    else yield listedArticle(articleOf(item));
  }
}

export async function takeListed(table: DynamoDbTable, request: ListRequest, limit: number): Promise<Listed[]> {
  const rows: Listed[] = [];
  for await (const row of listed(table, request, limit)) {
    rows.push(row);
    if (rows.length === limit) break;
  }
  return rows;
}

/** Whether rows are left out after they were read. */
export const isFiltered = ({ label, state, search, topicId, sourceId }: ArticleQuery): boolean =>
  label !== undefined || state !== undefined || (search ?? '').trim() !== '' || (topicId !== undefined && sourceId !== undefined);

/** How many rows a page may look at, and one more that tells whether there are more. */
export const mostRows = (query: ArticleQuery): number => (isFiltered(query) ? MOST_EXAMINED : Math.min(query.limit, MOST_EXAMINED)) + 1;

/** A topic in a source has no list of its own: the topic's is filtered. */
export const isInScope = ({ sourceId }: Scope, topic: TopicVersion | undefined, row: ListRow): boolean =>
  sourceId === undefined || topic === undefined || row.sourceIds.includes(sourceId);

/** The articles of these rows, by id; read one by one where the list holds only rows. */
export async function articlesOf(table: DynamoDbTable, rows: readonly Listed[]): Promise<ReadonlyMap<string, ArticleRecord>> {
  const missing = rows.filter((row) => !row.article).map(({ id }) => articleKey(id));
  const read = (await table.getAll(missing)).map(articleOf);
  return new Map([...rows.flatMap(({ article }) => article ?? []), ...read].map((article) => [article.id, article]));
}

function originOf({ judged, scope, topic }: ListRequest): Pick<Range, 'partition' | 'index'> {
  if (judged) return { partition: JUDGED_LIST };
  if (topic) return { partition: topicList(topic) };
  return scope.sourceId === undefined ? { index: 'list', partition: ALL_LIST } : { partition: sourceList(scope.sourceId) };
}

function boundsOf({ period, after, now }: ListRequest): { from: string; to: string } {
  const oldest = (lastExpiredHour(now) + 1) * HOUR;
  // A place is a time, a mark and an id: `~` sorts after all of them, nothing before.
  const ends = [...(period ? [`${timeText(period.to - 1)}#~`] : [`${timeText(Infinity)}~`]), ...(after ? [endAfter(after)] : [])];
  if (period && period.to <= 0) return { from: '1', to: '0' };
  return { from: timeText(Math.max(period?.from ?? 0, oldest)), to: ends.sort()[0] ?? '' };
}

const endAfter = ({ publishedAt, id }: ListPosition): string => (publishedAt < 0 ? '' : listSortBefore(publishedAt, id));

function listedArticle(article: ArticleRecord): Listed {
  const { id, publishedAt, state, sentiment } = article;
  return {
    id, publishedAt, state, article, sourceIds: sourceIdsOf(article),
    ...(sentiment && { label: sentiment.label, tone: sentiment.tone, uncertain: sentiment.uncertain }),
  };
}
