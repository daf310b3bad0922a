import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expectedRollups } from '@barometer/events/testing';
import { PollSources, type FeedDocument, type FeedItem } from '@barometer/ingestion';
import { FakeFetcher, FakeQueue, FakeReader } from '@barometer/ingestion/testing';
import { HOUR, ManualClock, systemClock } from '@barometer/kernel';
import { SqliteArticleStore, SqliteSourceStore, SqliteTopicCatalog } from '@barometer/ingestion-sqlite';
import { CheckInvariant } from '@barometer/reporting';
import { SqliteReportStore } from '@barometer/reporting-sqlite';
import { openDatabase, type SqliteDatabase } from '@barometer/storage-sqlite';
import { migrations, SqliteProbe } from '@barometer/storage-sqlite/testing';
import { barometer, spawnBarometer } from '../testing/barometer-process';
import { bundleChild, childOptions } from './testing/bundle-child';

const storesOf = (db: SqliteDatabase) => ({ sources: new SqliteSourceStore(db), articles: new SqliteArticleStore(db), topics: new SqliteTopicCatalog(db) });

type Listed = { readonly title: string; readonly link?: string; readonly guid?: string; readonly date?: string };
const fixtures = join(__dirname, '../../fixtures/stores');

const versions = globSync('*.db.gz', { cwd: fixtures })
  .map((file) => basename(file, '.db.gz'))
  .sort();
/** How many articles a version lost from the same feeds: 0.1.0 stored one of the three under one link. */
const lost: Readonly<Record<string, number>> = { '0.1.0': 2 };

it('stores of every released version are at hand', () => expect(versions).toEqual(expect.arrayContaining(['0.1.0', '0.2.0'])));

/** A store that a released version made, opened by this version ("npm run release:store"); `feeds` is what it had polled. */
describe.each(versions)('a store of version %s', (version) => {
  const { polledAt, feeds } = JSON.parse(readFileSync(join(fixtures, `${version}.json`), 'utf8')) as { polledAt: string; feeds: Record<string, Listed[]> };
  const folder = mkdtempSync(join(tmpdir(), 'barometer-upgrade-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let copies = 0;

  function copied(): string {
    const path = join(folder, `store-${(copies += 1)}.db`);
    writeFileSync(path, gunzipSync(readFileSync(join(fixtures, `${version}.db.gz`))));
    return path;
  }

  function open() {
    const db = openDatabase(copied());
    return { db, stores: storesOf(db), probe: new SqliteProbe(db) };
  }

  /** Polls all sources once more, with each link as `change` makes it. */
  async function pollAgain(stores: ReturnType<typeof storesOf>, change: (link: string) => string = (link) => link) {
    const clock = new ManualClock(Date.parse(polledAt) + 2 * HOUR);
    const answers = Object.fromEntries(
      (await stores.sources.list()).map(({ id, url }): [string, Partial<FeedDocument>] => [
        url,
        {
          language: 'en',
          homepage: 'https://fixture.example/',
          items: (feeds[id] ?? []).map(
            ({ link, date, ...rest }): FeedItem => ({
              ...rest,
              ...(link !== undefined && { link: change(link) }),
              ...(date !== undefined && { publishedAt: Date.parse(date) }),
            }),
          ),
        },
      ]),
    );
    const poll = new PollSources({
      ...stores,
      fetcher: new FakeFetcher(answers),
      reader: new FakeReader(),
      queue: new FakeQueue(),
      clock,
      detectLanguage: () => 'en',
      random: () => 0,
    });
    return poll.execute({ concurrency: 1 });
  }

  it('keeps every article and every count', async () => {
    const { db, probe } = open();
    const articles = await probe.articles();
    expect(articles.filter(({ state }) => state === 'pending' || state === 'failed')).toEqual([]);
    expect(articles.length).toBeGreaterThan(30);
    expect(await probe.rollups()).toEqual(expectedRollups(articles));
    // Its words were indexed again.
    expect(db.all('SELECT rowid FROM article_words WHERE article_words MATCH ?', '"praises"*')).toHaveLength(6);
    db.close();
  });

  it('turns the field of a source into its group', async () => {
    const { db, stores } = open();
    const raw = db.all<{ body: string }>('SELECT body FROM sources').map(({ body }) => JSON.parse(body) as { id: string; field?: string; groups?: string[] });
    const expected = Object.fromEntries(raw.map(({ id, field, groups }) => [id, field === undefined ? groups : [field]]));
    expect(Object.fromEntries((await stores.sources.list()).map(({ id, groups }) => [id, groups]))).toEqual(expected);
    expect(raw.some(({ field, groups }) => field !== undefined || groups !== undefined)).toBe(true);
    db.close();
  });

  it.each<[string, (link: string) => string]>([
    ['as before', (link) => link],
    ['by https', (link) => link.replace('http:', 'https:')],
  ])('counts nothing twice when its feeds list the same again, %s', async (_how, change) => {
    const { db, stores, probe } = open();
    const before = await probe.articles();
    expect(await pollAgain(stores, change)).toMatchObject({ polled: 5, failed: 0, newArticles: lost[version] ?? 0, linked: 0 });
    expect(await pollAgain(stores, change)).toMatchObject({ newArticles: 0 });
    const after = await probe.articles();
    expect(after).toHaveLength(before.length + (lost[version] ?? 0));
    expect(
      after.filter(({ id }) => before.some((one) => one.id === id)).map(({ id, sentiment, sourceIds, hour }) => ({ id, sentiment, sourceIds, hour })),
    ).toEqual(before.map(({ id, sentiment, sourceIds, hour }) => ({ id, sentiment, sourceIds, hour })));
    expect(await probe.rollups()).toEqual(expectedRollups(after));
    db.close();
  });

  describe('whose upgrade is killed', () => {
    const KILLS = 12;
    let child: string;
    beforeAll(() => (child = bundleChild('upgrade-and-die', folder)));

    /** Runs the child to its end. @returns what it said, and how it ended */
    async function upgrade(path: string, { step, killAfter }: { readonly step?: number; readonly killAfter?: number } = {}) {
      const started = spawn(process.execPath, ['--no-warnings', child, path, ...(step === undefined ? [] : [String(step)])], {
        ...childOptions,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      started.stdout.on('data', (text: Buffer) => (said += text.toString()));
      const begun = once(started.stdout, 'data').then(() => performance.now());
      const ended = once(started, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
      if (killAfter !== undefined) {
        await begun;
        await sleep(killAfter);
        started.kill('SIGKILL');
      }
      const [code, signal] = await ended;
      return { said, code, signal, took: performance.now() - (await begun) };
    }

    it('in the middle of any step is upgraded by the next start, with nothing lost or counted again', async () => {
      const path = copied();
      const before = contentsOf(path);
      for (let step = versionOf(path) + 1; step <= migrations.length; step += 1) {
        expect(await upgrade(path, { step })).toMatchObject({ said: 'begins\n', signal: 'SIGKILL' });
        expect(versionOf(path)).toBe(step - 1);
      }
      expect(await upgrade(path)).toMatchObject({ said: 'begins\nupgraded\n', code: 0 });
      await expectWhole(path, before);
    }, 120_000);

    // One in each twelfth of the time that an upgrade takes: drawn from the whole of it, nearly all of them could fall close together.
    it(`at ${KILLS} random moments is upgraded by the next start, with nothing lost or counted again`, async () => {
      const whole = copied();
      const before = contentsOf(whole);
      const { took } = await upgrade(copyOf(whole));
      const moments = fc.sample(fc.nat({ max: 999 }), KILLS).map((part, round) => ((round + part / 1_000) / KILLS) * took);
      const found: number[] = [];
      for (const moment of moments) {
        const path = copyOf(whole);
        await upgrade(path, { killAfter: moment });
        found.push(versionOf(path));
        expect(await upgrade(path)).toMatchObject({ said: 'begins\nupgraded\n', code: 0 });
        await expectWhole(path, before);
      }
      console.log(`${version}: kills left schema versions ${found.join(', ')}`);
    }, 120_000);

    it('as whole processes, while the first start begins to poll, is whole and checks', async () => {
      const data = join(folder, 'data');
      mkdirSync(data);
      const environment = { DATA_DIR: data, PORT: String(20_000 + (process.pid % 12_000)) };
      const path = join(data, 'barometer.db');
      copyFileSync(copied(), path);
      const before = contentsOf(path);
      for (const moment of fc.sample(fc.integer({ min: 150, max: 1_500 }), 4)) {
        const { child: up, ended } = spawnBarometer(environment);
        await sleep(moment);
        up.kill('SIGKILL');
        await ended;
      }
      // Its feeds are gone: the poll finds nothing and ends, but it has upgraded the store.
      barometer(['poll'], environment);
      expect(barometer(['check'], environment)).toMatchObject({ status: 0, stdout: 'every count agrees with the articles\n' });
      await expectWhole(path, before);
    }, 180_000);
  });

  function copyOf(path: string): string {
    const copy = join(folder, `store-${(copies += 1)}.db`);
    copyFileSync(path, copy);
    return copy;
  }
});

/** Everything in a store that an upgrade must not change, in columns that every version has. */
function contentsOf(path: string): Record<string, unknown[]> {
  const db = new DatabaseSync(path);
  try {
    const all = (sql: string) =>
      db
        .prepare(sql)
        .all()
        .map((row) => ({ ...row }));
    return {
      articles: all('SELECT id, url, title, summary, published_at, hour, state, label, tone, confidence, model_revision FROM articles ORDER BY id'),
      sources: all('SELECT id, url, name FROM sources ORDER BY id'),
      listed: all('SELECT article_id, source_id, position FROM article_sources ORDER BY article_id, source_id'),
      topics: all('SELECT id, name FROM topics ORDER BY id'),
      ofTopics: all('SELECT article_id, topic_id FROM article_topics ORDER BY article_id, topic_id'),
      rollups: all(
        "SELECT scope, hour, negative, neutral, positive, tone_sum, tone_squares FROM rollups WHERE scope NOT BETWEEN 'y:' AND 'y;' ORDER BY scope, hour",
      ),
      keys: all('SELECT id, name, role, digest FROM access_keys ORDER BY id'),
    };
  } finally {
    db.close();
  }
}

function versionOf(path: string): number {
  const db = new DatabaseSync(path);
  try {
    return Number((db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version);
  } finally {
    db.close();
  }
}

async function expectWhole(path: string, before: Record<string, unknown[]>): Promise<void> {
  expect([versionOf(path), contentsOf(path)]).toEqual([migrations.length, before]);
  const db = openDatabase(path);
  try {
    expect(db.get('PRAGMA integrity_check')).toMatchObject({ integrity_check: 'ok' });
    expect((await new CheckInvariant({ reports: new SqliteReportStore(db, systemClock), clock: systemClock }).execute()).discrepancies).toEqual([]);
  } finally {
    db.close();
  }
}
