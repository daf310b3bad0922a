import { dayOfHour, HOUR, hourOf, lastExpiredHour, toMicro, type TopicVersion } from '@barometer/kernel';
import {
  countsOfStories,
  hasSources,
  heaviestOf,
  leastArticles,
  newestFirst,
  sourcesOf,
  type Period,
  type Scope,
  type StoryCounts,
  type StoryWeighing,
} from '@barometer/reporting';
import {
  articleKey,
  articleOf,
  inTurns,
  rowOf,
  sourceIdsOf,
  storyDirectory,
  storyList,
  timeText,
  type ArticleRecord,
  type DynamoDbTable,
  type ListRow,
} from '@barometer/storage-dynamodb';
import { articlesOf, isInScope, takeListed } from './article-list';
import { articleViewOf } from './article-view';

/** The scope and period in which stories are looked for. */
export interface StoryPlace {
  readonly scope: Scope;
  readonly topic?: TopicVersion | undefined;
  readonly period: Period;
  readonly now: number;
}

/** Every story among this many of the newest articles is considered. */
const NEWEST = 500;
/** At most this many stories are counted, and at least so many if they exist. */
const MOST_COUNTED = 100;
const LEAST_COUNTED = 40;
/** A story is considered if it began in the period, or this many days before. */
const DAYS_BEFORE = 3;
/** This many of the largest stories are read in all, but some of each day. */
const READ_IN_ALL = 200;
const LEAST_OF_DAY = 10;
const QUERIES_AT_ONCE = 16;

/** The fields that decide whether an article counts, of an article or of its row in the list of its story. */
interface Counted {
  readonly id: string;
  readonly publishedAt: number;
  readonly tone: number | undefined;
  readonly sourceIds: readonly string[];
  readonly topics: readonly TopicVersion[];
}

const isThere =
  ({ scope, topic, period }: StoryPlace) =>
  ({ tone, publishedAt, topics, sourceIds }: Counted): boolean =>
    tone !== undefined &&
    publishedAt >= period.from &&
    publishedAt < period.to &&
    (sourcesOf(scope)?.some((id) => sourceIds.includes(id)) ?? true) &&
    (!topic || topics.some((one) => one.topicId === topic.topicId && one.version === topic.version));
const countedArticle = (article: ArticleRecord): Counted => ({ ...article, tone: article.sentiment?.tone, sourceIds: sourceIdsOf(article) });
const isMemberOf =
  (story: string) =>
  ({ joinedStory, id }: ArticleRecord): boolean =>
    (joinedStory ?? id) === story;
const countsOf = (story: string, members: readonly Counted[]): StoryCounts => ({
  id: story,
  articles: members.length,
  toneSum: members.reduce((sum, { tone = 0 }) => sum + toMicro(tone), 0),
  firstAt: Math.min(...members.map(({ publishedAt }) => publishedAt)),
  lastAt: Math.max(...members.map(({ publishedAt }) => publishedAt)),
});

/** The part of the period in which articles are kept. */
const keptPart = (table: DynamoDbTable, { period: { from, to }, now }: StoryPlace): Period => ({
  from: Math.max(from, (lastExpiredHour(now, table.retention.articles) + 1) * HOUR),
  to,
});

/**
 * The heaviest stories among those of the newest articles and the largest of each day. All candidates are counted by
 * their articles. If the newest articles are all that exist, they are counted, and nothing more is read.
 */
export async function heaviestStories(table: DynamoDbTable, asked: StoryPlace, by: StoryWeighing, limit: number): Promise<StoryCounts[]> {
  const place = { ...asked, period: keptPart(table, asked) };
  if (place.period.to <= place.period.from || limit < 1) return [];
  const rows = await takeListed(table, place, NEWEST + 1);
  const scored = rows.filter((row) => row.state === 'scored' && isInScope(place.scope, place.topic, row));
  const articles = [...(await articlesOf(table, scored.slice(0, NEWEST))).values()].filter((article) => isThere(place)(countedArticle(article)));
  const newest = countsOfStories(articles.map((article) => articleViewOf(article, new Map())));
  if (rows.length <= NEWEST) return heaviestOf(newest.values(), by, limit);
  const ids = await candidates(table, place, newest, {
    most: Math.min(MOST_COUNTED, Math.max(LEAST_COUNTED, 2 * limit)),
    least: leastArticles(by.least ?? 0, by),
  });
  return heaviestOf((await countStories(table, ids, place)).values(), by, limit);
}

/**
 * The stories known to be the largest. Stored sizes may be too small if several processes counted at once, and of the
 * newest articles' stories only a part is known.
 */
async function candidates(
  table: DynamoDbTable,
  { period }: StoryPlace,
  newest: ReadonlyMap<string, StoryCounts>,
  { most, least }: { most: number; least: number },
): Promise<string[]> {
  const sizes = new Map([...newest].map(([id, { articles }]) => [id, articles]));
  const [first, last] = [dayOfHour(hourOf(period.from)) - DAYS_BEFORE, dayOfHour(hourOf(period.to - 1))];
  const days = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((day) => day >= 0);
  const ofDay = Math.max(LEAST_OF_DAY, Math.ceil(READ_IN_ALL / days.length));
  const found = await inTurns(days, QUERIES_AT_ONCE, (day) => table.first({ index: 'directory', partition: storyDirectory(day), descending: true }, ofDay));
  for (const item of found.flat()) {
    const [size, id = ''] = String(item['directorySort']).split('#');
    if (Number(size) * 2 >= least) sizes.set(id, Math.max(sizes.get(id) ?? 0, Number(size)));
  }
  return [...sizes]
    .filter(([, size]) => size > 1)
    .sort(([one, size], [other, otherSize]) => otherSize - size || (one < other ? -1 : 1))
    .slice(0, most)
    .map(([id]) => id);
}

/**
 * The counts of these stories in this scope and period, over all of their articles: from the rows in the lists of
 * stories, and the first article.
 */
export async function countStories(table: DynamoDbTable, ids: readonly string[], place: StoryPlace): Promise<Map<string, StoryCounts>> {
  const found = await inTurns(ids, QUERIES_AT_ONCE, async (id) => {
    const { rows, period } = await rowsOfStory(table, id, place);
    // Rows of an older version do not contain the topics and sources of an article.
    const isScoped = place.topic !== undefined || hasSources(place.scope);
    const [known, unknown] = [rows.filter(({ topics }) => topics || !isScoped), rows.filter(({ topics }) => !topics && isScoped)];
    const articles = (await table.getAll([id, ...unknown.map((row) => row.id)].map(articleKey))).map(articleOf).filter(isMemberOf(id));
    const members = [...known.map(({ topics = [], tone, ...row }) => ({ ...row, topics, tone })), ...articles.map(countedArticle)];
    return countsOf(id, members.filter(isThere({ ...place, period })));
  });
  return new Map(found.filter(({ articles }) => articles > 0).map((counts) => [counts.id, counts]));
}

/** The scored articles of a story in this scope and period, newest first: its first article, and the newest of the others. */
export async function storyArticles(table: DynamoDbTable, id: string, place: StoryPlace, most: number): Promise<ArticleRecord[]> {
  const { rows, period } = await rowsOfStory(table, id, place, most);
  const items = await table.getAll([id, ...rows.map((row) => row.id)].map(articleKey));
  const isMember = isMemberOf(id);
  return items
    .map(articleOf)
    .filter((article) => isMember(article) && isThere({ ...place, period })(countedArticle(article)))
    .sort(newestFirst);
}

/** The rows of the articles that joined a story in the kept part of a period, newest first. */
async function rowsOfStory(
  table: DynamoDbTable,
  id: string,
  place: StoryPlace,
  most = Infinity,
): Promise<{ readonly rows: readonly ListRow[]; readonly period: Period }> {
  const period = keptPart(table, place);
  if (period.to <= period.from) return { rows: [], period };
  const range = { partition: storyList(id), from: timeText(period.from), to: `${timeText(period.to - 1)}~`, descending: true };
  return { rows: (most === Infinity ? await table.all(range) : await table.first(range, most)).map(rowOf), period };
}
