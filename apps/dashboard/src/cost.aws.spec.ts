import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExecuteStatementCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbAccessKeys, DynamoDbSessionStore } from '@barometer/access-dynamodb';
import { ruleFormSchema } from '@barometer/alerting';
import { canaryIdOf, canarySentences } from '@barometer/canary';
import { DynamoDbAlertStore, DynamoDbDigestStore } from '@barometer/alerting-dynamodb';
import { DynamoDbSourceStore } from '@barometer/ingestion-dynamodb';
import { articleIdOf, DAY, HOUR, MINUTE, systemClock } from '@barometer/kernel';
import { DynamoDbNoteStore, DynamoDbReportStore, DynamoDbTopicStore } from '@barometer/reporting-dynamodb';
import { sentimentOf } from '@barometer/reporting/testing';
import { DynamoDbScoreStore } from '@barometer/sentiment-dynamodb';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import {
  changeTopic,
  dayText,
  documentClient,
  DynamoDbCanaryStore,
  observedPartition,
  storyDirectory,
  storyKey,
  storySort,
  untouched,
  watermarkKey,
  type ArticleRecord,
  type ArticleState,
  type DynamoDbTable,
} from '@barometer/storage-dynamodb';
import { freshTable, localClient, MeteredClient, writeCounters, writeInBulk, type FreshTable } from '@barometer/storage-dynamodb/testing';
import type { BindOutside } from './foundation';
import { dashboardUnderTest } from './testing/dashboard-under-test';
import { tokens } from './tokens';

jest.setTimeout(600_000);

const NOW = Date.UTC(2026, 0, 15, 10, 20);
/** Days over which the articles are spread: so few that a thousand articles fill every hour, as twenty thousand do. */
const DAYS = 1;
const KEPT_DAYS = 90;
const sources = ['north', 'south'];
/** Every article matches the first topic, none the other. */
const topics = ['gas', 'war'];
const SHARDS = [0, 1, 2, 3];
const rule = { anyOf: ['gas'], allOf: [], noneOf: [] };

/** Of every fifty articles, one is pending, one has failed and one was skipped. */
const stateOf = (number: number): ArticleState => (['pending', 'failed', 'skipped'] as const)[number % 50] ?? 'scored';

/** The number of the first article of this article's story; there are ten stories. */
const storyOf = (number: number): number => 5 + (Math.floor(number / 8) % 10);

/** An article: as long as every other one and in the same topic, so that the cost of a page does not depend on which articles it reads. */
function article(number: number, publishedAt: number): ArticleRecord {
  const text = (length: number) => `Prices of gas and water ${String(number).padStart(6, '0')} `.padEnd(length, 'rise and fall ').slice(0, length);
  const state = stateOf(number);
  return {
    ...untouched,
    id: articleIdOf(`${number}`),
    number: 100_000 + number,
    rev: 2,
    url: `https://example.org/${articleIdOf(`${number}`)}`,
    title: text(90),
    summary: text(300),
    language: 'en',
    publishedAt,
    dated: true,
    fetchedAt: NOW,
    storedAt: NOW,
    state,
    topics: [{ topicId: 'gas', version: 1 }],
    sources: [{ sourceId: sources[Math.floor(number / 2) % sources.length] ?? '' }],
    ...(state === 'scored' && { sentiment: sentimentOf(((number % 19) - 9) / 10), scoredAt: NOW }),
    // Some hundred of the newest articles belong to ten stories.
    ...(state === 'scored' && number % 8 === 4 && number > 100 && number < 900 && { joinedStory: articleIdOf(`${storyOf(number)}`) }),
    ...((state === 'failed' || state === 'skipped') && { reason: 'language' }),
  };
}

/** This many articles spread evenly over the last days. */
const articles = (count: number): ArticleRecord[] =>
  Array.from({ length: count }, (_, number) => article(number, NOW - MINUTE - Math.floor((number / count) * (DAYS * DAY - HOUR))));

/** The counts of every hour of the other days, from articles that are in no list: the same in every table. */
const past = (): ArticleRecord[] =>
  Array.from({ length: (KEPT_DAYS - DAYS) * 24 * 8 }, (_, index) => article(index * 5 + 3, NOW - DAYS * DAY - Math.floor(index / 8) * HOUR));

/** Everything that a deployment of some months has, plus these articles. */
async function fill(table: DynamoDbTable, count: number): Promise<void> {
  const all = articles(count);
  await writeInBulk(table, all);
  await writeCounters(table, [...all, ...past()], SHARDS);
  await new DynamoDbCanaryStore(table).send({ id: canaryIdOf(NOW), sentAt: NOW, summary: '', ...canarySentences[0] }, undefined);
  for (const shard of SHARDS) await table.put({ ...watermarkKey(shard), n: 123_456 });
  // What scoring keeps for finding stories: the ten largest of each day, of which only one day's articles exist.
  const largest = Array.from({ length: KEPT_DAYS * 10 }, (_, index) => ({
    day: Math.floor(index / 10),
    id: articleIdOf(index < 10 ? `${5 + index}` : `gone ${index}`),
  }));
  await table.writeAll(
    largest.map(({ day, id }) => ({ ...storyKey(id), size: 20, directoryKey: storyDirectory(Math.floor(NOW / DAY) - day), directorySort: storySort(20, id) })),
  );
  for (const id of topics) {
    await changeTopic(table, id, () => ({ id, rev: 0, name: id, version: 1, readyVersion: 1, createdAt: 1, changedAt: 1, versions: { 1: { rule } } }));
  }
  const store = new DynamoDbSourceStore(table);
  for (const id of [...sources, 'never-heard']) {
    await store.add({
      id,
      groups: id === 'north' ? ['News/North'] : ['News'],
      url: `https://${id}.example/feed`,
      kind: 'feed',
      name: id,
      intervalMinutes: 15,
      paused: false,
      addedAt: NOW,
      health: { status: 'ok', nextPollAt: NOW + MINUTE, failures: 0, polls: 9, articles: 9, bytesSaved: 0, lastBytes: 9, lastSuccessAt: NOW },
    });
  }
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const observed = ['', ...sources].flatMap((id) =>
    Array.from({ length: KEPT_DAYS + 1 }, (_, back) => Math.floor(NOW / DAY) - back).map((day) => ({
      pk: observedPartition(id),
      sk: dayText(day),
      hours: new Set(hours.map((hour) => day * 24 + hour)),
    })),
  );
  await table.writeAll(observed);
}

/** Most read units of the mood with its usual range: for the first request of a process, and for later ones. */
const MOST_COLD = 45;
const MOST_WARM = 8;

interface Page {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly opml?: string;
  readonly status?: number;
}

const get = (name: string, path: string, status?: number): Page => ({ name, method: 'GET', path, ...(status !== undefined && { status }) });
const api = (name: string, path: string, status?: number): Page => get(name, `/api/v1${path}`, status);
const write = (name: string, method: string, path: string, more: Omit<Page, 'name' | 'method' | 'path'> = {}): Page => ({
  name,
  method,
  path: `/api/v1${path}`,
  ...more,
});

const pending = articleIdOf('0');
const failed = articleIdOf('1');

/** Every way to read; `{cursor}` stands for the cursor of the previous answer. */
const pages: readonly Page[] = [
  get('health', '/healthz'),
  get('readiness', '/readyz'),
  api('mood of a day', '/mood'),
  api('mood of a day, again', '/mood'),
  api('mood of 90 days', '/mood?period=90d'),
  api('mood of a topic in a source, two days', '/mood?topic=gas&source=north&period=2d'),
  api('timeline of two days by hour', '/timeline?period=2d&bucket=hour'),
  api('timeline of 90 days', '/timeline?period=90d'),
  api('timeline of 90 days of a topic in a source', '/timeline?period=90d&topic=gas&source=north'),
  api('what explains the timeline', '/marks?period=2d'),
  get('badge of the mood', '/feeds/mood.svg'),
  get('card of the mood of a topic', '/feeds/mood.html?topic=gas'),
  api('breakdown by topic, a day', '/breakdown?by=topic'),
  api('breakdown by topic against what is usual, a day', '/breakdown?by=topic&against=usual'),
  api('breakdown by topic against what is usual, a day, again', '/breakdown?by=topic&against=usual'),
  api('breakdown by topic, 90 days', '/breakdown?by=topic&period=90d'),
  api('breakdown by topic in a source', '/breakdown?by=topic&source=north'),
  api('breakdown by source, a day', '/breakdown?by=source'),
  api('breakdown by source, 90 days', '/breakdown?by=source&period=90d'),
  api('breakdown by source in a topic', '/breakdown?by=source&topic=gas'),
  api('what moved the mood of a day, by story', '/drivers'),
  api('what moved the mood of a day, by source', '/drivers?by=source'),
  api('what moved the mood of a day, by topic', '/drivers?by=topic&limit=20'),
  api('what moved the mood of a day against what is usual, by story', '/drivers?against=usual'),
  api('what moved the mood of a day against what is usual, by topic', '/drivers?by=topic&against=usual'),
  api('what moved the mood of a day against what is usual, by source', '/drivers?by=source&against=usual'),
  api('what moved the mood of a day in a topic', '/drivers?topic=gas'),
  api('50 newest', '/articles'),
  api('50 newest, second page', '/articles?cursor={cursor}'),
  api('50 newest of 90 days', '/articles?period=90d'),
  api('20 newest of a source', '/articles?limit=20&source=north'),
  api('20 newest of a source, second page', '/articles?limit=20&source=north&cursor={cursor}'),
  api('50 newest of a topic', '/articles?topic=gas'),
  api('50 newest of a topic, second page', '/articles?topic=gas&cursor={cursor}'),
  api('a label that occurs', '/articles?label=negative'),
  api('a label that occurs, second page', '/articles?label=negative&cursor={cursor}'),
  api('a state that is rare', '/articles?state=failed'),
  api('a label that never occurs in that state', '/articles?state=pending&label=positive'),
  api('a word that always occurs', '/articles?q=gas'),
  api('a word that always occurs, second page', '/articles?q=gas&cursor={cursor}'),
  api('a word that never occurs', '/articles?q=zeppelin'),
  api('a word that never occurs, second page', '/articles?q=zeppelin&cursor={cursor}'),
  api('a word that always occurs, in a source', '/articles?q=gas&source=south'),
  api('a word that never occurs, in a source', '/articles?q=zeppelin&source=south'),
  api('a word that never occurs, in a topic', '/articles?q=zeppelin&topic=gas'),
  api('a topic in a source', '/articles?topic=gas&source=south'),
  api('a topic in a source that it never meets', '/articles?topic=gas&source=never-heard'),
  api('an article', `/articles/${articleIdOf('5')}`),
  api('which words pulled an article', `/articles/${articleIdOf('5')}/explanation`),
  api('what readers judged, before the first', '/judgements'),
  api('stories of a day', '/stories'),
  api('stories of 90 days', '/stories?period=90d&limit=50'),
  api('stories of a day in a topic', '/stories?topic=gas&order=weight'),
  api('a story', `/stories/${articleIdOf('5')}`),
  api('a story that is not there', `/stories/${'a'.repeat(26)}`, 404),
  api('an article that is not there', `/articles/${'a'.repeat(26)}`, 404),
  get('metrics', '/metrics'),
  get('a feed of articles', '/feeds/articles.atom'),
  get('a feed of articles as JSON, of a topic', '/feeds/articles.json?topic=gas'),
  get('a feed of articles with a tone that none has', '/feeds/articles.atom?tone=1'),
  get('a feed of stories', '/feeds/stories.atom'),
  get('a feed of stories as JSON, of a topic', '/feeds/stories.json?topic=gas'),
  api('sources', '/sources'),
  api('a source', '/sources/north'),
  api('sources as OPML', '/sources.opml'),
  api('mood of a group', '/mood?group=News'),
  api('mood of a group, again', '/mood?group=News'),
  api('timeline of two days of a group', '/timeline?period=2d&bucket=hour&group=News'),
  api('timeline of 90 days of a topic in a group', '/timeline?period=90d&topic=gas&group=News'),
  api('breakdown by group, a day', '/breakdown?by=group'),
  api('breakdown by source in a group', '/breakdown?by=source&group=News'),
  api('breakdown by topic in a group', '/breakdown?by=topic&group=News'),
  api('what moved the mood of a group', '/drivers?group=News'),
  api('stories of a group', '/stories?group=News'),
  api('marks of a group', '/marks?group=News'),
  api('50 newest of a group', '/articles?group=News'),
  api('the positive ones of a group', '/articles?group=News&label=positive'),
  api('a topic in a group', '/articles?topic=gas&group=News'),
  get('a feed of a group', '/feeds/articles.atom?group=News/North'),
  get('the mood of a group as a badge', '/feeds/mood.svg?group=News'),
  api('topics', '/topics'),
  api('a topic', '/topics/gas'),
  api('alert rules', '/alerts/rules'),
  api('alert channels', '/alerts/channels'),
  api('alerts that rang', '/alerts/episodes'),
  api('alerts that ring', '/alerts/episodes?open=true'),
  api('notices of alerts', '/alerts/deliveries'),
  api('digests', '/digests'),
  write('when a rule of tone would have rung', 'POST', '/alerts/backtest', { body: { name: 'Dark', condition: { kind: 'tone', side: 'under', tone: -0.4 } } }),
  api('status, with a backlog', '/status'),
  api('who asks', '/session'),
  api('sign in where there is no provider', '/session/sign-in', 404),
  api('come back from there', '/session/callback', 404),
  api('who is signed in, for a key', '/sessions', 403),
  api('capabilities', '/capabilities'),
  api('the API in words', '/openapi.json'),
  api('the API as a page', '/docs'),
  api('live', '/live', 404),
];

/** Reads less with more articles: only stories that are large enough to move the mean are read. */
const SHRINKING = 'what moved the mood of a day against what is usual, by story';

/** The requests of the page, from which tools/cost computes a bill. */
const PAGE_READS = join(__dirname, 'testing/page-reads.json');
/** The mood as a warm function answers it: the first answer of a process reads four weeks by source. */
const pageRequests = [
  'mood of a day, again',
  'timeline of two days by hour',
  'what explains the timeline',
  'what moved the mood of a day against what is usual, by story',
  'what moved the mood of a day against what is usual, by topic',
  'stories of a day',
  'breakdown by topic against what is usual, a day, again',
  '50 newest',
  'sources',
  'topics',
  'alert rules',
  'alert channels',
  'alerts that rang',
  'alerts that ring',
  'notices of alerts',
  'digests',
  'status, with a backlog',
];

/** Requests that read more the more articles there are, up to a bound. */
const preview = write('what a topic would hold', 'POST', '/topics/preview', { body: rule });
const PREVIEWED = 3_000;
/** A digest of a day, as the page asks for it and as ingestion composes it, and of a week. */
const digests = [
  api('what a digest would tell of a day', '/digests/preview'),
  api('the same as HTML, in a topic', '/digests/preview.html?topic=gas'),
  api('what a digest would tell of a week', '/digests/preview?every=week'),
];
/**
 * Most read units of one: the newest 300 articles of each eighth of its day or week, read one by one for a topic, plus
 * the mood and what moved it.
 */
const MOST_OF_DIGEST = 1_800;

/** Every way to change something, in this order: the last two delete what belongs to a topic, a part at a time. */
const changes: readonly Page[] = [
  write('sign in', 'POST', '/session', { body: { key: '{key}' } }),
  write('sign out', 'DELETE', '/session', { status: 204 }),
  write('end a session, for a key', 'DELETE', '/sessions/0123456789abcdef', { status: 403 }),
  write('end all sessions, for a key', 'DELETE', '/sessions', { status: 403 }),
  write('score a text', 'POST', '/analyze', { body: { texts: ['good'] } }),
  write('explain a text', 'POST', '/analyze?explain=true', { body: { texts: ['good news at last'] } }),
  write('judge an article', 'PUT', `/articles/${articleIdOf('5')}/judgement`, { body: { label: 'negative' } }),
  write('judge one that waits', 'PUT', `/articles/${pending}/judgement`, { body: { label: 'negative' }, status: 409 }),
  write('what readers judged', 'GET', '/judgements'),
  write('take a judgement back', 'DELETE', `/articles/${articleIdOf('5')}/judgement`),
  write('redrive a failed article', 'POST', `/articles/${failed}/redrive`),
  write('redrive one that waits', 'POST', `/articles/${pending}/redrive`, { status: 409 }),
  write('read a feed', 'POST', '/sources/preview', { body: { url: 'http://127.0.0.1:1/' }, status: 422 }),
  write('add a channel of alerts', 'POST', '/alerts/channels', {
    body: { id: 'hook', name: 'Hook', target: { kind: 'webhook', url: 'http://127.0.0.1:1/' } },
    status: 201,
  }),
  write('change it', 'PUT', '/alerts/channels/hook', { body: { name: 'Hook', target: { kind: 'webhook', url: 'http://127.0.0.1:1/' } } }),
  write('test it', 'POST', '/alerts/channels/hook/test'),
  write('add an alert rule', 'POST', '/alerts/rules', { body: { name: 'Dark', condition: { kind: 'silence' }, channelIds: ['hook'] }, status: 201 }),
  write('change a rule that is not there', 'PUT', '/alerts/rules/none', { body: { name: 'Dark', condition: { kind: 'silence' } }, status: 404 }),
  write('remove a rule that is not there', 'DELETE', '/alerts/rules/none', { status: 404 }),
  write('remove a channel that is used', 'DELETE', '/alerts/channels/hook', { status: 409 }),
  write('add a digest', 'POST', '/digests', { body: { name: 'Morning', timeZone: 'UTC', channelIds: ['hook'], scope: { topicId: 'war' } }, status: 201 }),
  write('change a digest that is not there', 'PUT', '/digests/none', { body: { name: 'Morning', timeZone: 'UTC', channelIds: ['hook'] }, status: 404 }),
  write('send a digest that is not there', 'POST', '/digests/none/test', { status: 404 }),
  write('remove a digest that is not there', 'DELETE', '/digests/none', { status: 404 }),
  write('redrive notices', 'POST', '/alerts/deliveries/redrive', { body: {} }),
  write('add a note', 'POST', '/marks', { body: { text: 'Vote', topic: 'gas', source: 'north' }, status: 201 }),
  write('remove a note that is not there', 'DELETE', '/marks/1763892000000-0a1b2c3d', { status: 404 }),
  write('add a source', 'POST', '/sources', { body: { url: 'https://new.example/feed', name: 'new' }, status: 201 }),
  write('add the sources of an OPML document', 'POST', '/sources.opml', {
    opml: '<opml version="2.0"><body><outline type="rss" text="more" xmlUrl="https://more.example/feed"/></body></opml>',
  }),
  write('change a source', 'PATCH', '/sources/north', { body: { paused: true } }),
  write('move sources to a group', 'POST', '/sources/changes', { body: { action: 'move', ids: ['north', 'south', 'nobody'], group: 'News/World' } }),
  write('pause sources', 'POST', '/sources/changes', { body: { action: 'pause', ids: ['never-heard'] } }),
  write('poll a source', 'POST', '/sources/south/poll', { status: 202 }),
  write('remove a source', 'DELETE', '/sources/north', { status: 204 }),
  write('remove sources', 'POST', '/sources/changes', { body: { action: 'remove', ids: ['never-heard', 'nobody'] } }),
  write('add a topic', 'POST', '/topics', { body: { name: 'Water', ...rule }, status: 201 }),
  write('give a topic other phrases', 'PUT', '/topics/gas', { body: { name: 'gas', anyOf: ['oil'] } }),
  write('remove a topic of hundreds of articles', 'DELETE', '/topics/gas', { status: 204 }),
  write('add it again', 'POST', '/topics', { body: { name: 'gas', ...rule }, status: 201 }),
];

/** The function over a table whose every request is metered. */
async function openDashboard(fresh: FreshTable) {
  const metered = new MeteredClient(documentClient(localClient()));
  const table = fresh.through(metered);
  const bind: BindOutside = (container) => {
    container.bind(tokens.tableWatch).toConstantValue({ fault: undefined });
    container.bind(tokens.analysisWatch).toConstantValue({ fault: undefined });
    container.bind(tokens.classifier).toConstantValue(Object.assign(new KeywordClassifier(), { hasAnswered: true }));
    container.bind(tokens.sourceStore).toConstantValue(new DynamoDbSourceStore(table));
    container.bind(tokens.scoreStore).toConstantValue(new DynamoDbScoreStore(table));
    container.bind(tokens.reportStore).toResolvedValue((clock) => new DynamoDbReportStore(table, clock), [tokens.clock]);
    container.bind(tokens.canaryStore).toConstantValue(new DynamoDbCanaryStore(table, { consistent: false }));
    container.bind(tokens.topicStore).toConstantValue(new DynamoDbTopicStore(table));
    container.bind(tokens.noteStore).toConstantValue(new DynamoDbNoteStore(table));
    container.bind(tokens.alertStore).toConstantValue(new DynamoDbAlertStore(table));
    container.bind(tokens.digestStore).toConstantValue(new DynamoDbDigestStore(table));
    container.bind(tokens.sessionStore).toConstantValue(new DynamoDbSessionStore(table));
    container.bind(tokens.accessKeys).toConstantValue(new DynamoDbAccessKeys(table));
  };
  const environment = { RATE_LIMIT: '1000000', REQUEST_TIME_LIMIT_MS: '600000' };
  const dashboard = dashboardUnderTest(bind, { environment });
  const headers = await dashboard.addKey('write');
  return { ...dashboard, headers, metered, key: headers.authorization.slice('Bearer '.length) };
}

type Dashboard = Awaited<ReturnType<typeof openDashboard>>;

/**
 * The back-test of a rule answers after 250 ms with what it has read by then. On a slow machine some of its reads come
 * later; this completes them.
 */
async function finishBacktest({ container }: Dashboard, { body }: Page) {
  await container.get(tokens.backtestRule).execute(ruleFormSchema.parse(body), Infinity);
}

/** The cost of each of these requests, sent one after the other. */
async function costsOf(dashboard: Dashboard, asked: readonly Page[]) {
  const { ask, headers, metered, key } = dashboard;
  const rows: ({ readonly name: string; readonly body: string } & ReturnType<MeteredClient['take']>)[] = [];
  for (const page of asked) {
    const { name, method, path, body, opml, status = 200 } = page;
    const before = rows.at(-1)?.body ?? '';
    const cursor = path.includes('{cursor}') ? encodeURIComponent((JSON.parse(before) as { cursor: string }).cursor) : '';
    metered.take();
    const sent = body
      ? { headers, body: JSON.parse(JSON.stringify(body).replace('{key}', key)) as object }
      : opml === undefined
        ? { headers }
        : { headers: { ...headers, 'content-type': 'text/x-opml' }, rawBody: opml };
    const answer = await ask(method, path.replace('{cursor}', cursor), sent);
    expect([name, answer.statusCode, answer.statusCode === status ? '' : answer.body]).toEqual([name, status, '']);
    if (path.endsWith('/backtest')) await finishBacktest(dashboard, page);
    rows.push({ name, body: answer.body, ...metered.take() });
  }
  return rows;
}

/** Every page with this many articles in the table. */
async function costs(count: number) {
  const fresh = await freshTable();
  try {
    await fill(fresh.table, count);
    const dashboard = await openDashboard(fresh);
    const read = await costsOf(dashboard, pages);
    const [previewed] = await costsOf(dashboard, [preview]);
    const told = await costsOf(dashboard, digests);
    return { read, previewed: previewed!, told, changed: await costsOf(dashboard, changes) };
  } finally {
    await fresh.close();
  }
}

describe('what the API costs', () => {
  let few: Awaited<ReturnType<typeof costs>>;
  let many: Awaited<ReturnType<typeof costs>>;

  beforeAll(async () => {
    jest.spyOn(systemClock, 'now').mockReturnValue(NOW);
    few = await costs(1_000);
    many = await costs(20_000);
    const file = process.env['COST_REPORT'];
    if (file === undefined) return;
    const rows = [...few.read, few.previewed, ...few.told, ...few.changed].map(({ body: _, ...row }, index) => ({
      ...row,
      many: [...many.read, many.previewed, ...many.told, ...many.changed][index]?.readUnits,
    }));
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  });

  /** The digits of larger counts make roll-ups a little longer; nothing else may differ. */
  const expectSame = (one: typeof few.read, other: typeof few.read) => {
    for (const [index, { name, requests, scanned, commands, readUnits }] of one.entries()) {
      expect(other[index]).toMatchObject({ name, requests, scanned, commands });
      expect([name, Math.abs((other[index]?.readUnits ?? NaN) - readUnits) <= Math.max(0.5, readUnits * 0.02)]).toEqual([name, true]);
    }
  };

  const besides = (read: typeof few.read) => read.filter(({ name }) => name !== SHRINKING);

  it('is the same a page with 1,000 and with 20,000 articles', () => expectSame(besides(few.read), besides(many.read)));

  it('is less where a story needs more articles to move the mood', () => {
    const [one, other] = [few, many].map(({ read }) => read.find(({ name }) => name === SHRINKING)?.readUnits ?? NaN) as [number, number];
    expect(other).toBeLessThanOrEqual(one);
  });

  it('matches the figures that the bill is computed from (WRITE_COST_UNITS=1 rewrites them)', () => {
    const reads = Object.fromEntries(pageRequests.map((name) => [name, many.read.find((row) => row.name === name)?.readUnits]));
    if (process.env['WRITE_COST_UNITS'] === '1') writeFileSync(PAGE_READS, `${JSON.stringify(reads, null, 2)}\n`);
    expect(JSON.parse(readFileSync(PAGE_READS, 'utf8'))).toEqual(reads);
  });

  it('reads the history of each source once for the usual range, and little after that', () => {
    const units = (name: string) => many.read.find((row) => row.name === name)?.readUnits ?? NaN;
    // Four weeks and the two days of the window: of each of the two sources at most 30 items of some 2 KB; beside the directory of each day.
    expect(units('mood of a day')).toBeLessThan(MOST_COLD);
    expect(units('mood of a day, again')).toBeLessThan(MOST_WARM);
    // The same of each topic, of which one has articles; the other one reads nothing.
    const plain = units('breakdown by topic, a day');
    expect(units('breakdown by topic against what is usual, a day') - plain).toBeLessThan(MOST_COLD);
    expect(units('breakdown by topic against what is usual, a day, again') - plain).toBeLessThan(MOST_WARM);
  });

  it('consists of gets and queries', () => {
    for (const { name, commands } of [...many.read, many.previewed, ...many.told])
      expect([name, ['GetCommand', 'QueryCommand']]).toEqual([name, expect.arrayContaining(commands)]);
  });

  it('is the same for every change', () => expectSame(few.changed, many.changed));

  it('is bounded for requests that look through many articles', () => {
    // Pages of 300 and one more each, with both topics; and the key.
    expect(few.previewed.scanned).toBeLessThan(1_000 + 4 * 3);
    expect(many.previewed.scanned).toBeGreaterThan(PREVIEWED);
    expect(many.previewed.scanned).toBeLessThanOrEqual(PREVIEWED + (PREVIEWED / 300) * 3);
    expect(many.previewed.readUnits).toBeLessThan(450);
    expect(JSON.parse(many.previewed.body)).toMatchObject({ searched: PREVIEWED });
  });

  it('has a bound for a digest, however many articles there are', () => {
    for (const { name, readUnits } of many.told) expect([name, Math.min(readUnits, MOST_OF_DIGEST)]).toEqual([name, readUnits]);
    expect(JSON.parse(many.told[0]?.body ?? '{}')).toMatchObject({ edition: { isWhole: false, articles: expect.any(Number) } });
    expect(JSON.parse(few.told[0]?.body ?? '{}')).toMatchObject({ edition: { isWhole: true } });
  });

  it('is measured for every route', () => {
    const { paths } = JSON.parse(few.read.find(({ name }) => name === 'the API in words')?.body ?? '{}') as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    const tried = [...pages, preview, ...digests, ...changes];
    const isTried = (route: string) => {
      const [method, path = ''] = route.split(' ');
      const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replace('{id}', '[^/]+')}(\\?|$)`);
      return tried.some((page) => page.method === method && pattern.test(page.path));
    };
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.filter((route) => !isTried(route))).toEqual([]);
  });

  it.each([
    ['a scan', new ScanCommand({ TableName: 'any' })],
    ['a statement', new ExecuteStatementCommand({ Statement: 'SELECT * FROM any' })],
  ])('never comes from %s: the meter refuses it', async (_, command) => {
    await expect(new MeteredClient(documentClient(localClient())).send(command as ScanCommand)).rejects.toThrow('must not send');
  });
});
