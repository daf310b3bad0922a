import type { Sentiment } from '@barometer/events';
import { articleIdOf, contributionOf, hourOf, isKept, scopesOf, type Moment, type RollupIncrements, type TopicVersion } from '@barometer/kernel';
import type { Article, SkipReason } from './article';
import { MOST_KEYS, type KnownArticle } from './item-identity';

/**
 * The fields of a stored article that change when it is listed again or added to a topic; a store may keep more.
 *
 * This file has all the rules for these changes, as functions from the article to the changed article; they return the same
 * object if nothing changes. Stores read the article, call them, and write the difference.
 */
export interface StoredArticle extends Pick<Article, 'id' | 'url' | 'title' | 'summary' | 'publishedAt'> {
  /** Keys that identify it besides its id; absent from articles of version 0.1. */
  readonly keys?: readonly string[];
  /** In the order in which they first listed it; `listed` is the fingerprint of a source's current text if it differs from the stored text. */
  readonly sources: readonly { readonly sourceId: string; readonly listed?: string }[];
  /** Sorted by topic, then version. */
  readonly topics: readonly TopicVersion[];
  /** How often title, summary or link have changed since it was stored. */
  readonly changes: number;
  /** Absent until it is scored; counted in the roll-ups. */
  readonly sentiment?: Sentiment;
}

/** An article that is to be stored. */
export interface NewArticle extends StoredArticle, Omit<Article, 'sourceIds' | 'status' | 'isMoved' | 'topics'> {
  readonly keys: readonly string[];
  readonly storedAt: number;
  readonly state: 'pending' | 'skipped';
  readonly reason?: SkipReason;
}

/** A new article, with those of its topic versions that still exist. */
export function newArticle(article: Article, now: number, isThere: (topic: TopicVersion) => boolean): NewArticle {
  const { sourceIds, topics, status, keys, isMoved: _isMoved, ...fields } = article;
  return {
    ...fields,
    ...status,
    keys: [...new Set(keys)],
    storedAt: now,
    sources: [...new Set(sourceIds)].map((sourceId) => ({ sourceId })),
    topics: topics
      .filter(isThere)
      .map(({ topicId, version }) => ({ topicId, version }))
      .sort(byTopic),
    changes: 0,
  };
}

/** The fields that matching needs. */
export const knownArticle = ({ id, url, title, publishedAt, keys = [], sources }: StoredArticle): KnownArticle => ({
  id,
  url,
  title,
  publishedAt,
  keys,
  sourceIds: sourceIdsOf(sources),
});

/** A stored article after it was listed again: adds new keys and sources, updates a moved link, and counts a changed text. */
export function listedAgain<A extends StoredArticle>(known: A, article: Article, moment: Moment): A {
  if (!isKept(known.publishedAt, moment)) return known;
  const keys = newKeys(known, article);
  const hasMoved = isMoved(known, article);
  const listed = fingerprint(known, article);
  const before = new Map(known.sources.map((source) => [source.sourceId, source]));
  const news = article.sourceIds.filter((sourceId) => !before.has(sourceId) || before.get(sourceId)?.listed !== listed);
  if (news.length === 0 && !hasMoved && keys.length === 0) return known;
  const sources = new Map(before);
  for (const sourceId of news) sources.set(sourceId, { sourceId, ...(listed !== undefined && { listed }) });
  return {
    ...known,
    ...(hasMoved && { url: article.url }),
    ...(keys.length > 0 && { keys: [...(known.keys ?? []), ...keys] }),
    sources: [...sources.values()],
    changes: known.changes + Number(hasMoved || (listed !== undefined && news.length > 0)),
  };
}

/** The article with this version of a topic added. */
export function inTopic<A extends StoredArticle>(known: A, { topicId, version }: TopicVersion): A {
  if (known.topics.some((topic) => topic.topicId === topicId && topic.version === version)) return known;
  return { ...known, topics: [...known.topics, { topicId, version }].sort(byTopic) };
}

/** Adds a scored article to the roll-ups of its new sources and topics. */
export function addGained(rollups: RollupIncrements, before: StoredArticle, after: StoredArticle): void {
  if (!after.sentiment) return;
  const counted = new Set(scopesOfArticle(before));
  const gained = scopesOfArticle(after).filter((scope) => !counted.has(scope));
  rollups.add(gained, hourOf(after.publishedAt), contributionOf(after.sentiment));
}

const scopesOfArticle = ({ sources, topics }: StoredArticle): string[] => scopesOf(sourceIdsOf(sources), topics);

const sourceIdsOf = (sources: StoredArticle['sources']): string[] => sources.map(({ sourceId }) => sourceId);

/** The keys that it does not have yet, up to the maximum. */
function newKeys({ id, keys: own = [] }: StoredArticle, { keys }: Article): string[] {
  return [...new Set(keys)].filter((key) => key !== id && !own.includes(key)).slice(0, Math.max(0, MOST_KEYS - own.length));
}

/** Whether its link is updated. If there is no room for the key of the new page, the same link would count as new at every poll. */
const isMoved = ({ url, keys = [] }: StoredArticle, article: Article): boolean => article.isMoved === true && article.url !== url && keys.length < MOST_KEYS;

/** The fingerprint of the listed text, if it differs from the stored text. */
const fingerprint = (known: StoredArticle, { title, summary }: Article): string | undefined =>
  title === known.title && summary === known.summary ? undefined : articleIdOf(`${title}\n${summary}`);

const byTopic = (one: TopicVersion, other: TopicVersion): number =>
  one.topicId === other.topicId ? one.version - other.version : one.topicId < other.topicId ? -1 : 1;
