import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrate';
import { migrations } from './migrations';
import { observedHours } from './observed';
import { openDatabase } from './open-database';
import { SqliteDatabase } from './sqlite-database';
import { totalsOfStories } from './story-totals';

describe('an older store', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'barometer-older-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps every observed hour when hours become bits of days', () => {
    const path = join(folder, 'store.db');
    const older = new SqliteDatabase(new DatabaseSync(path), path);
    migrate(
      older,
      migrations.findIndex((sql) => sql.includes('DROP TABLE observed_hours')),
    );
    const hours = [480_000, 480_001, 480_023, 480_024, 480_100];
    const insert = (id: string, hour: number) => older.run('INSERT INTO observed_hours VALUES (?, ?)', id, hour);
    hours.forEach((hour) => ['', 'daily'].forEach((id) => insert(id, hour)));
    insert('', 480_101);
    older.close();
    const db = openDatabase(path);
    expect(observedHours(db, 'daily', 0, 500_000)).toEqual(hours);
    expect(observedHours(db, '', 0, 500_000)).toEqual([...hours, 480_101]);
    db.close();
  });

  it('gets the totals of its stories, equal to those counted from then on', () => {
    const path = join(folder, 'store.db');
    const older = new SqliteDatabase(new DatabaseSync(path), path);
    migrate(
      older,
      migrations.findIndex((sql) => sql.includes('CREATE TABLE story_totals')),
    );
    const insert = (id: string, at: number, joined: string | null, state = 'scored') => {
      older.run(
        `INSERT INTO articles (id, url, title, summary, published_at, dated, fetched_at, stored_at, hour, expires_at, state, tone, joined_story) VALUES (?, '', ?, '', ?, 1, 0, 0, ?, 9e15, ?, ?, ?)`,
        id,
        id,
        at,
        Math.floor(at / 3_600_000),
        state,
        at % 1000,
        joined,
      );
      for (const source of ['daily', ...(at % 2 ? ['herald'] : [])]) older.run('INSERT INTO article_sources VALUES (?, ?, ?, 0, NULL)', id, source, at);
      if (at % 3 === 0) older.run(`INSERT INTO article_topics VALUES (?, 'gas', 2, ?)`, id, at);
    };
    const start = 1_790_000_000_000;
    for (let index = 0; index < 40; index += 1) insert(`a${index}`, start + index * 7_200_001, index % 4 === 0 ? null : `a${index - (index % 4)}`);
    insert('gone 2', start, 'gone 1');
    insert('gone 3', start + 3, 'gone 1');
    insert('alone', start, null);
    insert('waits', start, null, 'pending');
    older.close();
    const db = openDatabase(path);
    const columns = 'story, scope, first_day, more_days, articles, tone_sum, first_at, last_at';
    const stored = db.all(`SELECT ${columns} FROM story_totals ORDER BY story, scope`);
    expect(stored.length).toBeGreaterThan(30);
    expect(stored).toEqual(db.all(`SELECT ${columns} FROM (${totalsOfStories}) ORDER BY story, scope`, '', '~'));
    expect(db.get(`SELECT articles FROM story_totals WHERE story = 'gone 1' AND scope = 'all'`)).toMatchObject({ articles: 2 });
    db.close();
  });
});
