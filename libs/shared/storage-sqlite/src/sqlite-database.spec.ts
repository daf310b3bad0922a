import { StoreFullError } from './errors';
import { openDatabase, type SqliteDatabase } from './index';

describe('SqliteDatabase', () => {
  let db: SqliteDatabase;
  beforeEach(() => (db = openDatabase(':memory:')));
  afterEach(() => db.close());

  const topics = () => db.all<{ id: string }>('SELECT id FROM topics ORDER BY id').map((row) => row.id);
  const addTopic = (id: string) => db.run('INSERT INTO topics (id, name, version, created_at, changed_at) VALUES (?, ?, 1, 0, 0)', id, id);

  it('keeps all of a transaction or nothing', () => {
    db.transaction(() => addTopic('a'));
    const broken = () =>
      db.transaction(() => {
        addTopic('b');
        throw new Error('broken');
      });
    expect(broken).toThrow('broken');
    expect(topics()).toEqual(['a']);
    expect(db.transaction(() => addTopic('c'))).toBe(1);
  });

  it('passes on other errors unchanged', () => {
    db.run(`INSERT INTO topics VALUES ('a', 'a', 1, NULL, 0, 0)`);
    expect(() => addTopic('a')).toThrow(/UNIQUE constraint failed/);
  });

  it('moves the watermark with a change that readers can see, and only then', () => {
    const before = db.watermark();
    expect(before).toMatch(/^[0-9a-f]{16}-0$/);
    db.transaction(() => topics());
    db.transaction(() => addTopic('a'), { visible: false });
    expect(db.watermark()).toBe(before);
    db.transaction(() => addTopic('b'));
    expect(db.watermark()).toBe(before.replace(/-0$/, '-1'));
  });

  it('has another watermark in another store', () => {
    const other = openDatabase(':memory:');
    expect(other.watermark()).not.toBe(db.watermark());
    other.close();
  });

  it("removes an article's dependent rows with the article", () => {
    const row = [`'x', '', 'Title words', '', 0, 1, 0, 0, 0, 0, 'pending'`];
    db.run(`INSERT INTO articles (id, url, title, summary, published_at, dated, fetched_at, stored_at, hour, expires_at, state) VALUES (${row})`);
    db.run(`INSERT INTO article_sources (article_id, source_id, published_at, position) VALUES ('x', 'a', 0, 0)`);
    expect(() => db.run(`INSERT INTO article_sources (article_id, source_id, published_at, position) VALUES ('nobody', 'a', 0, 0)`)).toThrow(/FOREIGN KEY/);
    db.run('INSERT INTO article_words (rowid, words) VALUES (1, ?)', 'title words');
    db.run(`DELETE FROM articles WHERE id = 'x'`);
    expect(db.all('SELECT * FROM article_sources')).toEqual([]);
    expect(db.all(`SELECT rowid FROM article_words WHERE article_words MATCH 'title'`)).toEqual([]);
  });

  it('reports a full disk in one sentence, and keeps nothing of the transaction', () => {
    db.transaction(() => addTopic('a'));
    const { page_count: pages } = db.get<{ page_count: number }>('PRAGMA page_count') ?? { page_count: 0 };
    db.exec(`PRAGMA max_page_count = ${pages}`);
    const fill = () =>
      db.transaction(() => {
        for (let index = 0; index < 1_000; index += 1) addTopic(`topic ${index} ${'x'.repeat(1_000)}`);
      });
    expect(fill).toThrow(StoreFullError);
    expect(topics()).toEqual(['a']);
    db.exec('PRAGMA max_page_count = 100000');
    fill();
    expect(topics()).toHaveLength(1_001);
  });

  it('waits for the disk at each commit except those that can be repeated after a power cut', () => {
    const level = () => db.get<{ synchronous: number }>('PRAGMA synchronous')?.synchronous;
    expect(level()).toBe(2);
    expect(db.transaction(level)).toBe(2);
    expect(db.transaction(level, { durable: false })).toBe(1);
    expect(level()).toBe(2);
    const fail = () => {
      throw new Error('no');
    };
    expect(() => db.transaction(fail, { durable: false })).toThrow('no');
    expect(level()).toBe(2);
  });
});
