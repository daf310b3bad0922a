import { matchesPhrases, type TopicVersion } from '@barometer/kernel';
import type { TopicRule } from '../ports/topic-catalog.port';
import type { Article } from './article';
import type { ItemKeys } from './item-keys';
import type { ListedItem } from './listed-item';

/** The first poll of a source takes this many articles, the newest. */
export const FIRST_POLL = 100;

/** An item with the keys that can identify it; `itemKeys.id` is the id that a new article would get, unique in the document. */
export interface KeyedItem extends ListedItem {
  readonly itemKeys: ItemKeys;
}

/** An item to store; it may be stored already. */
export interface TakenItem {
  readonly item: KeyedItem;
  readonly article: Omit<Article, 'id' | 'keys' | 'isMoved'>;
}

export interface TakenArticles {
  readonly taken: readonly TakenItem[];
  /** The date of the oldest article that a first poll took, if it left out others; otherwise the previous value. */
  readonly takenSince?: number;
}

export interface TakenFrom {
  readonly sourceId: string;
  readonly firstPoll: boolean;
  /** Set by an earlier first poll. */
  readonly takenSince?: number | undefined;
  /** First-seen times of the undated items. */
  readonly firstSeen: ReadonlyMap<string, number>;
  readonly rules: readonly TopicRule[];
  readonly now: number;
  /** Older items are left out; milliseconds. */
  readonly maxAge: number;
}

/** Selects the articles to store from a feed's items. If an id occurs several times, the first item is used. */
export function takeArticles(items: readonly KeyedItem[], from: TakenFrom): TakenArticles {
  const dated = uniqueById(items)
    .map((item) => ({ item, time: item.publishedAt ?? from.firstSeen.get(item.itemKeys.id) ?? from.now }))
    .filter(({ item, time }) => time >= from.now - from.maxAge && !isLeftOut(item, time, from));
  // The sort is stable: items with equal times, such as undated ones, stay in the feed's order.
  const taken = from.firstPoll ? dated.toSorted((a, b) => b.time - a.time).slice(0, FIRST_POLL) : dated;
  const takenSince = taken.length < dated.length ? taken.at(-1)?.time : from.takenSince;
  return { taken: taken.map(({ item, time }) => ({ item, article: articleOf(item, time, from) })), ...(takenSince !== undefined && { takenSince }) };
}

/** Whether the first poll left the item out, so that it is not new later: it is older than those taken, or undated and was seen by then. */
function isLeftOut(item: ListedItem, time: number, { firstPoll, takenSince }: TakenFrom): boolean {
  if (firstPoll || takenSince === undefined) return false;
  return item.publishedAt === undefined ? time <= takenSince : time < takenSince;
}

const uniqueById = (items: readonly KeyedItem[]): KeyedItem[] => [...new Map(items.toReversed().map((item) => [item.itemKeys.id, item])).values()].toReversed();

function articleOf(item: KeyedItem, publishedAt: number, { sourceId, firstPoll, rules, now }: TakenFrom): TakenItem['article'] {
  const { skip: skipped, publishedAt: date, guid: _guid, fragment: _fragment, itemKeys: _keys, ...rest } = item;
  // Undated items of the first poll may be years old, so they are shown but not scored.
  const skip = skipped ?? (firstPoll && date === undefined ? 'undated' : undefined);
  return {
    ...rest,
    publishedAt,
    dated: date !== undefined,
    fetchedAt: now,
    sourceIds: [sourceId],
    topics: topicsOf(item, rules),
    status: skip ? { state: 'skipped', reason: skip } : { state: 'pending' },
  };
}

/** The versions of topics that an article belongs to. */
export const topicsOf = (item: Pick<Article, 'title' | 'summary'>, rules: readonly TopicRule[]): TopicVersion[] =>
  rules.filter((rule) => matchesPhrases(rule, topicText(item))).map(({ topicId, version }) => ({ topicId, version }));

/** The text in which a topic's phrases are searched. */
export const topicText = ({ title, summary }: Pick<Article, 'title' | 'summary'>): string => `${title}\n${summary}`;
