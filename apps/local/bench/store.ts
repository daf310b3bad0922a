// npm run bench:store -- [--articles N]... [--store DIR] [--json FILE] [--only TEXT]: p50 and p99 of every GET route,
// and how long each blocks the thread, on stores of 1,000, 100,000 and 1,000,000 articles that are filled through the
// product's own adapters.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { HOUR, ManualClock } from '@barometer/kernel';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import type { Container } from 'inversify';
import { composeSystem } from '../src/composition-root';
import { readSettings, type Settings } from '../src/config';
import { serve } from '../src/serve';
import { openStores } from '../src/stores/open-stores';
import { tokens } from '../src/tokens';
import { fillObservedHours, fillStore, type Filling } from './fill-store';

const ROOT = join(__dirname, '..', '..', '..');
const SIZES = [1_000, 100_000, 1_000_000];
const END = Date.UTC(2026, 10, 23, 12);
const ROUNDS = 40;
/** A route with an answer slower than this is requested less often. */
const SLOW_MS = 400;

interface Figures {
  readonly p50: number;
  readonly p99: number;
  /** The longest time for which the thread could serve no other request, in milliseconds. */
  readonly heldUp: number;
  readonly bytes: number;
}

export async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      articles: { type: 'string', multiple: true },
      store: { type: 'string' },
      json: { type: 'string' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean' },
    },
  });
  if (values.help)
    return console.log('npm run bench:store -- [--articles N]... [--store DIR (kept, and used again)] [--json FILE] [--only TEXT (routes with it)]');
  const sizes = values.articles?.map(Number) ?? SIZES;
  if (sizes.some((size) => !Number.isInteger(size) || size < 1)) throw new Error('--articles must be a whole number from 1');
  const found = new Map<number, ReadonlyMap<string, Figures>>();
  for (const articles of sizes) {
    const folder = values.store ? join(values.store, String(articles)) : mkdtempSync(join(tmpdir(), 'barometer-store-'));
    try {
      found.set(articles, await measure(folder, { articles, sources: 325, topics: 8, days: 89, end: END }, values.only));
    } finally {
      if (!values.store) rmSync(folder, { recursive: true, force: true });
    }
  }
  print(found);
  if (values.json)
    writeFileSync(values.json, JSON.stringify(Object.fromEntries([...found].map(([size, routes]) => [size, Object.fromEntries(routes)])), undefined, 1));
}

async function measure(folder: string, filling: Filling, only: string): Promise<ReadonlyMap<string, Figures>> {
  mkdirSync(folder, { recursive: true });
  const settings = readSettings({ DATA_DIR: folder, RATE_LIMIT: '1000000' }, ROOT);
  if (!existsSync(join(folder, 'filled'))) {
    await withStore(settings, (container) => fillStore(container, filling, progressOf(filling.articles)));
    fillObservedHours(settings.storeFile, filling);
    writeFileSync(join(folder, 'filled'), '');
  }
  return withStore(settings, (container) => ask(container, settings, only));
}

async function withStore<T>(settings: Settings, work: (container: Container) => Promise<T>): Promise<T> {
  const stores = await openStores(settings, { readOnly: false, addressFile: join(settings.dataDirectory, 'address.txt') });
  await stores.prepare();
  const container = composeSystem({ settings, classifier: new KeywordClassifier(), stores, log: console.error });
  (await container.rebind(tokens.clock)).toConstantValue(new ManualClock(END - 1));
  try {
    return await work(container);
  } finally {
    stores.close();
  }
}

function progressOf(articles: number): (done: number) => void {
  const began = performance.now();
  let told = 0;
  return (done) => {
    if (done - told < articles / 20) return;
    told = done;
    console.error(`${done.toLocaleString('en')} of ${articles.toLocaleString('en')} articles, ${Math.round(done / ((performance.now() - began) / 1000))}/s`);
  };
}

async function ask(container: Container, settings: Settings, only: string): Promise<ReadonlyMap<string, Figures>> {
  const pipeline = {
    progress: () => ({
      startedAt: END,
      polled: 0,
      pollsFailed: 0,
      pollFailures: {},
      newArticles: 0,
      alertsOpened: 0,
      alertsClosed: 0,
      scored: 0,
      scoredPerSecond: 0,
      model: 'ready' as const,
    }),
  };
  const server = await serve({ system: { container }, pipeline, settings, version: 'bench', log: console.error });
  const figures = new Map<string, Figures>();
  try {
    for (const route of (await routes(server.address)).filter(({ name }) => name.includes(only)))
      figures.set(route.name, await time(server.address + route.path));
    if (only && only !== 'check') return figures;
    const check = performance.now();
    const discrepancies = await container.get(tokens.reportStore).check();
    const took = performance.now() - check;
    figures.set('barometer check', { p50: took, p99: took, heldUp: took, bytes: 0 });
    if (discrepancies.length > 0) throw new Error(`${discrepancies.length} counts differ from the articles`);
    console.error(`resident memory ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`);
  } finally {
    await server.close();
  }
  return figures;
}

/** Every GET route; those with a period at the lengths that cost most. */
async function routes(address: string): Promise<{ name: string; path: string }[]> {
  // The server of the previous size had the same address, so its closed connection may be tried first.
  await fetch(address).catch(() => undefined);
  const get = async (path: string) => (await (await fetch(`${address}/api/v1${path}`)).json()) as { items: { id: string }[]; stories: { id: string }[] };
  const [article] = (await get('/articles?limit=1')).items;
  const [story] = (await get('/stories?period=24h')).stories;
  const days = (count: number) => `from=${new Date(END - count * 24 * HOUR).toISOString()}&to=${new Date(END).toISOString()}`;
  const paths = [
    '/mood?period=24h',
    `/mood?${days(30)}`,
    '/timeline?period=24h',
    `/timeline?${days(90)}`,
    '/breakdown?by=topic&period=24h',
    '/breakdown?by=source&period=24h',
    '/breakdown?by=source&period=7d',
    `/breakdown?by=topic&${days(90)}`,
    `/breakdown?by=source&${days(90)}`,
    `/breakdown?by=source&topic=topic-1&${days(90)}`,
    '/drivers?period=24h',
    `/drivers?${days(30)}`,
    '/drivers?period=7d&against=usual',
    '/drivers?period=7d&topic=topic-1',
    '/stories?period=24h',
    '/stories?period=7d',
    `/stories?${days(90)}`,
    `/stories?order=weight&${days(90)}`,
    `/stories?topic=topic-1&${days(90)}`,
    `/stories?source=source-0&${days(90)}`,
    ...(story ? [`/stories/${story.id}`] : []),
    '/articles',
    '/articles?topic=topic-1',
    '/articles?source=source-0&label=positive',
    '/articles?q=budget',
    '/articles?q=the',
    '/articles?q=t',
    '/articles?q=Belava0',
    '/articles?q=the&label=positive&topic=topic-1',
    `/articles?q=budget&${days(90)}`,
    ...(article ? [`/articles/${article.id}`] : []),
    '/status',
    '/sources',
    '/topics',
  ];
  return paths.map((path) => ({
    name: path
      .replace(days(90), '90 days')
      .replace(days(30), '30 days')
      .replace(/\/[a-z2-7]{26}/, '/:id'),
    path: `/api/v1${path}`,
  }));
}

async function time(url: string): Promise<Figures> {
  const once = async () => {
    const begin = performance.now();
    const answer = await fetch(url);
    const { byteLength } = await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    return { ms: performance.now() - begin, bytes: byteLength };
  };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const first = await once();
  const times: number[] = [];
  let bytes = first.bytes;
  for (let round = 0; round < (first.ms > SLOW_MS ? 5 : ROUNDS); round += 1) {
    const one = await once();
    times.push(one.ms);
    bytes = one.bytes;
  }
  delay.disable();
  times.sort((one, other) => one - other);
  return { p50: times[Math.floor(times.length / 2)] ?? first.ms, p99: times.at(-1) ?? first.ms, heldUp: delay.max / 1e6, bytes };
}

function print(found: ReadonlyMap<number, ReadonlyMap<string, Figures>>): void {
  const sizes = [...found.keys()];
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  console.log(
    `Node ${process.versions.node}, ${process.platform} ${process.arch}; p50 / p99 / longest hold-up of the thread, in milliseconds, the first answer included in the last`,
  );
  console.log(`| route | ${sizes.map((size) => `${size.toLocaleString('en')} articles`).join(' | ')} | KB | p50, largest to smallest |`);
  console.log(`|---|${sizes.map(() => '---:|').join('')}---:|---:|`);
  for (const name of found.get(largest)?.keys() ?? []) {
    const at = (size: number) => found.get(size)?.get(name);
    const cells = sizes.map((size) => {
      const one = at(size);
      return one ? `${one.p50.toFixed(1)} / ${one.p99.toFixed(1)} / ${one.heldUp.toFixed(0)}` : '';
    });
    const ratio = (at(largest)?.p50 ?? 0) / (at(smallest)?.p50 ?? 1);
    console.log(`| ${name} | ${cells.join(' | ')} | ${((at(largest)?.bytes ?? 0) / 1000).toFixed(0)} | ${ratio.toFixed(1)} |`);
  }
}
