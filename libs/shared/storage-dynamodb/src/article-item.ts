import type { ReaderJudgement, Sentiment } from '@barometer/events';
import { expiryOf, hourOf, scopesOf, SECOND, STANDARD_RETENTION, type Retention, type RollupIncrement, type TopicVersion } from '@barometer/kernel';
import type { Item } from './dynamodb-table';
import { StoreVersionError } from './errors';
import { ALL_LIST, articleKey, listSort, numberBucket, numberText, OWING, timeText } from './keys';

/** The schema version of newly written items. */
export const SCHEMA_VERSION = 1;

export type ArticleState = 'pending' | 'scored' | 'failed' | 'skipped';

/** An article with all its data. Times are milliseconds since 1970, UTC. */
export interface ArticleRecord {
  readonly id: string;
  /** Increases with every write of the article; a writer must name the revision that it read. */
  readonly rev: number;
  /** Counts up in the order of storing, with gaps. */
  readonly number: number;
  readonly url: string;
  /** Its keys besides its id; absent in items of version 0.1. */
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
  /** End of the lease, or time of the next attempt. */
  readonly availableAt: number;
  /** First hand-over to a scorer. */
  readonly deliveredAt?: number;
  /** Last hint on the scoring queue. */
  readonly sentAt?: number;
  readonly scoredAt?: number;
  /** The sentiment that counts: the model's score, or that of a reader's judgement. */
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  /** The model's own score, if there is a judgement. */
  readonly modelSentiment?: Sentiment;
  /** In the order in which the sources listed it; `listed` is the fingerprint of a source's present version if it differs from the stored one. */
  readonly sources: readonly { readonly sourceId: string; readonly listed?: string }[];
  /** Ordered by topic, then version. */
  readonly topics: readonly TopicVersion[];
  /** The story that it joined when it was scored, as the id of its first article; absent if it began one. */
  readonly joinedStory?: string;
  /** Contributions that are not in the roll-ups yet because one transaction could not hold them all; added soon. */
  readonly owed?: readonly RollupIncrement[];
}

/** The initial fields of an article that was never handed out, changed or scored. */
export const untouched = { rev: 0, changes: 0, receives: 0, availableAt: 0 } as const;

export const bucketOf = (article: Pick<ArticleRecord, 'publishedAt'>): number => hourOf(article.publishedAt);
/** When it would expire after 90 days, whatever retention is set; compared with `expiryBound`. */
export const expiresAt = (article: Pick<ArticleRecord, 'publishedAt'>): number => expiryOf(bucketOf(article));
/** Every scope in which the score of this article is counted. */
export const scopesOfArticle = (article: Pick<ArticleRecord, 'sources' | 'topics' | 'joinedStory'>): string[] =>
  scopesOf(sourceIdsOf(article), article.topics, article.joinedStory);
export const sourceIdsOf = (article: Pick<ArticleRecord, 'sources'>): string[] => article.sources.map(({ sourceId }) => sourceId);

/** Seconds since 1970, as DynamoDB's time to live requires. */
export const timeToLive = (time: number): number => Math.ceil(time / SECOND);

/** When DynamoDB may remove the items of an article. */
export const articleTtl = (article: Pick<ArticleRecord, 'publishedAt'>, { articles }: Retention): number => timeToLive(expiryOf(bucketOf(article), articles));

/** The article as an item. Sentiments are JSON, since DynamoDB cannot store numbers below 10⁻¹³⁰. */
export function articleItem(article: ArticleRecord, retention: Retention = STANDARD_RETENTION): Item {
  const { sentiment, modelSentiment, ...fields } = article;
  const waitingKey = article.owed ? OWING : article.state === 'pending' || article.state === 'failed' ? article.state : undefined;
  return {
    ...articleKey(article.id),
    ...fields,
    v: SCHEMA_VERSION,
    ...(sentiment && { sentiment: JSON.stringify(sentiment) }),
    ...(modelSentiment && { modelSentiment: JSON.stringify(modelSentiment) }),
    expiresAt: expiresAt(article),
    ttl: articleTtl(article, retention),
    listKey: ALL_LIST,
    listSort: listSort(article.publishedAt, article.id),
    directoryKey: numberBucket(article.number),
    directorySort: numberText(article.number),
    ...(waitingKey !== undefined && { waitingKey, waitingSort: `${timeText(article.storedAt)}#${numberText(article.number)}` }),
  };
}

const derived = new Set(['pk', 'sk', 'v', 'ttl', 'expiresAt', 'listKey', 'listSort', 'directoryKey', 'directorySort', 'waitingKey', 'waitingSort']);

/** Reads the article of an item. @throws StoreVersionError */
export function articleOf(item: Item): ArticleRecord {
  checkVersion(item);
  const isJson = (name: string, value: unknown): value is string => (name === 'sentiment' || name === 'modelSentiment') && typeof value === 'string';
  const fields = Object.entries(item).filter(([name]) => !derived.has(name));
  return Object.fromEntries(fields.map(([name, value]) => [name, isJson(name, value) ? JSON.parse(value) : value])) as unknown as ArticleRecord;
}

/** Refuses items that a newer version of the program wrote. @throws StoreVersionError */
export function checkVersion(item: Item): void {
  if (typeof item['v'] === 'number' && item['v'] > SCHEMA_VERSION) {
    throw new StoreVersionError(`The item ${String(item['pk'])} was written by a newer version of Barometer.`);
  }
}
