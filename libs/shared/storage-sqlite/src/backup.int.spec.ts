import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { backUpStore, restoreStore } from './backup';
import { openDatabase } from './index';
import type { SqliteDatabase } from './sqlite-database';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'barometer-backup-'));
  path = join(folder, 'store.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const addTopic = (db: SqliteDatabase, id: string, more = '') =>
  db.transaction(() => db.run('INSERT INTO topics (id, name, version, created_at, changed_at) VALUES (?, ?, 1, 0, 0)', id, id + more));
const topicsOf = (file: string) => {
  const db = openDatabase(file, { readOnly: true });
  try {
    return db.all<{ id: string }>('SELECT id FROM topics ORDER BY id').map(({ id }) => id);
  } finally {
    db.close();
  }
};
function storeWith(...topics: string[]): void {
  const db = openDatabase(path);
  for (const topic of topics) addTopic(db, topic);
  db.close();
}

describe('a back-up', () => {
  it('is made while Barometer writes, and holds the state at which it began', async () => {
    const db = openDatabase(path);
    for (let at = 0; at < 60; at += 1) addTopic(db, `before-${at}`, 'x'.repeat(200_000));
    let steps = 0;
    const copy = await backUpStore(path, join(folder, 'copy.db'), {
      onProgress: (done, total) => {
        expect(done).toBeLessThanOrEqual(total);
        addTopic(db, `during-${(steps += 1)}`);
      },
    });
    expect(steps).toBeGreaterThan(1);
    expect(copy).toMatchObject({ articles: 0, sources: 0, bytes: expect.any(Number) });
    expect(topicsOf(join(folder, 'copy.db')).filter((id) => id.startsWith('before'))).toHaveLength(60);
    expect(topicsOf(join(folder, 'copy.db')).filter((id) => id.startsWith('during'))).toEqual([]);
    expect(topicsOf(path)).toHaveLength(60 + steps);
    db.close();
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  });

  it('is one file that can be opened alone, with the contents of the log', async () => {
    const db = openDatabase(path);
    addTopic(db, 'in-the-log');
    await backUpStore(path, join(folder, 'copy.db'));
    db.close();
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere/moved.db'), readFileSync(join(folder, 'copy.db')));
    expect(topicsOf(join(folder, 'elsewhere/moved.db'))).toEqual(['in-the-log']);
  });

  it('replaces an older one only if asked to', async () => {
    storeWith('a');
    const target = join(folder, 'copy.db');
    await backUpStore(path, target);
    await expect(backUpStore(path, target)).rejects.toThrow('copy.db is there already; --overwrite replaces it.');
    storeWith('b');
    await backUpStore(path, target, { overwrite: true });
    expect(topicsOf(target)).toEqual(['a', 'b']);
  });

  it('can be stopped without leaving anything behind', async () => {
    storeWith('a');
    const stop = new AbortController();
    await expect(backUpStore(path, join(folder, 'copy.db'), { signal: stop.signal, onProgress: () => stop.abort(new Error('stopped')) })).rejects.toThrow(
      'stopped',
    );
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it.each<[string, () => [string, string], string]>([
    ['goes onto the store itself', () => [path, path], 'is the store itself'],
    ['goes onto the log of the store', () => [path, `${path}-wal`], 'belongs to the store itself'],
    ['goes onto the lock of the store', () => [path, join(folder, '.', 'store.db.lock')], 'belongs to the store itself'],
    ['goes onto a link to the store', () => (symlinkSync(path, join(folder, 'link.db')), [path, join(folder, 'link.db')]), 'is the store itself'],
    ['goes to a folder', () => [path, folder], 'is a folder: name a file in it'],
    ['is of a file that is not there', () => [join(folder, 'none.db'), join(folder, 'c.db')], 'There is no file'],
    ['goes to a folder that is not there', () => [path, join(folder, 'none/c.db')], 'none/c.db cannot be opened'],
    [
      'is of a text',
      () => (writeFileSync(join(folder, 'text.db'), 'x'.repeat(5000)), [join(folder, 'text.db'), join(folder, 'c.db')]),
      'text.db is not a store of Barometer',
    ],
    [
      'is of another program’s database',
      () => {
        const other = new DatabaseSync(join(folder, 'other.db'));
        other.exec('CREATE TABLE articles (id TEXT); PRAGMA user_version = 3');
        other.close();
        return [join(folder, 'other.db'), join(folder, 'c.db')];
      },
      'other.db is not a store of Barometer',
    ],
  ])('that %s is refused in a sentence', async (_what, places, words) => {
    storeWith('a');
    const [from, to] = places();
    await expect(backUpStore(from, to, { overwrite: true })).rejects.toThrow(words);
    expect(existsSync(join(folder, 'c.db'))).toBe(false);
    expect(topicsOf(path)).toEqual(['a']);
  });
});

describe('restoring', () => {
  const copy = () => join(folder, 'copy.db');
  async function backedUp(...topics: string[]): Promise<void> {
    storeWith(...topics);
    await backUpStore(path, copy());
  }

  it('replaces the store with the copy, and keeps the old store', async () => {
    await backedUp('a');
    storeWith('b');
    const restored = await restoreStore(copy(), path, { now: new Date('2026-11-27T10:00:00.500Z') });
    expect(restored).toMatchObject({ replaced: `${path}.replaced-2026-11-27T10-00-00Z` });
    expect(topicsOf(path)).toEqual(['a']);
    expect(topicsOf(`${path}.replaced-2026-11-27T10-00-00Z`)).toEqual(['a', 'b']);
    expect(topicsOf(copy())).toEqual(['a']);
    const again = await restoreStore(copy(), path, { now: new Date('2026-11-27T10:00:00.900Z') });
    expect(again.replaced).toBe(`${path}.replaced-2026-11-27T10-00-00Z-2`);
    storeWith('c');
    expect(topicsOf(path)).toEqual(['a', 'c']);
  });

  it('works if there is no store yet', async () => {
    await backedUp('a');
    rmSync(path);
    expect(await restoreStore(copy(), path)).not.toHaveProperty('replaced');
    expect(topicsOf(path)).toEqual(['a']);
  });

  it('replaces a damaged store, and keeps that with its log', async () => {
    await backedUp('a');
    writeFileSync(path, 'ruin'.repeat(5000));
    writeFileSync(`${path}-wal`, 'log');
    const { replaced } = await restoreStore(copy(), path);
    expect(topicsOf(path)).toEqual(['a']);
    expect([readFileSync(`${replaced}`, 'utf8').slice(0, 4), readFileSync(`${replaced}-wal`, 'utf8')]).toEqual(['ruin', 'log']);
  });

  it('is refused while Barometer uses the store', async () => {
    await backedUp('a');
    const running = openDatabase(path);
    await expect(restoreStore(copy(), path)).rejects.toThrow(`Another Barometer (process ${process.pid}) is using the store`);
    running.close();
  });

  it('is refused for a store of a newer version, a damaged one and the store itself, and changes nothing', async () => {
    await backedUp('a');
    const newer = new DatabaseSync(copy());
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    await expect(restoreStore(copy(), path)).rejects.toThrow('has version 999; this Barometer knows versions up to');
    await expect(restoreStore(path, path)).rejects.toThrow('is the store itself');
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4096 * 3, 4096 * 6);
    writeFileSync(join(folder, 'damaged.db'), bytes);
    await expect(restoreStore(join(folder, 'damaged.db'), path)).rejects.toThrow('damaged');
    expect(topicsOf(path)).toEqual(['a']);
    expect(readdirSync(folder).filter((name) => name.includes('part') || name.includes('replaced'))).toEqual([]);
  });
});
