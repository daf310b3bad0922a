import { sha256Hex, scopeKey, storyScope, type TopicVersion } from '@barometer/kernel';

/** The primary key of an item. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Number of items that share the counters of a hot scope, so that writers seldom conflict. */
export const HOT_SHARDS = 4;

/** A scope is hot if a transaction counts at least this many articles into it; "all" always is. */
export const HOT_FROM = 8;

/** The number of articles per directory partition, in the order in which they were stored. */
export const NUMBERS_A_BUCKET = 5_000;

const LATEST_TIME = 9_999_999_999_999;
const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** A time as text that sorts in the same order; times outside 1970…2286 become the nearer end. */
export const timeText = (time: number): string => padded(Math.min(Math.max(Math.ceil(time), 0), LATEST_TIME), 13);

/** The sort key of an article in a list by time. */
export const listSort = (publishedAt: number, id: string): string => `${timeText(publishedAt)}#${id}`;

/** The last sort key before this one: ids are 26 characters of a to z and 2 to 7, so lowering the last code point by one is enough. */
export const listSortBefore = (publishedAt: number, id: string): string =>
  `${timeText(publishedAt)}#${id.slice(0, -1)}${String.fromCharCode(id.charCodeAt(id.length - 1) - 1)}~`;

export const numberText = (number: number): string => padded(number, 12);

export const dayText = (day: number): string => padded(day, 6);

export const articleKey = (id: string): ItemKey => ({ pk: `A#${id}`, sk: 'A' });

/** The item that maps a key to the article which is known by it. */
export const aliasKey = (key: string): ItemKey => ({ pk: `K#${key}`, sk: 'K' });
/** The items that a source listed at its last poll. */
export const listingKey = (sourceId: string): ItemKey => ({ pk: `G#${sourceId}`, sk: 'G' });

/** The partition of a source's list, or of a topic version's. */
export const sourceList = (sourceId: string): string => `L#${scopeKey({ sourceId })}`;
/** The partition of the articles that joined a story. */
export const storyList = (storyId: string): string => `L#${storyScope(storyId)}`;
export const topicList = (topic: TopicVersion): string => `L#${scopeKey({ topic })}`;

/** The partition of the articles that a reader judged. */
export const JUDGED_LIST = 'L#judged';

/** The partition of the index `list` that holds every article. */
export const ALL_LIST = 'all';

/** The partition of the index `waiting` for articles with contributions that are not counted yet. */
export const OWING = 'owing';

export const numberBucket = (number: number): string => `N#${Math.floor(number / NUMBERS_A_BUCKET)}`;

export const rollupPartition = (scope: string): string => `R#${scope}`;
export const dayShard = (day: number, shard: number): string => `${dayText(day)}#${shard}`;
export const rollupKey = (scope: string, day: number, shard: number): ItemKey => ({ pk: rollupPartition(scope), sk: dayShard(day, shard) });
/** Number of articles in each state, and of scores from each model, by hour. */
export const STATES = 'STATES';
export const MODELS = 'MODELS';
/** The partition of the directory that names the roll-ups of a day. */
export const rollupDirectory = (day: number): string => `D#${dayText(day)}`;

export const sightingKey = (sourceId: string, articleId: string): ItemKey => ({ pk: `U#${sourceId}`, sk: articleId });
export const observedPartition = (sourceId: string): string => `O#${sourceId}`;
/** The same for the hours into which articles were imported. */
export const importedPartition = (sourceId: string): string => `I#${sourceId}`;

/** The latest stories with a word. */
export const wordKey = (word: string): ItemKey => ({ pk: `W#${word.slice(0, 100)}`, sk: 'W' });
export const storyKey = (storyId: string): ItemKey => ({ pk: `Y#${storyId}`, sk: 'Y' });
/** The partition of the directory that orders a day's stories by their number of articles. */
export const storyDirectory = (day: number): string => `T#${dayText(day)}`;
export const storySort = (articles: number, storyId: string): string => `${padded(articles, 6)}#${storyId}`;

export const SOURCES = 'SOURCES';
export const sourceKey = (id: string): ItemKey => ({ pk: SOURCES, sk: id });
/** Reserves a url for one source; hashed, since a key has at most 2 KiB. */
export const urlKey = (url: string): ItemKey => ({ pk: `URL#${sha256Hex(url)}`, sk: 'URL' });
/** Reserves a host for one poll at a time. */
export const hostKey = (host: string): ItemKey => ({ pk: `HOST#${host.slice(0, 500)}`, sk: 'HOST' });

/** Records which initial lists the store was given. */
export const seededKey = (list: string): ItemKey => ({ pk: 'SEEDED', sk: list });

export const TOPICS = 'TOPICS';
export const topicItemKey = (id: string): ItemKey => ({ pk: TOPICS, sk: id });
export const DROPS = 'DROPS';
export const dropKey = ({ topicId, version }: TopicVersion): ItemKey => ({ pk: DROPS, sk: `${topicId}@${version}` });

export const ACCESS_KEYS = 'KEYS';
export const accessKeyKey = (id: string): ItemKey => ({ pk: ACCESS_KEYS, sk: id });

/** Sessions of signed-in readers. */
export const SESSIONS = 'SESSIONS';
export const sessionKey = (id: string): ItemKey => ({ pk: SESSIONS, sk: id });

/** Notes on the timeline; their ids sort by the time they are about. */
export const NOTES = 'NOTES';
export const noteKey = (id: string): ItemKey => ({ pk: NOTES, sk: id });

export const WATERMARK = 'WATERMARK';
export const watermarkKey = (shard: number): ItemKey => ({ pk: WATERMARK, sk: String(shard) });
export const counterKey: ItemKey = { pk: 'COUNTER', sk: 'articles' };

/** The canary that was sent last. */
export const canaryKey: ItemKey = { pk: 'CANARY', sk: 'last' };

/** Alerts: rules and channels, episodes and deliveries by ids that sort by time, pending notifications, and waiting deliveries. */
export const ALERT_RULES = 'ALERT-RULES';
export const ALERT_CHANNELS = 'ALERT-CHANNELS';
export const ALERT_EPISODES = 'ALERT-EPISODES';
export const ALERT_TELLINGS = 'ALERT-TELLINGS';
export const ALERT_WAITING = 'ALERT-WAITING';
export const ALERT_DELIVERIES = 'ALERT-DELIVERIES';

/** Digests, and their editions by ids that sort by when they were due. */
export const DIGESTS = 'DIGESTS';
export const DIGEST_EDITIONS = 'DIGEST-EDITIONS';
