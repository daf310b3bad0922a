import type { Article, Capabilities, LiveBatch, Mark, SessionEntry, Source, Status, Topic } from '@barometer/http-api/contract';
import { articleId, articleOf, failing, HOUR, iso, MODEL, sentimentOf, sourcesAt, topicsAt } from './mock-data';
import { alertsFor, type MockAlerts } from './mock-alerts';
import { digestsFor, type MockDigests } from './mock-digests';
import { seeded } from './seeded';

/** The situations that the page must handle. */
export const situations = ['first-run-offline', 'first-poll', 'second-day', 'failing-source', 'needs-key', 'empty'] as const;
export type Situation = (typeof situations)[number];

export const KEY = 'a-test-key';

/** The state of the mock server; tests change it and the page follows. */
export interface World {
  readonly situation: Situation;
  readonly now: () => number;
  sample: boolean;
  history: boolean;
  /** Where usual ranges come from. */
  usual: 'own' | 'reference' | undefined;
  observedFrom: number;
  /** For how long articles and counts are kept. */
  keptDays: number;
  sources: Source[];
  topics: Topic[];
  articles: Article[];
  alerts: MockAlerts;
  digests: MockDigests;
  /** Notes on the timeline. */
  notes: Mark[];
  status: (now: number) => Status;
  live: Capabilities['live'];
  role: Capabilities['auth']['role'];
  /** Whether a provider of sign-ins is configured, and whether the reader has signed in there. */
  provider: boolean;
  sessions: SessionEntry[];
  /** Beginnings of addresses that answer 500. */
  broken: string[];
  version: number;
  signedIn: boolean;
}

const noNetwork = 'The name guardian.example could not be resolved: there is no network.';

export function worldOf(situation: Situation, now: () => number = Date.now): World {
  const start = now();
  const sample = situation === 'first-run-offline' || situation === 'first-poll';
  const topics = situation === 'empty' ? [] : topicsAt(start);
  const world: World = {
    situation,
    now,
    sample,
    history: situation !== 'first-poll' && !sample,
    // Sixty hours of history are less than the week that is needed.
    usual: sample ? undefined : 'reference',
    observedFrom: situation === 'empty' ? Infinity : start - (sample ? 7 * 24 : 60) * HOUR,
    keptDays: 90,
    sources: sourcesFor(situation, start),
    topics,
    alerts: alertsFor(situation, start),
    digests: digestsFor(situation, start),
    notes: [],
    articles: situation === 'empty' ? [] : articlesFor(start, sourcesAt(start), topics),
    status: (at) => statusOf(world, at),
    live: 'sse',
    role: 'write',
    provider: false,
    sessions: [],
    broken: [],
    version: 1,
    signedIn: situation !== 'needs-key',
  };
  return world;
}

function sourcesFor(situation: Situation, now: number): Source[] {
  const sources = sourcesAt(now);
  if (situation === 'empty') return [];
  if (situation === 'first-run-offline') return sources.map((source) => failing(source, now, noNetwork));
  if (situation === 'first-poll') {
    return sources.map((source, index) =>
      index < 8 ? source : { ...source, state: 'new', health: { status: 'never', nextPollAt: iso(now), failures: 0, polls: 0, articles: 0, bytesSaved: 0 } },
    );
  }
  if (situation === 'failing-source') {
    return sources.map((source, index) =>
      index === 2
        ? failing(source, now, 'The server asks for a pause of an hour (HTTP 429).', 429)
        : index === 9
          ? failing(source, now, 'The document is not a feed: it is a web page.', 200)
          : index === 4
            ? { ...source, state: 'paused', paused: true }
            : source,
    );
  }
  return sources;
}

const articlesFor = (now: number, sources: readonly Source[], topics: readonly Topic[]): Article[] =>
  Array.from({ length: 120 }, (_, index) => articleOf(index + 1, now - 90_000 - index * 11 * 60_000, sources, topics));

function statusOf(world: World, now: number): Status {
  const count = (state: Source['state']) => world.sources.filter((source) => source.state === state).length;
  const first = world.situation === 'first-poll' && world.sample;
  const offline = world.situation === 'first-run-offline';
  const none = world.situation === 'empty' || offline;
  const counts = none
    ? { pending: 0, scored: 0, failed: 0, skipped: 0 }
    : first
      ? { pending: 140, scored: 0, failed: 0, skipped: 3 }
      : { pending: 12, scored: 4_182, failed: 1, skipped: 37 };
  return {
    version: '0.2.0',
    now: iso(now),
    startedAt: iso(now - 60_000),
    sample: world.sample,
    counts,
    judgements: { judged: 0, agreed: 0, agreement: null },
    kept: { articleDays: world.keptDays, countDays: world.keptDays },
    waiting: counts.pending,
    oldestPendingAgeMs: counts.pending ? 40_000 : null,
    progress: {
      phase: first ? 'polling' : 'idle',
      polling: count('new'),
      polled: 21,
      newArticles: counts.pending,
      scored: counts.scored,
      failed: count('failing'),
      polledPerMinute: 12,
      newPerMinute: 80,
      scoredPerSecond: 0,
    },
    sources: { total: world.sources.length, ok: count('ok'), failing: count('failing'), paused: count('paused'), gone: 0, new: count('new') },
    model: { ...MODEL, state: first ? 'loading' : 'ok' },
    canary: none
      ? { state: 'none', message: 'none was sent yet' }
      : { state: 'right', sentAt: iso(now - 4 * 60_000), tookMs: 900, expected: 'positive', label: 'positive', message: 'right after 0.9 s' },
    ...(!none && { lastPolledAt: iso(now - 50_000) }),
    dataAgeMs: none ? null : 50_000,
  };
}

export const capabilitiesOf = (world: World): Capabilities => ({
  version: '0.2.0',
  live: world.live,
  pollMs: 1_000,
  auth: { required: world.situation === 'needs-key' || world.provider, role: world.role },
  limits: { texts: 64, textBytes: 65_536, bodyBytes: 4_194_304, page: 100 },
  sample: world.sample,
});

/** Adds articles that were scored just now, and answers the batch for the stream. */
export function arrive(world: World, count: number): LiveBatch {
  const now = world.now();
  const random = seeded(world.articles.length);
  const fresh = Array.from({ length: count }).map((_nothing, index) => {
    const article = articleOf(1_000 + world.articles.length + index, now - index * 1_000, world.sources, world.topics);
    const { reason: _, ...rest } = article;
    return { ...rest, id: articleId(50_000 + world.articles.length + index), state: 'scored' as const, sentiment: sentimentOf('positive', random) };
  });
  world.articles = [...fresh, ...world.articles];
  world.version += 1;
  const items = fresh.map(({ id, sourceIds, topicIds, sentiment }) => ({ articleId: id, scoredAt: iso(now), sourceIds, topicIds, sentiment }));
  return { at: iso(now), items, dropped: 0 };
}
