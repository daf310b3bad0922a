import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExecuteStatementCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbAlertStore } from '@barometer/alerting-dynamodb';
import { DynamoDbSourceStore } from '@barometer/ingestion-dynamodb';
import { articleIdOf, DAY, HOUR, MINUTE, systemClock } from '@barometer/kernel';
import { DynamoDbAccessKeys, DynamoDbReportStore, DynamoDbTopicStore } from '@barometer/reporting-dynamodb';
import { sentimentOf } from '@barometer/reporting/testing';
import { DynamoDbScoreStore } from '@barometer/sentiment-dynamodb';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import {
  changeTopic, dayText, documentClient, observedPartition, untouched, watermarkKey, type ArticleRecord, type ArticleState, type DynamoDbTable,
} from '@barometer/storage-dynamodb';
import { freshTable, localClient, MeteredClient, writeCounters, writeInBulk, type FreshTable } from '@barometer/storage-dynamodb/testing';
import type { BindOutside } from './composition-root';
import { dashboardUnderTest } from './testing/dashboard-under-test';
import { tokens } from './tokens';

jest.setTimeout(600_000);

const NOW = Date.UTC(2026, 0, 15, 10, 20);
/** The articles lie here: few enough that a thousand articles fill every hour, as twenty thousand do. */
const DAYS = 1;
const KEPT_DAYS = 90;
const sources = ['north', 'south'];
/** Every article is in the first one, none in the other. */
const topics = ['gas', 'war'];
const SHARDS = [0, 1, 2, 3];
const rule = { anyOf: ['gas'], allOf: [], noneOf: [] };

/** Of fifty articles one each waits, has failed, or was skipped. */
const stateOf = (number: number): ArticleState => (['pending', 'failed', 'skipped'] as const)[number % 50] ?? 'scored';

/** An article: as long as every other one and in the same topic, so that what a page reads does not hang on which it meets. */
function article(number: number, publishedAt: number): ArticleRecord {
  const text = (length: number) => `Prices of gas and water ${String(number).padStart(6, '0')} `.padEnd(length, 'rise and fall ').slice(0, length);
  const state = stateOf(number);
  return {
    ...untouched, id: articleIdOf(`${number}`), number: 100_000 + number, rev: 2, url: `https://example.org/${articleIdOf(`${number}`)}`, title: text(90), summary: text(300),
    language: 'en', publishedAt, dated: true, fetchedAt: NOW, storedAt: NOW, state, topics: [{ topicId: 'gas', version: 1 }],
    sources: [{ sourceId: sources[Math.floor(number / 2) % sources.length] ?? '' }],
    ...(state === 'scored' && { sentiment: sentimentOf(((number % 19) - 9) / 10), scoredAt: NOW }),
    ...((state === 'failed' || state === 'skipped') && { reason: 'language' }),
  };
}

/** This many articles spread evenly over the last days. */
const articles = (count: number): ArticleRecord[] =>
  Array.from({ length: count }, (_, number) => article(number, NOW - MINUTE - Math.floor((number / count) * (DAYS * DAY - HOUR))));

/** What was counted in every hour of the other days, of articles that are not in the lists: the same in every table. */
const past = (): ArticleRecord[] =>
  Array.from({ length: (KEPT_DAYS - DAYS) * 24 * 8 }, (_, index) => article(index * 5 + 3, NOW - DAYS * DAY - Math.floor(index / 8) * HOUR));

/** Everything a deployment of some months has, and these articles. */
async function fill(table: DynamoDbTable, count: number): Promise<void> {
  const all = articles(count);
  await writeInBulk(table, all);
  await writeCounters(table, [...all, ...past()], SHARDS);
  for (const shard of SHARDS) await table.put({ ...watermarkKey(shard), n: 123_456 });
  for (const id of topics) {
    await changeTopic(table, id, () => ({ id, rev: 0, name: id, version: 1, readyVersion: 1, createdAt: 1, changedAt: 1, versions: { 1: { rule } } }));
  }
  const store = new DynamoDbSourceStore(table);
  for (const id of [...sources, 'never-heard']) {
    await store.add({
      id, url: `https://${id}.example/feed`, kind: 'feed', name: id, intervalMinutes: 15, paused: false, addedAt: NOW,
      health: { status: 'ok', nextPollAt: NOW + MINUTE, failures: 0, polls: 9, articles: 9, bytesSaved: 0, lastBytes: 9, lastSuccessAt: NOW },
    });
  }
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const observed = ['', ...sources].flatMap((id) => Array.from({ length: KEPT_DAYS + 1 }, (_, back) => Math.floor(NOW / DAY) - back)
    .map((day) => ({ pk: observedPartition(id), sk: dayText(day), hours: new Set(hours.map((hour) => day * 24 + hour)) })));
  await table.writeAll(observed);
}

/** Read units of the mood with what is usual of it: when a process asks first, and then. */
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
const write = (name: string, method: string, path: string, more: Omit<Page, 'name' | 'method' | 'path'> = {}): Page => ({ name, method, path: `/api/v1${path}`, ...more });

const pending = articleIdOf('0');
const failed = articleIdOf('1');

/** Every way to read; `{cursor}` stands for that of the answer before. */
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
  api('breakdown by topic, a day', '/breakdown?by=topic'),
  api('breakdown by topic, 90 days', '/breakdown?by=topic&period=90d'),
  api('breakdown by topic in a source', '/breakdown?by=topic&source=north'),
  api('breakdown by source, a day', '/breakdown?by=source'),
  api('breakdown by source, 90 days', '/breakdown?by=source&period=90d'),
  api('breakdown by source in a topic', '/breakdown?by=source&topic=gas'),
  api('what moved the mood of a day, by story', '/drivers'),
  api('what moved the mood of a day, by source', '/drivers?by=source'),
  api('what moved the mood of a day, by topic', '/drivers?by=topic&limit=20'),
  api('what moved the mood of a day against four weeks, by topic', '/drivers?by=topic&against=usual'),
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
  api('topics', '/topics'),
  api('a topic', '/topics/gas'),
  api('alert rules', '/alerts/rules'),
  api('alert channels', '/alerts/channels'),
  api('alerts that rang', '/alerts/episodes'),
  api('alerts that ring', '/alerts/episodes?open=true'),
  api('notices of alerts', '/alerts/deliveries'),
  write('when a rule of tone would have rung', 'POST', '/alerts/backtest', { body: { name: 'Dark', condition: { kind: 'tone', side: 'under', tone: -0.4 } } }),
  api('status, with a backlog', '/status'),
  api('capabilities', '/capabilities'),
  api('the API in words', '/openapi.json'),
  api('the API as a page', '/docs'),
  api('live', '/live', 404),
];

/** What the page asks for, of which tools/cost makes a bill. */
const PAGE_READS = join(__dirname, 'testing/page-reads.json');
/** The mood as a function that was asked before answers it: the first answer reads four weeks by source. */
const pageRequests = ['mood of a day, again', 'timeline of two days by hour', 'what moved the mood of a day, by story', 'what moved the mood of a day, by topic', 'stories of a day', 'breakdown by topic, a day', '50 newest', 'sources', 'topics', 'alert rules', 'alert channels', 'alerts that rang', 'alerts that ring', 'status, with a backlog'];

/** What reads more the more there is, up to a bound. */
const preview = write('what a topic would hold', 'POST', '/topics/preview', { body: rule });
const PREVIEWED = 3_000;

/** Every way to change something, in this order: the last two clear away what belongs to a topic, a part of it. */
const changes: readonly Page[] = [
  write('sign in', 'POST', '/session', { body: { key: '{key}' } }),
  write('sign out', 'DELETE', '/session', { status: 204 }),
  write('score a text', 'POST', '/analyze', { body: { texts: ['good'] } }),
  write('explain a text', 'POST', '/analyze?explain=true', { body: { texts: ['good news at last'] } }),
  write('judge an article', 'PUT', `/articles/${articleIdOf('5')}/judgement`, { body: { label: 'negative' } }),
  write('judge one that waits', 'PUT', `/articles/${pending}/judgement`, { body: { label: 'negative' }, status: 409 }),
  write('what readers judged', 'GET', '/judgements'),
  write('take a judgement back', 'DELETE', `/articles/${articleIdOf('5')}/judgement`),
  write('redrive a failed article', 'POST', `/articles/${failed}/redrive`),
  write('redrive one that waits', 'POST', `/articles/${pending}/redrive`, { status: 409 }),
  write('read a feed', 'POST', '/sources/preview', { body: { url: 'http://127.0.0.1:1/' }, status: 422 }),
  write('add a channel of alerts', 'POST', '/alerts/channels', { body: { id: 'hook', name: 'Hook', target: { kind: 'webhook', url: 'http://127.0.0.1:1/' } }, status: 201 }),
  write('test it', 'POST', '/alerts/channels/hook/test'),
  write('add an alert rule', 'POST', '/alerts/rules', { body: { name: 'Dark', condition: { kind: 'silence' }, channelIds: ['hook'] }, status: 201 }),
  write('change a rule that is not there', 'PUT', '/alerts/rules/none', { body: { name: 'Dark', condition: { kind: 'silence' } }, status: 404 }),
  write('remove a rule that is not there', 'DELETE', '/alerts/rules/none', { status: 404 }),
  write('remove a channel that is used', 'DELETE', '/alerts/channels/hook', { status: 409 }),
  write('redrive notices', 'POST', '/alerts/deliveries/redrive', { body: {} }),
  write('add a source', 'POST', '/sources', { body: { url: 'https://new.example/feed', name: 'new' }, status: 201 }),
  write('add the sources of an OPML document', 'POST', '/sources.opml', { opml: '<opml version="2.0"><body><outline type="rss" text="more" xmlUrl="https://more.example/feed"/></body></opml>' }),
  write('change a source', 'PATCH', '/sources/north', { body: { paused: true } }),
  write('poll a source', 'POST', '/sources/south/poll', { status: 202 }),
  write('remove a source', 'DELETE', '/sources/north', { status: 204 }),
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
    container.bind(tokens.topicStore).toConstantValue(new DynamoDbTopicStore(table));
    container.bind(tokens.alertStore).toConstantValue(new DynamoDbAlertStore(table));
    container.bind(tokens.accessKeys).toConstantValue(new DynamoDbAccessKeys(table));
  };
  const environment = { RATE_LIMIT: '1000000', REQUEST_TIME_LIMIT_MS: '600000' };
  const dashboard = dashboardUnderTest(bind, { environment });
  const headers = await dashboard.addKey('write');
  return { ...dashboard, headers, metered, key: headers.authorization.slice('Bearer '.length) };
}

type Dashboard = Awaited<ReturnType<typeof openDashboard>>;

/** What each of these costs, one after the other. */
async function costsOf(dashboard: Dashboard, asked: readonly Page[]) {
  const { ask, headers, metered, key } = dashboard;
  const rows: ({ readonly name: string; readonly body: string } & ReturnType<MeteredClient['take']>)[] = [];
  for (const { name, method, path, body, opml, status = 200 } of asked) {
    const before = rows.at(-1)?.body ?? '';
    const cursor = path.includes('{cursor}') ? encodeURIComponent((JSON.parse(before) as { cursor: string }).cursor) : '';
    metered.take();
    const sent = body ? { headers, body: JSON.parse(JSON.stringify(body).replace('{key}', key)) as object }
      : opml === undefined ? { headers } : { headers: { ...headers, 'content-type': 'text/x-opml' }, rawBody: opml };
    const answer = await ask(method, path.replace('{cursor}', cursor), sent);
    expect([name, answer.statusCode, answer.statusCode === status ? '' : answer.body]).toEqual([name, status, '']);
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
    return { read, previewed: previewed!, changed: await costsOf(dashboard, changes) };
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
    const rows = [...few.read, few.previewed, ...few.changed].map(({ body: _, ...row }, index) => ({ ...row, many: [...many.read, many.previewed, ...many.changed][index]?.readUnits }));
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  });

  /** The digits of larger counts make roll-ups a little longer; nothing else may differ. */
  const expectSame = (one: typeof few.read, other: typeof few.read) => {
    for (const [index, { name, requests, scanned, commands, readUnits }] of one.entries()) {
      expect(other[index]).toMatchObject({ name, requests, scanned, commands });
      expect([name, Math.abs((other[index]?.readUnits ?? NaN) - readUnits) <= Math.max(0.5, readUnits * 0.02)]).toEqual([name, true]);
    }
  };

  it('is the same a page with 1,000 and with 20,000 articles', () => expectSame(few.read, many.read));

  it('is what the bill is made of: write it anew with WRITE_COST_UNITS=1', () => {
    const reads = Object.fromEntries(pageRequests.map((name) => [name, many.read.find((row) => row.name === name)?.readUnits]));
    if (process.env['WRITE_COST_UNITS'] === '1') writeFileSync(PAGE_READS, `${JSON.stringify(reads, null, 2)}\n`);
    expect(JSON.parse(readFileSync(PAGE_READS, 'utf8'))).toEqual(reads);
  });

  it('is that of reading the history of each source once for what is usual, and little after that', () => {
    const units = (name: string) => many.read.find((row) => row.name === name)?.readUnits ?? NaN;
    // Four weeks and the two days of the window: of each of the two sources at most 30 items of some 2 KB; beside the directory of each day.
    expect(units('mood of a day')).toBeLessThan(MOST_COLD);
    expect(units('mood of a day, again')).toBeLessThan(MOST_WARM);
  });

  it('is made of gets and queries', () => {
    for (const { name, commands } of [...many.read, many.previewed]) expect([name, ['GetCommand', 'QueryCommand']]).toEqual([name, expect.arrayContaining(commands)]);
  });

  it('is the same for every change', () => expectSame(few.changed, many.changed));

  it('has a bound for what looks through many articles', () => {
    // Pages of 300 and one more each, with both topics; and the key.
    expect(few.previewed.scanned).toBeLessThan(1_000 + 4 * 3);
    expect(many.previewed.scanned).toBeGreaterThan(PREVIEWED);
    expect(many.previewed.scanned).toBeLessThanOrEqual(PREVIEWED + (PREVIEWED / 300) * 3);
    expect(many.previewed.readUnits).toBeLessThan(450);
    expect(JSON.parse(many.previewed.body)).toMatchObject({ searched: PREVIEWED });
  });

  it('is known of every route that there is', () => {
    const { paths } = JSON.parse(few.read.find(({ name }) => name === 'the API in words')?.body ?? '{}') as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    const tried = [...pages, preview, ...changes];
    const isTried = (route: string) => {
      const [method, path = ''] = route.split(' ');
      const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replace('{id}', '[^/]+')}(\\?|$)`);
      return tried.some((page) => page.method === method && pattern.test(page.path));
    };
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.filter((route) => !isTried(route))).toEqual([]);
  });

  it.each([
    ['a scan', new ScanCommand({ TableName: 'any' })], ['a statement', new ExecuteStatementCommand({ Statement: 'SELECT * FROM any' })],
  ])('never comes from %s: the meter refuses it', async (_, command) => {
    await expect(new MeteredClient(documentClient(localClient())).send(command as ScanCommand)).rejects.toThrow('must not send');
  });
});
