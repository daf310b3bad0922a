import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, ManualClock } from '@barometer/kernel';
import * as threads from '@barometer/kernel/thread';
import { NOW, seed } from '@barometer/reporting/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { storiesInThread } from './check-thread';
import { SqliteReportStore } from './sqlite-report-store';
import { reportFixture } from './testing/seed';

jest.mock('@barometer/kernel/thread', () => {
  const real = jest.requireActual<typeof threads>('@barometer/kernel/thread');
  return { ...real, startThread: jest.fn(real.startThread) };
});

const gas = { topicId: 'gas', version: 1 };
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** The same store checked in one thread and in two, and a file that a thread cannot run. */
function begin() {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-check-'));
  folders.push(folder);
  const path = join(folder, 'store.db');
  const db = openDatabase(path);
  const { articles } = reportFixture(new ManualClock(NOW), db.retention, db);
  const first = seed(0, { tone: 0.5, topics: [gas] });
  articles([
    first,
    seed(1, { tone: -0.5, joinedStory: first.id, topics: [gas] }),
    seed(2, { tone: 0.25, joinedStory: first.id, sourceIds: ['wire', 'post'] }),
    seed(3, { publishedAt: NOW - 3 * DAY }),
  ]);
  const store = (compareStories = storiesInThread(path)) => new SqliteReportStore(db, new ManualClock(NOW), compareStories);
  const alone = new SqliteReportStore(db, new ManualClock(NOW));
  const spoilAll = () => {
    db.run("UPDATE rollups SET positive = positive + 1 WHERE scope = 'all'");
    db.run("UPDATE daily_rollups SET neutral = neutral + 1 WHERE scope = 's:wire'");
    db.run("DELETE FROM daily_rollups WHERE scope = 's:post'");
    db.run("INSERT INTO daily_rollups VALUES ('s:nobody', 20000, 1, 0, 0, 0, 0)");
    db.run('UPDATE story_totals SET articles = articles + 1');
  };
  return { db, path, folder, store, alone, spoilAll };
}

beforeEach(() => jest.mocked(threads.startThread).mockClear());

describe('a check with a thread for the stories', () => {
  it('finds the same as one thread, in the same order, for a fault of each kind', async () => {
    const { db, store, alone, spoilAll } = begin();
    expect([await store().check(), await alone.check()]).toEqual([[], []]);
    spoilAll();
    const found = await store().check();
    expect(found).toEqual(await alone.check());
    expect(new Set(found.map(({ of }) => of))).toEqual(new Set([undefined, 'day', 'story']));
    expect(found.filter(({ of }) => of === 'day').map(({ scope }) => scope)).toEqual(expect.arrayContaining(['s:wire', 's:post', 's:nobody']));
    expect(threads.startThread).toHaveBeenCalledTimes(2);
    expect(await store().repair()).toBe(found.length);
    expect(await store().check()).toEqual([]);
    expect(db.all("SELECT * FROM daily_rollups WHERE scope = 's:nobody'")).toEqual([]);
    db.close();
  }, 30_000);

  it('is over when it answers, so that the store can be written', async () => {
    const { db, path, store, spoilAll } = begin();
    spoilAll();
    await store().check();
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const again = openDatabase(path);
    again.exec('PRAGMA journal_mode = DELETE');
    again.close();
  }, 30_000);

  it.each([
    ['cannot start', 'throw new Error("no")'],
    ['dies', 'process.exit(3)'],
    ['ends without an answer', ''],
  ])(
    'compares them itself if the thread %s',
    async (_name, script) => {
      const { db, folder, store, alone, spoilAll } = begin();
      spoilAll();
      const entry = join(folder, 'broken.cjs');
      writeFileSync(entry, script);
      const real = jest.requireActual<typeof threads>('@barometer/kernel/thread');
      jest.mocked(threads.startThread).mockImplementationOnce(() => real.startThread(new URL(`file://${entry}`), ''));
      const found = await store().check();
      expect(found).toEqual(await alone.check());
      expect(found.some(({ of }) => of === 'story')).toBe(true);
      db.close();
    },
    30_000,
  );

  it('ends with its thread when it is stopped', async () => {
    const { db, store } = begin();
    const stop = new AbortController();
    const checking = store().check(stop.signal);
    stop.abort(new Error('stopped'));
    await expect(checking).rejects.toThrow('stopped');
    await expect(store().check(stop.signal)).rejects.toThrow('stopped');
    expect(threads.startThread).toHaveBeenCalledTimes(1);
    db.close();
  }, 30_000);

  it('has none for a store in memory', () => expect(storiesInThread(':memory:')).toBeUndefined());
});
