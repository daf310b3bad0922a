import { HOUR, lastExpiredHour, type TopicVersion } from '@barometer/kernel';
import {
  hasSources,
  mergedLists,
  MOST_EXAMINED,
  sourcesOf,
  type ArticleQuery,
  type ListPosition,
  type Period,
  type ReadList,
  type Scope,
} from '@barometer/reporting';
import {
  ALL_LIST,
  articleKey,
  articleOf,
  JUDGED_LIST,
  listSortBefore,
  rowOf,
  sourceIdsOf,
  sourceList,
  timeText,
  topicList,
  type ArticleRecord,
  type DynamoDbTable,
  type ListRow,
  type Range,
} from '@barometer/storage-dynamodb';

/** A row of a list, with its article if the list itself contains it. */
export interface Listed extends ListRow {
  readonly article?: ArticleRecord | undefined;
}

/** A resolved list query: the topic's ready version, and the position to continue from. */
export interface ListRequest {
  /** Only articles that readers judged. */
  readonly judged?: boolean;
  readonly scope: Scope;
  readonly topic?: TopicVersion | undefined;
  readonly period?: Period | undefined;
  readonly after?: ListPosition | undefined;
  readonly now: number;
}

/** The rows of a list, newest first, read in pages of this size; without expired ones. */
export async function* listed(table: DynamoDbTable, request: ListRequest, pageSize: number): AsyncGenerator<Listed> {
  const range = { ...originOf(request), ...boundsOf(request, table.retention.articles), descending: true, pageSize };
  for await (const item of table.query(range)) {
    if (range.index === undefined) yield rowOf(item);
    else yield listedArticle(articleOf(item));
  }
}

/** The rows of a query; for several sources their lists are read concurrently, and each row is answered once. */
export function rowsOf(table: DynamoDbTable, request: ListRequest, limit: number): Promise<Listed[]> {
  const { sourceIds, ...scope } = request.scope;
  if (!sourceIds || request.topic) return takeListed(table, request, limit);
  const lists = sourceIds.map(
    (sourceId): ReadList<Listed> =>
      (after, size) =>
        takeListed(table, { ...request, scope: { ...scope, sourceId }, after }, size),
  );
  return mergedLists(lists, { after: request.after, most: limit });
}

export async function takeListed(table: DynamoDbTable, request: ListRequest, limit: number): Promise<Listed[]> {
  const rows: Listed[] = [];
  for await (const row of listed(table, request, limit)) {
    rows.push(row);
    if (rows.length === limit) break;
  }
  return rows;
}

/** Whether rows are filtered after they were read. */
export const isFiltered = ({ label, state, search, topicId, ...scope }: ArticleQuery): boolean =>
  label !== undefined || state !== undefined || (search ?? '').trim() !== '' || (topicId !== undefined && hasSources(scope));

/** How many rows a page may examine, plus one that shows whether there are more. */
export const mostRows = (query: ArticleQuery): number => (isFiltered(query) ? MOST_EXAMINED : Math.min(query.limit, MOST_EXAMINED)) + 1;

/** A topic in a source has no list of its own: the topic's list is filtered. */
export const isInScope = (scope: Scope, topic: TopicVersion | undefined, row: ListRow): boolean =>
  topic === undefined || (sourcesOf(scope)?.some((id) => row.sourceIds.includes(id)) ?? true);

/** The articles of these rows, by id; read one by one if the list contains only rows. */
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

function boundsOf({ period, after, now }: ListRequest, kept: number): { from: string; to: string } {
  const oldest = (lastExpiredHour(now, kept) + 1) * HOUR;
  // A position is a time, a mark and an id: `~` sorts after all of them, an empty text before.
  const ends = [...(period ? [`${timeText(period.to - 1)}#~`] : [`${timeText(Infinity)}~`]), ...(after ? [endAfter(after)] : [])];
  if (period && period.to <= 0) return { from: '1', to: '0' };
  return { from: timeText(Math.max(period?.from ?? 0, oldest)), to: ends.sort()[0] ?? '' };
}

const endAfter = ({ publishedAt, id }: ListPosition): string => (publishedAt < 0 ? '' : listSortBefore(publishedAt, id));

function listedArticle(article: ArticleRecord): Listed {
  const { id, publishedAt, state, sentiment } = article;
  return {
    id,
    publishedAt,
    state,
    article,
    sourceIds: sourceIdsOf(article),
    ...(sentiment && { label: sentiment.label, tone: sentiment.tone, uncertain: sentiment.uncertain }),
  };
}
