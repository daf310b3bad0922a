import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase, StoreHeldError, StoreInUseError, StoreUnreadableError, StoreVersionError } from './index';
import { migrate, schemaVersion } from './migrate';
import { migrations } from './migrations';
import { SqliteDatabase } from './sqlite-database';

describe('openDatabase', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'barometer-store-'));
    path = join(folder, 'store.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const addTopic = (db: SqliteDatabase, id: string) =>
    db.transaction(() => db.run('INSERT INTO topics (id, name, version, created_at, changed_at) VALUES (?, ?, 1, 0, 0)', id, id));
  const schemaOf = (db: SqliteDatabase) => db.all<{ sql: string }>('SELECT sql FROM sqlite_schema ORDER BY name').map((row) => row.sql);

  it('creates a store and finds it again', () => {
    const first = openDatabase(path);
    addTopic(first, 'a');
    const mark = first.watermark();
    first.close();
    const second = openDatabase(path);
    expect(second.all('SELECT id FROM topics')).toHaveLength(1);
    expect(second.watermark()).toBe(mark);
    expect(second.get<{ journal_mode: string }>('PRAGMA journal_mode')?.journal_mode).toBe('wal');
    expect(second.get<{ synchronous: number }>('PRAGMA synchronous')?.synchronous).toBe(2);
    second.close();
  });

  it('is open in one process at a time, and names the process', () => {
    const first = openDatabase(path);
    expect(() => openDatabase(path)).toThrow(StoreInUseError);
    expect(() => openDatabase(path)).toThrow(`Another Barometer (process ${process.pid}) is using the store ${path}.`);
    // Nobody can check from here whether a process in another container on the same volume is alive.
    writeFileSync(`${path}.pid`, '77 elsewhere\n');
    expect(() => openDatabase(path)).toThrow(`Another Barometer (process 77 on elsewhere) is using the store ${path}.`);
    first.close();
    first.close();
    openDatabase(path).close();
    expect(existsSync(`${path}.pid`)).toBe(false);
  });

  it('can be opened beside the process that has it, if asked to, and each sees what the other writes', () => {
    const first = openDatabase(path);
    const lease = `INSERT INTO sources (id, url, host, name, next_poll_at, lease_token, lease_until, body) VALUES ('a', 'u', 'h', 'n', 0, 'token', 9, '{}')`;
    first.run(lease);
    const second = openDatabase(path, { beside: true });
    addTopic(second, 'written beside');
    expect(first.all('SELECT id FROM topics')).toHaveLength(1);
    second.close();
    expect(first.get('SELECT lease_token AS token FROM sources')).toEqual({ token: 'token' });
    expect(() => openDatabase(path)).toThrow(StoreInUseError);
    first.close();
    openDatabase(path, { beside: true }).close();
    expect(existsSync(`${path}.pid`)).toBe(false);
  });

  it('is not opened beside another version of Barometer', () => {
    const first = openDatabase(path);
    first.exec(`PRAGMA user_version = ${migrations.length - 1}`);
    expect(() => openDatabase(path, { beside: true })).toThrow(StoreVersionError);
    first.close();
  });

  it('reports in a sentence that another program holds the file, at the start and later', () => {
    const db = openDatabase(path);
    db.exec('PRAGMA busy_timeout = 20');
    const other = new DatabaseSync(path);
    other.exec('BEGIN EXCLUSIVE');
    const sentence = `Another program, such as a backup tool or a database browser, holds the store ${path}: close it there and try again.`;
    expect(() => addTopic(db, 'one')).toThrow(sentence);
    other.exec('COMMIT');
    addTopic(db, 'one');
    db.close();
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    expect(() => openDatabase(path)).toThrow(StoreHeldError);
    other.exec('COMMIT');
    other.close();
    openDatabase(path).close();
  }, 20_000);

  it('is locked against other processes until its process is killed, whatever that leaves behind', async () => {
    const hold = `const { DatabaseSync } = require('node:sqlite'); const lock = new DatabaseSync(process.argv[1] + '.lock');
      lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
      require('node:fs').writeFileSync(process.argv[1] + '.pid', process.pid + '\\n'); console.log('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--no-warnings', '-e', hold, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      expect(() => openDatabase(path)).toThrow(`(process ${child.pid})`);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    expect(existsSync(`${path}.pid`)).toBe(true);
    openDatabase(path).close();
  });

  it('can be read beside the process that writes, but not written', () => {
    const writer = openDatabase(path);
    addTopic(writer, 'a');
    const reader = openDatabase(path, { readOnly: true });
    addTopic(writer, 'b');
    expect(reader.all('SELECT id FROM topics')).toHaveLength(2);
    const counts = reader.snapshot(() => {
      const before = reader.all('SELECT id FROM topics').length;
      addTopic(writer, 'c');
      return [before, reader.all('SELECT id FROM topics').length];
    });
    expect(counts).toEqual([2, 2]);
    expect(() => addTopic(reader, 'd')).toThrow(StoreUnreadableError);
    reader.close();
    writer.close();
    const alone = openDatabase(path, { readOnly: true });
    expect(alone.all('SELECT id FROM topics')).toHaveLength(3);
    alone.close();
  });

  it('frees the leases of a process that has ended', () => {
    const first = openDatabase(path);
    first.run(`INSERT INTO articles (id, url, title, summary, published_at, dated, fetched_at, stored_at, hour, expires_at, state, lease_token, available_at, receives)
      VALUES ('leased', '', '', '', 0, 1, 0, 0, 0, 0, 'pending', 'token', 900, 1), ('retried', '', '', '', 0, 1, 0, 0, 0, 0, 'pending', NULL, 900, 1)`);
    first.close();
    const second = openDatabase(path);
    expect(second.all('SELECT id, lease_token, available_at, receives FROM articles ORDER BY id').map((row) => ({ ...row }))).toEqual([
      { id: 'leased', lease_token: null, available_at: 0, receives: 1 },
      { id: 'retried', lease_token: null, available_at: 900, receives: 1 },
    ]);
    second.close();
  });

  it.each(migrations.map((_, index) => index))('brings a store of version %i to the latest, with its data', (version) => {
    const old = new SqliteDatabase(new DatabaseSync(path), path);
    migrate(old, version);
    if (version > 0) addTopic(old, 'kept');
    if (version > 0) old.run(`INSERT INTO access_keys (id, name, role, digest, created_at) VALUES ('0a1b2c3d', 'laptop', 'write', 'd', 20)`);
    old.close();
    const db = openDatabase(path);
    const fresh = openDatabase(':memory:');
    expect([schemaVersion(db), schemaOf(db)]).toEqual([migrations.length, schemaOf(fresh)]);
    expect(db.all('SELECT id FROM topics')).toHaveLength(version > 0 ? 1 : 0);
    expect(db.all('SELECT id, name, role, feed, digest, created_at FROM access_keys').map((row) => ({ ...row }))).toEqual(
      version > 0 ? [{ id: '0a1b2c3d', name: 'laptop', role: 'write', feed: null, digest: 'd', created_at: 20 }] : [],
    );
    db.close();
    fresh.close();
  });

  it('leaves a store unchanged if a migration fails', () => {
    const db = new SqliteDatabase(new DatabaseSync(path), path);
    db.exec('CREATE TABLE rollups (something TEXT)');
    const before = schemaOf(db);
    expect(() => migrate(db)).toThrow('table rollups already exists');
    expect([schemaVersion(db), schemaOf(db)]).toEqual([0, before]);
    db.close();
  });

  it('refuses a store of a newer Barometer, and for reading also one of an older', () => {
    openDatabase(path).close();
    const raw = new DatabaseSync(path);
    raw.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    expect(() => openDatabase(path)).toThrow(StoreVersionError);
    expect(() => openDatabase(path)).toThrow(`has version ${migrations.length + 1}`);
    raw.exec('PRAGMA user_version = 0');
    raw.close();
    expect(() => openDatabase(path, { readOnly: true })).toThrow(StoreVersionError);
    expect(() => openDatabase(path, { readOnly: true })).toThrow('start "barometer up" once, which upgrades it');
  });

  it('says what is wrong with a file that is not a store, and leaves it unchanged', () => {
    const text = 'These are my shopping lists.\n'.repeat(500);
    writeFileSync(path, text);
    expect(() => openDatabase(path)).toThrow(StoreUnreadableError);
    expect(() => openDatabase(path)).toThrow(`The file ${path} is not a store of Barometer.`);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('reports a damaged store', () => {
    const db = openDatabase(path);
    for (let index = 0; index < 500; index += 1) addTopic(db, `topic ${index} ${'x'.repeat(200)}`);
    db.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x5a, 4096, bytes.length));
    const read = () => {
      const damaged = openDatabase(path);
      try {
        damaged.all('SELECT * FROM topics');
      } finally {
        damaged.close();
      }
    };
    expect(read).toThrow(`The store ${path} is damaged.`);
  });

  it('reports a missing folder', () => {
    expect(() => openDatabase(join(folder, 'missing', 'store.db'))).toThrow(StoreUnreadableError);
    expect(() => openDatabase(path, { readOnly: true })).toThrow(/cannot be opened/);
  });

  it('reports a file that it may not write', () => {
    if (process.getuid?.() === 0) return console.log('Skipped: the superuser may write any file.');
    openDatabase(path).close();
    chmodSync(path, 0o444);
    expect(() => openDatabase(path)).toThrow(/cannot be written/);
  });
});
