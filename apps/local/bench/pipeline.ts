// npm run bench:pipeline -- [--sources N] [--items N]: articles scored a second when nothing else is done, and while all sources are polled.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { systemClock } from '@barometer/kernel';
import { Pipeline } from '@barometer/pipeline';
import { readSettings } from '../src/config';
import { createLocalContext, type LocalSystem } from '../src/local-context';
import { tokens } from '../src/tokens';

const ROOT = join(__dirname, '..', '..', '..');
const CONCURRENCY = 6;
const LOOK_MS = 50;

/** Serves a feed at each path, with headlines that no other feed has, from a separate thread. */
const FEEDS = `
const { parentPort, workerData } = require('node:worker_threads');
const words = 'minister court police bank hospital union company army school council warns approves rejects reports delays celebrates denies opens budget strike flood deal harvest fire merger protest vaccine railway election festival storm inquiry'.split(' ');
require('node:http').createServer((request, response) => {
  const source = Number(request.url.slice(1));
  const items = Array.from({ length: workerData.items }, (_, item) => {
    const number = source * workerData.items + item;
    const title = Array.from({ length: 9 }, (_, place) => words[(number * (place * 7 + 3) + place * place * 5 + (number >> place)) % words.length]).join(' ') + ' in ' + number.toString(36);
    return '<item><title>' + title + '</title><link>http://feeds.example/' + number + '</link><guid isPermaLink="false">' + number + '</guid><pubDate>' + new Date(workerData.now - item * 60000).toUTCString() + '</pubDate></item>';
  });
  response.setHeader('content-type', 'application/rss+xml');
  response.end('<rss version="2.0"><channel><title>Feed ' + source + '</title><language>en</language>' + items.join('') + '</channel></rss>');
}).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });`;

interface Rates {
  readonly scored: number;
  readonly polled: number;
  /** The longest time for which the thread could serve no other request, in milliseconds. */
  readonly heldUp: number;
}

export async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { sources: { type: 'string', default: '600' }, items: { type: 'string', default: '20' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log('npm run bench:pipeline -- [--sources N (600)] [--items N (20, of each feed)]');
  const [sources, items] = [Number(values.sources), Number(values.items)];
  if (![sources, items].every((count) => Number.isInteger(count) && count > 0)) throw new Error('--sources and --items must be whole numbers from 1');
  const feeds = new Worker(FEEDS, { eval: true, workerData: { items, now: Date.now() } });
  const port = await new Promise<number>((resolve, reject) => feeds.once('message', resolve).once('error', reject));
  try {
    const alone = await onStore(sources, port, async (system) => {
      await system.pollSources.execute({ concurrency: CONCURRENCY });
      return run(system, ({ scored }) => scored === sources * items);
    });
    const beside = await onStore(sources, port, async (system) => run(system, ({ polled }) => polled === sources));
    console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}; ${sources} sources of ${items} items`);
    console.log(`scoring alone: ${Math.round(alone.scored)} articles/s; the thread held up for ${Math.round(alone.heldUp)} ms at most`);
    console.log(
      `while ${Math.round(beside.polled)} sources/s are polled: ${Math.round(beside.scored)} articles/s, ${(beside.scored / alone.scored).toFixed(2)} of that; held up for ${Math.round(beside.heldUp)} ms at most`,
    );
    console.log(`resident memory ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`);
  } finally {
    await feeds.terminate();
  }
}

async function onStore<T>(sources: number, port: number, work: (system: LocalSystem) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-pipeline-'));
  const settings = readSettings({ DATA_DIR: folder, ALLOW_PRIVATE_SOURCES: '1' }, ROOT);
  const system = (await createLocalContext({ settings, version: 'bench', stop: new AbortController().signal }).openSystem()) as LocalSystem;
  try {
    await system.classifier.ready();
    await system.container.get(tokens.sourceStore).addAll(
      Array.from({ length: sources }, (_, index) => ({
        id: `source-${index}`,
        kind: 'feed' as const,
        url: `http://127.0.0.1:${port}/${index}`,
        name: `Source ${index}`,
        homepage: `http://127.0.0.1:${port}/`,
        intervalMinutes: 60,
        paused: false,
        addedAt: Date.now(),
        health: { status: 'never' as const, nextPollAt: Date.now(), failures: 0, polls: 0, articles: 0, bytesSaved: 0, lastBytes: 0 },
      })),
    );
    return await work(system);
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the pipeline until `isFar` accepts its progress. */
async function run(system: LocalSystem, isFar: (progress: { scored: number; polled: number }) => boolean): Promise<Rates> {
  const pipeline = new Pipeline({
    system: { ...system, seed: async () => ({ sources: 0, topics: 0 }) },
    clock: systemClock,
    concurrency: CONCURRENCY,
    log: console.error,
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const began = performance.now();
  delay.enable();
  const ended = pipeline.start();
  while (!isFar(pipeline.progress())) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const [seconds, { scored, polled }] = [(performance.now() - began) / 1000, pipeline.progress()];
  delay.disable();
  await pipeline.stop();
  await ended;
  return { scored: scored / seconds, polled: polled / seconds, heldUp: delay.max / 1e6 };
}
