import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { barometer, spawnBarometer, startBarometer } from './testing/barometer-process';
import { startFeedServer, type FeedEntry, type FeedServer } from './testing/feed-server';
import { untilScored } from './testing/until-scored';

const KILLS = 20;
const FEEDS = 40;
const ITEMS = 20;

/** Every third item is in two feeds: it is one article. */
const articleOf = (feed: number, item: number) => (item % 3 === 0 ? `shared/${Math.floor(feed / 2)}/${item}` : `own/${feed}/${item}`);

const words = ['rescue', 'storm', 'council', 'record', 'strike', 'harvest', 'court', 'festival', 'recall', 'bridge'];

// The moments come from the seed of the property tests: the same in every test run, different ones in `npm run fuzz`.
describe('killed at random moments', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-kill-'));
  const environment = { DATA_DIR: join(folder, 'data'), SOURCES_FILE: join(folder, 'sources.yaml'), PORT: String(20_000 + (process.pid % 12_000)) };
  const links = new Set<string>();
  let server: FeedServer;

  beforeAll(async () => {
    const feeds = new Map<string, FeedEntry[]>();
    for (let feed = 0; feed < FEEDS; feed += 1)
      feeds.set(
        `/feed-${feed}.xml`,
        Array.from({ length: ITEMS }, (_, item) => entry(feed, item)),
      );
    server = await startFeedServer(feeds, 30);
    const sources = [...feeds.keys()].map((path, index) => ({
      id: `feed-${index}`,
      name: `Feed ${index}`,
      url: `http://127.0.0.${1 + (index % 5)}:${server.port}${path}`,
      homepage: 'https://example.org/',
      language: 'en',
      groups: ['test'],
    }));
    // JSON is valid YAML.
    writeFileSync(environment.SOURCES_FILE, JSON.stringify({ sources }));
  });

  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function entry(feed: number, item: number): FeedEntry {
    const link = `https://news.example/${articleOf(feed, item)}`;
    links.add(link);
    return {
      title: `A ${words[item % words.length]} in district ${feed % 7} makes day ${item} hard to forget`,
      link,
      published: new Date(Date.now() - (feed * 37 + item * 61) * 60_000),
    };
  }

  it(`loses nothing and counts nothing twice in ${KILLS} kills`, async () => {
    // From the first moments of a start to well into polling and scoring.
    const moments = fc.sample(fc.integer({ min: 200, max: 2_500 }), KILLS);
    for (const moment of moments) {
      const { child, ended } = spawnBarometer(environment);
      await new Promise((resolve) => setTimeout(resolve, moment));
      child.kill('SIGKILL');
      await ended;
      const check = barometer(['check'], environment);
      expect({ ...check, moments }).toMatchObject({ status: 0 });
    }

    const last = await startBarometer(environment);
    await untilScored(last.address, links.size);
    expect(await last.end('SIGINT')).toBe(0);

    const articles = barometer(['export', 'articles', '--format', 'jsonl'], environment)
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { url: string; state: string });
    expect(articles.filter(({ state }) => state !== 'scored')).toEqual([]);
    expect(articles.map(({ url }) => url).sort()).toEqual([...links].sort());
    expect(barometer(['check'], environment)).toMatchObject({ status: 0 });
  }, 600_000);
});
