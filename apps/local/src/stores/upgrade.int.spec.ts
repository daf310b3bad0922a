import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expectedRollups } from '@barometer/events/testing';
import { PollSources, type FeedDocument, type FeedItem } from '@barometer/ingestion';
import { FakeFetcher, FakeQueue, FakeReader } from '@barometer/ingestion/testing';
import { HOUR, ManualClock } from '@barometer/kernel';
import { SqliteArticleStore, SqliteSourceStore, SqliteTopicCatalog } from '@barometer/ingestion-sqlite';
import { openDatabase, type SqliteDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';

const storesOf = (db: SqliteDatabase) => ({ sources: new SqliteSourceStore(db), articles: new SqliteArticleStore(db), topics: new SqliteTopicCatalog(db) });

type Listed = { readonly title: string; readonly link?: string; readonly guid?: string; readonly date?: string };
const fixtures = join(__dirname, '../../fixtures/stores');

/** A store that a released version made, as this version finds it; `feeds` is what it had polled. */
describe.each(['0.1.0'])('a store of version %s', (version) => {
  const { polledAt, feeds } = JSON.parse(readFileSync(join(fixtures, `${version}.json`), 'utf8')) as { polledAt: string; feeds: Record<string, Listed[]> };
  const folder = mkdtempSync(join(tmpdir(), 'barometer-upgrade-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let copies = 0;

  function open() {
    const path = join(folder, `store-${(copies += 1)}.db`);
    writeFileSync(path, gunzipSync(readFileSync(join(fixtures, `${version}.db.gz`))));
    const db = openDatabase(path);
    return { db, stores: storesOf(db), probe: new SqliteProbe(db) };
  }

  /** Polls all sources once more, with each link as `change` makes it. */
  async function pollAgain(stores: ReturnType<typeof storesOf>, change: (link: string) => string = (link) => link) {
    const clock = new ManualClock(Date.parse(polledAt) + 2 * HOUR);
    const answers = Object.fromEntries((await stores.sources.list()).map(({ id, url }): [string, Partial<FeedDocument>] => [url, {
      language: 'en', homepage: 'https://fixture.example/',
      items: (feeds[id] ?? []).map(({ link, date, ...rest }): FeedItem => ({ ...rest, ...(link !== undefined && { link: change(link) }), ...(date !== undefined && { publishedAt: Date.parse(date) }) })),
    }]));
    const poll = new PollSources({ ...stores, fetcher: new FakeFetcher(answers), reader: new FakeReader(), queue: new FakeQueue(), clock, detectLanguage: () => 'en', random: () => 0 });
    return poll.execute({ concurrency: 1 });
  }

  it('keeps every article and every count', async () => {
    const { db, probe } = open();
    const articles = await probe.articles();
    expect(articles.filter(({ state }) => state === 'scored')).toHaveLength(articles.length);
    expect(await probe.rollups()).toEqual(expectedRollups(articles));
    // Its words were indexed again.
    expect(db.all('SELECT rowid FROM article_words WHERE article_words MATCH ?', '"praises"*')).toHaveLength(6);
    db.close();
  });

  it.each<[string, (link: string) => string]>([
    ['as before', (link) => link],
    ['by https', (link) => link.replace('http:', 'https:')],
  ])('counts nothing twice when its feeds list the same again, %s', async (_how, change) => {
    const { db, stores, probe } = open();
    const before = await probe.articles();
    // Version 0.1 had one article of the three under one link; the other two, lost until now, come.
    expect(await pollAgain(stores, change)).toMatchObject({ polled: 4, failed: 0, newArticles: 2, linked: 0 });
    expect(await pollAgain(stores, change)).toMatchObject({ newArticles: 0 });
    const after = await probe.articles();
    expect(after).toHaveLength(before.length + 2);
    expect(after.filter(({ id }) => before.some((one) => one.id === id)).map(({ id, sentiment, sourceIds, hour }) => ({ id, sentiment, sourceIds, hour })))
      .toEqual(before.map(({ id, sentiment, sourceIds, hour }) => ({ id, sentiment, sourceIds, hour })));
    expect(await probe.rollups()).toEqual(expectedRollups(after));
    db.close();
  });
});
