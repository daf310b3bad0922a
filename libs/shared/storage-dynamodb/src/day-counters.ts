import {
  addContribution,
  contributionOf,
  dayOfHour,
  expiryOf,
  RollupIncrements,
  scopeKey,
  storyScope,
  STANDARD_RETENTION,
  type Contribution,
  type Retention,
  type RollupIncrement,
} from '@barometer/kernel';
import { bucketOf, SCHEMA_VERSION, scopesOfArticle, timeToLive, type ArticleRecord, type ArticleState } from './article-item';
import type { Item, TransactItem } from './dynamodb-table';
import { dayShard, HOT_FROM, MODELS, rollupDirectory, rollupPartition, STATES } from './keys';

const ALWAYS_HOT: ReadonlySet<string> = new Set([rollupPartition(scopeKey({})), STATES, MODELS]);
const letters = { negative: 'n', neutral: 'u', positive: 'p', toneSum: 't', toneSquares: 'q' } as const satisfies Record<keyof Contribution, string>;
const fields = Object.keys(letters) as (keyof Contribution)[];
/** Single letters keep a day's states well below 1 KB, which is one write unit. */
const stateLetters = { pending: 'p', scored: 's', failed: 'f', skipped: 'k' } as const satisfies Record<ArticleState, string>;
const states = Object.keys(stateLetters) as ArticleState[];

const hourText = (hour: number): string => String(((hour % 24) + 24) % 24).padStart(2, '0');
const stateAttribute = (state: ArticleState, hour: number): string => `${stateLetters[state]}${hourText(hour)}`;
/** Counts articles that a reader judged, by whether the model gave them the same label; kept with the states, so that one read gives both. */
const judgedAttribute = (agree: boolean, hour: number): string => `${agree ? 'a' : 'd'}${hourText(hour)}`;
const agrees = ({ judgement, modelSentiment }: ArticleRecord): boolean => judgement?.label === modelSentiment?.label;
const none: Contribution = { negative: 0, neutral: 0, positive: 0, toneSum: 0, toneSquares: 0 };

/** The counts of one item for one UTC day: of a scope, of the states or of the models. */
interface DayCount {
  readonly pk: string;
  readonly day: number;
  readonly by: Map<string, number>;
  /** How many articles were added or subtracted. */
  articles: number;
}

/**
 * Sums up the changes of counters: one item for each scope and UTC day, with five counters an hour; one for the states
 * of all articles, and one for the models of their scores. In this form the items that all articles share stay small.
 */
export class DayCounters {
  private readonly days = new Map<string, DayCount>();

  /** Adds the contribution of an article; `sign` -1 subtracts it. */
  add(article: ArticleRecord, sign: 1 | -1): void {
    const hour = bucketOf(article);
    this.count(STATES, hour, stateAttribute(article.state, hour), sign);
    if (article.judgement) this.count(STATES, hour, judgedAttribute(agrees(article), hour), sign);
    if (!article.sentiment) return;
    const { id, revision } = article.sentiment.model;
    this.count(MODELS, hour, `m${hourText(hour)}|${JSON.stringify([id, revision]).slice(1, -1)}`, sign);
    const increments = new RollupIncrements();
    increments.add(scopesOfArticle(article), hour, contributionOf(article.sentiment), sign);
    for (const { scope, hour: owedHour, ...owed } of article.owed ?? []) increments.add([scope], owedHour, owed, sign === 1 ? -1 : 1);
    for (const increment of increments.list()) this.addIncrement(increment);
  }

  addIncrement({ scope, hour, ...contribution }: RollupIncrement): void {
    for (const field of fields) this.count(rollupPartition(scope), hour, `h${hourText(hour)}${letters[field]}`, contribution[field]);
    const { negative, neutral, positive } = contribution;
    this.dayCount(rollupPartition(scope), hour).articles += Math.abs(negative) + Math.abs(neutral) + Math.abs(positive);
  }

  /**
   * An action for each item that changes. Hot counters are counted in this shard, so that as many writers can work at
   * once as there are shards; a scope with few articles stays one item a day, so that its readers read only one.
   */
  actions(table: string, shard: number, retention: Retention = STANDARD_RETENTION): TransactItem[] {
    return [...this.days.values()].flatMap(({ pk, day, by, articles }) => {
      const counts = [...by].filter(([, count]) => count !== 0);
      const isHot = ALWAYS_HOT.has(pk) || articles >= HOT_FROM;
      return counts.length === 0 ? [] : [{ Update: { TableName: table, ...countUpdate(pk, day, isHot ? shard : 0, counts, keptFor(pk, retention)) } }];
    });
  }

  private count(pk: string, hour: number, attribute: string, by: number): void {
    const counts = this.dayCount(pk, hour).by;
    counts.set(attribute, (counts.get(attribute) ?? 0) + by);
  }

  private dayCount(pk: string, hour: number): DayCount {
    const day = dayOfHour(hour);
    const key = `${day} ${pk}`;
    const found = this.days.get(key) ?? { pk, day, by: new Map<string, number>(), articles: 0 };
    this.days.set(key, found);
    return found;
  }
}

/** Roll-ups of stories, states and models are of no use without the articles. */
const keptFor = (pk: string, { articles, rollups }: Retention): number =>
  pk === STATES || pk === MODELS || pk.startsWith(rollupPartition(storyScope(''))) ? articles : rollups;

function countUpdate(pk: string, day: number, shard: number, counts: readonly (readonly [string, number])[], kept: number) {
  // Only roll-ups are in the directory, which serves to find the scopes of a day.
  const isRollup = pk !== STATES && pk !== MODELS;
  return {
    Key: { pk, sk: dayShard(day, shard) },
    UpdateExpression: `SET v = :v, #ttl = :ttl${isRollup ? ', directoryKey = :day, directorySort = :sort' : ''} ADD ${counts.map((_, index) => `#c${index} :c${index}`).join(', ')}`,
    ExpressionAttributeNames: { '#ttl': 'ttl', ...Object.fromEntries(counts.map(([name], index) => [`#c${index}`, name])) },
    ExpressionAttributeValues: {
      ':v': SCHEMA_VERSION,
      ':ttl': timeToLive(expiryOf(day * 24 + 23, kept)),
      ...(isRollup && { ':day': rollupDirectory(day), ':sort': `${pk.slice(rollupPartition('').length)}#${shard}` }),
      ...Object.fromEntries(counts.map(([, count], index) => [`:c${index}`, count])),
    },
  };
}

/** Parses a scope's key and shard from the directory's sort key. */
export function scopeAndShard(directorySort: string): { scope: string; shard: number } {
  const mark = directorySort.lastIndexOf('#');
  return { scope: directorySort.slice(0, mark), shard: Number(directorySort.slice(mark + 1)) };
}

/** The day of a roll-up item. */
export const dayOfRollup = (item: Item): number => Number(String(item['sk']).split('#')[0]);

/** The counts of each hour from these items of one scope, in the order of the hours; shards are summed up. */
export function hoursOf(items: Iterable<Item>): (Contribution & { readonly hour: number })[] {
  const byHour = new Map<number, Contribution>();
  for (const item of items) {
    const day = dayOfRollup(item);
    for (let hour = day * 24; hour < (day + 1) * 24; hour += 1) {
      const counted = contributionIn(item, hour);
      if (counted) byHour.set(hour, addContribution(byHour.get(hour) ?? none, counted));
    }
  }
  return [...byHour].sort(([one], [other]) => one - other).map(([hour, counts]) => ({ hour, ...counts }));
}

function contributionIn(item: Item, hour: number): Contribution | undefined {
  const value = (field: keyof Contribution) => item[`h${hourText(hour)}${letters[field]}`];
  if (fields.every((field) => value(field) === undefined)) return undefined;
  return Object.fromEntries(fields.map((field) => [field, value(field) ?? 0])) as unknown as Contribution;
}

/** How many articles are in each state, over the hours that `isKept` accepts, from the items of the states. */
export function statesOf(items: Iterable<Item>, isKept: (hour: number) => boolean = () => true): Record<ArticleState, number> {
  const counts = { pending: 0, scored: 0, failed: 0, skipped: 0 };
  for (const item of items) {
    const day = dayOfRollup(item);
    for (let hour = day * 24; hour < (day + 1) * 24; hour += 1) {
      if (isKept(hour)) for (const state of states) counts[state] += Number(item[stateAttribute(state, hour)] ?? 0);
    }
  }
  return counts;
}

/** How many articles readers judged over the hours that `isKept` accepts, and for how many the model gave the same label; from the items of the states. */
export function judgementsOf(items: Iterable<Item>, isKept: (hour: number) => boolean): { judged: number; agreed: number } {
  const counts = { judged: 0, agreed: 0 };
  for (const item of items) {
    const day = dayOfRollup(item);
    for (let hour = day * 24; hour < (day + 1) * 24; hour += 1) {
      if (!isKept(hour)) continue;
      const agreed = Number(item[judgedAttribute(true, hour)] ?? 0);
      counts.agreed += agreed;
      counts.judged += agreed + Number(item[judgedAttribute(false, hour)] ?? 0);
    }
  }
  return counts;
}

/** How many scores each model gave in each hour, ordered by hour, then by model; from the items of the models. */
export function modelHoursOf(items: Iterable<Item>): { hour: number; model: { id: string; revision: string }; count: number }[] {
  const counts = new Map<string, number>();
  for (const item of items) {
    for (const [name, count] of Object.entries(item)) {
      if (!/^m\d\d\|/.test(name)) continue;
      const key = JSON.stringify([dayOfRollup(item) * 24 + Number(name.slice(1, 3)), ...JSON.parse(`[${name.slice(4)}]`)]);
      counts.set(key, (counts.get(key) ?? 0) + Number(count));
    }
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([key, count]) => {
      const [hour, id, revision] = JSON.parse(key) as [number, string, string];
      return { hour, model: { id, revision }, count };
    })
    .sort((one, other) => one.hour - other.hour || compare(one.model.id, other.model.id) || compare(one.model.revision, other.model.revision));
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
