import type { ReaderJudgement, Sentiment } from '@barometer/events';
import { expiryOf, hourOf, scopesOf, SECOND, type RollupIncrement, type TopicVersion } from '@barometer/kernel';
import type { Item } from './dynamodb-table';
import { StoreVersionError } from './errors';
import { ALL_LIST, articleKey, listSort, numberBucket, numberText, OWING, timeText } from './keys';

/** The schema version that items are written with. */
export const SCHEMA_VERSION = 1;

export type ArticleState = 'pending' | 'scored' | 'failed' | 'skipped';

/** An article with all that is known of it. Times are milliseconds since 1970, UTC. */
export interface ArticleRecord {
  readonly id: string;
  /** Rises with every write of the article; a writer names the one that it read. */
  readonly rev: number;
  /** In the order of storing; there are gaps. */
  readonly number: number;
  readonly url: string;
  /** What it is known by besides its id; absent from what version 0.1 wrote. */
  readonly keys?: readonly string[];
  readonly title: string;
  readonly summary: string;
  readonly publisher?: string;
  readonly language?: string;
  readonly publishedAt: number;
  readonly dated: boolean;
  readonly fetchedAt: number;
  readonly storedAt: number;
  readonly state: ArticleState;
  readonly reason?: string;
  readonly changes: number;
  readonly receives: number;
  readonly leaseToken?: string;
  /** End of the lease, or when to try again. */
  readonly availableAt: number;
  /** First hand-over to a scorer. */
  readonly deliveredAt?: number;
  /** Last hint on the scoring queue. */
  readonly sentAt?: number;
  readonly scoredAt?: number;
  /** What it counts with: the model's score, or what stands for a reader's judgement. */
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  /** The model's own score, beside a judgement. */
  readonly modelSentiment?: Sentiment;
  /** In the order in which they listed it; `listed` is the fingerprint of what one lists now where that differs from what is stored. */
  readonly sources: readonly { readonly sourceId: string; readonly listed?: string }[];
  /** By topic, then version. */
  readonly topics: readonly TopicVersion[];
  /** The story that it joined when it was scored, by the id of its first article; absent where it began one. */
  readonly joinedStory?: string;
  /** What it counts for and is not yet in the roll-ups, because one transaction could not hold it all; paid off soon. */
  readonly owed?: readonly RollupIncrement[];
}

/** What an article that was never handed out, changed or scored begins with. */
export const untouched = { rev: 0, changes: 0, receives: 0, availableAt: 0 } as const;

export const bucketOf = (article: Pick<ArticleRecord, 'publishedAt'>): number => hourOf(article.publishedAt);
export const expiresAt = (article: Pick<ArticleRecord, 'publishedAt'>): number => expiryOf(bucketOf(article));
/** Every scope that the score of this article counts into. */
export const scopesOfArticle = (article: Pick<ArticleRecord, 'sources' | 'topics' | 'joinedStory'>): string[] => scopesOf(sourceIdsOf(article), article.topics, article.joinedStory);
export const sourceIdsOf = (article: Pick<ArticleRecord, 'sources'>): string[] => article.sources.map(({ sourceId }) => sourceId);

/** Seconds since 1970, as DynamoDB's time to live wants them. */
export const timeToLive = (time: number): number => Math.ceil(time / SECOND);

/** The article as an item. Sentiments are JSON, since DynamoDB knows no numbers below 10⁻¹³⁰. */
export function articleItem(article: ArticleRecord): Item {
  const { sentiment, modelSentiment, ...fields } = article;
  const waitingKey = article.owed ? OWING : article.state === 'pending' || article.state === 'failed' ? article.state : undefined;
  return {
    ...articleKey(article.id), ...fields, v: SCHEMA_VERSION,
    ...(sentiment && { sentiment: JSON.stringify(sentiment) }),
    ...(modelSentiment && { modelSentiment: JSON.stringify(modelSentiment) }),
    expiresAt: expiresAt(article), ttl: timeToLive(expiresAt(article)),
    listKey: ALL_LIST, listSort: listSort(article.publishedAt, article.id),
    directoryKey: numberBucket(article.number), directorySort: numberText(article.number),
    ...(waitingKey !== undefined && { waitingKey, waitingSort: `${timeText(article.storedAt)}#${numberText(article.number)}` }),
  };
}

const derived = new Set(['pk', 'sk', 'v', 'ttl', 'expiresAt', 'listKey', 'listSort', 'directoryKey', 'directorySort', 'waitingKey', 'waitingSort']);

/** The article in an item. @throws StoreVersionError */
export function articleOf(item: Item): ArticleRecord {
  checkVersion(item);
  const isJson = (name: string, value: unknown): value is string => (name === 'sentiment' || name === 'modelSentiment') && typeof value === 'string';
  const fields = Object.entries(item).filter(([name]) => !derived.has(name));
  return Object.fromEntries(fields.map(([name, value]) => [name, isJson(name, value) ? JSON.parse(value) : value])) as unknown as ArticleRecord;
}

/** Refuses what a newer version of the program wrote. @throws StoreVersionError */
export function checkVersion(item: Item): void {
  if (typeof item['v'] === 'number' && item['v'] > SCHEMA_VERSION) {
    throw new StoreVersionError(`The item ${String(item['pk'])} was written by a newer version of Barometer.`);
  }
}
