import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedDocument, FetchError, ReadError } from '@barometer/ingestion';
import { err, type Result, systemClock } from '@barometer/kernel';
import { decode } from 'html-entities';
import { FeedsmithFeedReader, HttpFeedFetcher } from './index';
import { type LocalServer, startServer } from './testing/local-server';
import { isLoopback, type NetworkRecord, recordNetwork } from './testing/network-record';

interface Listed {
  readonly file: string;
  readonly kind: string;
  readonly items: number;
  readonly flags?: readonly string[];
  readonly error?: string;
  readonly first?: readonly [string, string, string | null];
}

const FIXTURES = join(__dirname, '../fixtures');
const CORPUS = process.env['BAROMETER_FEEDS'] ?? join(__dirname, '../../../../../shared/data/feeds');
const load = <T>(folder: string, file: string): T => JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
const expectations = load<{ compressed: Record<string, number>; documents: { file: string; items: string[] }[] }>(FIXTURES, 'corpus-expectations.json');

let folder: string;
let server: LocalServer;
let network: NetworkRecord;
const fetcher = new HttpFeedFetcher({ allowPrivate: true, clock: systemClock });
const reader = new FeedsmithFeedReader();

/** Fetches by name, so that the resolver is used too, and reads the document. */
async function read(file: string): Promise<Result<FeedDocument, FetchError | ReadError>> {
  const fetched = await fetcher.fetch({ url: `http://localhost:${server.port}/${file}` });
  if (!fetched.ok) return fetched;
  return fetched.value.kind === 'document' ? reader.read(fetched.value) : err({ code: 'network', message: 'nothing new' });
}

const errorCode = (result: Result<unknown, { code: string; message: string }>): string | undefined => (result.ok ? undefined : result.error.code);

beforeAll(async () => {
  network = recordNetwork();
  server = await startServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(readFileSync(join(folder, decodeURIComponent(request.url ?? ''))));
  });
});

afterAll(async () => {
  await fetcher.close();
  await server.close();
  network.restore();
});

afterEach(() => {
  expect(network.hosts.length).toBeGreaterThan(0);
  expect(network.hosts.filter((host) => !isLoopback(host))).toEqual([]);
});

describe('the project’s own documents', () => {
  beforeAll(() => void (folder = FIXTURES));

  it.each(load<Listed[]>(FIXTURES, 'index.json'))('$file gives $items items or the error it should', async (listed) => {
    const result = await read(listed.file);
    expect(errorCode(result)).toBe(listed.error);
    if (!result.ok) return;
    expect([result.value.format.replace('-', ''), result.value.items.length]).toEqual([listed.kind, listed.items]);
    const [item] = result.value.items;
    if (listed.first === undefined) return;
    const date = item?.publishedAt === undefined ? null : item.publishedAt;
    expect([item?.title, item?.link, date]).toEqual([
      listed.first[0],
      listed.first[1].replace('BASE', `http://localhost:${server.port}`),
      listed.first[2] === null ? null : Date.parse(listed.first[2]),
    ]);
  });
});

const present = existsSync(join(CORPUS, 'index.json'));
if (!present) console.warn(`No feed corpus at ${CORPUS}: only the project's own documents are read.`);

(present ? describe : describe.skip)('the feed corpus', () => {
  const index = present ? load<Listed[]>(CORPUS, 'index.json') : [];

  beforeAll(() => void (folder = CORPUS));

  it('gives every document’s items or a typed error, in time and in little memory', async () => {
    const wrong: string[] = [];
    let slowest = { file: '', ms: 0 };
    let mostMemory = 0;
    const memory = process.memoryUsage.rss();
    for (const listed of index) {
      const started = performance.now();
      const result = await read(listed.file);
      const ms = Math.round(performance.now() - started);
      if (ms > slowest.ms) slowest = { file: listed.file, ms };
      mostMemory = Math.max(mostMemory, process.memoryUsage.rss() - memory);
      const problem = disagreement(listed, result);
      if (problem !== undefined) wrong.push(`${listed.file}: ${problem}`);
    }
    console.info(`${index.length} documents; slowest ${slowest.file} in ${slowest.ms} ms; memory grew by at most ${Math.round(mostMemory / 2 ** 20)} MiB`);
    expect(wrong).toEqual([]);
    expect(slowest.ms).toBeLessThan(2_000);
    expect(mostMemory).toBeLessThan(300 * 2 ** 20);
  }, 120_000);

  it.each(expectations.documents)('$file has the titles, links and dates that another parser reads', async ({ file, items }) => {
    const result = await read(file);
    const found = result.ok ? result.value.items : [];
    expect(found).toHaveLength(items.length);
    expect(found.filter((item, place) => digest(item) !== items[place])).toEqual([]);
  });

  it('leaves the entity bomb and the external entity unexpanded', async () => {
    const bomb = await read('rome/a074224a-billion-laughs.xml');
    const external = await read('rome/cdf5a414-xxe-file.xml');
    expect(JSON.stringify(bomb)).not.toContain('lollol');
    expect(external).toMatchObject({ ok: true, value: { items: [{ title: 'Hello &xxe;' }] } });
  });
});

function disagreement({ file, kind, items }: Listed, result: Result<FeedDocument, FetchError | ReadError>): string | undefined {
  const unreadable = kind === 'other' || kind === 'html';
  // The index counts nothing in the two gzip files, which were not unpacked for it.
  const wanted = expectations.compressed[file] ?? (unreadable ? undefined : items);
  if (wanted === undefined) return result.ok ? 'should not be readable' : undefined;
  if (!result.ok) return `${result.error.code}: ${result.error.message}`;
  if (!unreadable && result.value.format.replace('-', '') !== kind) return `read as ${result.value.format}, not ${kind}`;
  return result.value.items.length === wanted ? undefined : `${result.value.items.length} items, not ${wanted}`;
}

function digest({ title = '', link = '', publishedAt }: FeedDocument['items'][number]): string {
  const words = decode(title).replace(/\s+/g, ' ').trim();
  const date = publishedAt === undefined ? '' : new Date(publishedAt).toISOString().replace(/\.\d+Z/, 'Z');
  const path = link.replace(`http://localhost:${server.port}`, '');
  return createHash('sha256').update([words, path, date].join('\n')).digest('hex').slice(0, 12);
}
