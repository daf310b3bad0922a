import { matchesPhrases, type TopicVersion } from '@barometer/kernel';
import type { TopicRule } from '../ports/topic-catalog.port';
import type { Article } from './article';
import { isTooOld } from './listed-date';
import type { ItemKeys } from './item-keys';
import type { ListedItem } from './listed-item';

/** How many articles, the newest, the first poll of a source takes. */
export const FIRST_POLL = 100;

/** An item with what it can be known by; its id here is that of a new article, and tells the items of a document apart. */
export interface KeyedItem extends ListedItem {
  readonly itemKeys: ItemKeys;
}

/** An item that is to be stored, before it is known whether it is stored already. */
export interface TakenItem {
  readonly item: KeyedItem;
  readonly article: Omit<Article, 'id' | 'keys' | 'isMoved'>;
}

export interface TakenArticles {
  readonly taken: readonly TakenItem[];
  /** The date of the oldest one that a first poll took where it left others out; else what it was before. */
  readonly takenSince?: number;
}

export interface TakenFrom {
  readonly sourceId: string;
  readonly firstPoll: boolean;
  /** Of an earlier first poll. */
  readonly takenSince?: number | undefined;
  /** First-seen times of the undated items. */
  readonly firstSeen: ReadonlyMap<string, number>;
  readonly rules: readonly TopicRule[];
  readonly now: number;
}

/** The articles to store of what a feed lists. An id that it lists twice is taken once, as it stands first. */
export function takeArticles(items: readonly KeyedItem[], from: TakenFrom): TakenArticles {
  const dated = uniqueById(items)
    .map((item) => ({ item, time: item.publishedAt ?? from.firstSeen.get(item.itemKeys.id) ?? from.now }))
    .filter(({ item, time }) => !isTooOld(time, from.now) && !isLeftOut(item, time, from));
  // Stable: among equals, and undated ones are equal, the feed's own order stands.
  const taken = from.firstPoll ? dated.toSorted((a, b) => b.time - a.time).slice(0, FIRST_POLL) : dated;
  const takenSince = taken.length < dated.length ? taken.at(-1)?.time : from.takenSince;
  return { taken: taken.map(({ item, time }) => ({ item, article: articleOf(item, time, from) })), ...(takenSince !== undefined && { takenSince }) };
}

/** What the first poll passed over is not news later: it is older than what was taken, or was seen undated no later. */
function isLeftOut(item: ListedItem, time: number, { firstPoll, takenSince }: TakenFrom): boolean {
  if (firstPoll || takenSince === undefined) return false;
  return item.publishedAt === undefined ? time <= takenSince : time < takenSince;
}

const uniqueById = (items: readonly KeyedItem[]): KeyedItem[] => [...new Map(items.toReversed().map((item) => [item.itemKeys.id, item])).values()].toReversed();

function articleOf(item: KeyedItem, publishedAt: number, { sourceId, firstPoll, rules, now }: TakenFrom): TakenItem['article'] {
  const { skip: skipped, publishedAt: date, guid: _guid, fragment: _fragment, itemKeys: _keys, ...rest } = item;
  // What a source lists undated when it is first polled may be years old: it is shown, but it is no news of this hour.
  const skip = skipped ?? (firstPoll && date === undefined ? 'undated' : undefined);
  return {
    ...rest, publishedAt, dated: date !== undefined, fetchedAt: now, sourceIds: [sourceId], topics: topicsOf(item, rules),
    status: skip ? { state: 'skipped', reason: skip } : { state: 'pending' },
  };
}

const topicsOf = (item: Pick<Article, 'title' | 'summary'>, rules: readonly TopicRule[]): TopicVersion[] =>
  rules.filter((rule) => matchesPhrases(rule, topicText(item))).map(({ topicId, version }) => ({ topicId, version }));

/** What a topic's phrases are looked for in. */
export const topicText = ({ title, summary }: Pick<Article, 'title' | 'summary'>): string => `${title}\n${summary}`;
