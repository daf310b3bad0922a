import { ManualClock, MINUTE } from '@barometer/kernel';
import { NOW, seed } from '@barometer/reporting/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { areCommon } from './common-words';
import { SqliteReportStore } from './sqlite-report-store';
import { insertArticle } from './testing/seed';

const MANY = 2_600;

describe('common words', () => {
  const db = openDatabase(':memory:');
  const store = new SqliteReportStore(db, new ManualClock(NOW));
  beforeAll(() => {
    db.transaction(() => {
      for (let index = 0; index < MANY; index += 1) {
        const title = `The ${index % 2 === 0 ? 'Müller' : 'other'} report${index % 1_000 === 7 ? ' on zeppelins' : ''} ${index}`;
        insertArticle(db, { ...seed(`n${index}`), title, summary: '', publishedAt: NOW - index * MINUTE, storedAt: NOW - index * MINUTE });
      }
    });
  });
  afterAll(() => db.close());

  it.each([
    [['the'], true],
    [['t'], true],
    [['the', 'zeppelins'], false],
    [['zeppelins'], false],
    [['muller'], false],
    [[], false],
  ])('%p: %p', (words, common) => {
    expect(areCommon(db, words)).toBe(common);
  });

  it('are found by reading the newest articles, page by page, each once', async () => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.articles({ search: 'THE', limit: 100, ...(cursor !== undefined && { cursor }) });
      found.push(...page.items.map(({ title }) => title));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found.length).toBe(MANY);
    expect(new Set(found).size).toBe(MANY);
  }, 60_000);

  it('are matched by their beginnings, ignoring accents, within the requested label', async () => {
    const { items } = await store.articles({ search: 'T mull', limit: 50 });
    expect(items.length).toBe(50);
    expect(items.every(({ title }) => title.includes('Müller'))).toBe(true);
    const labels = new Set(items.map(({ sentiment }) => sentiment?.label));
    const [label] = labels;
    if (label) expect((await store.articles({ search: 't', label, limit: 10 })).items.every(({ sentiment }) => sentiment?.label === label)).toBe(true);
  });

  it('are left to the index if one of them is rare', async () => {
    expect((await store.articles({ search: 'the zeppelins', limit: 10 })).items.map(({ title }) => title.split(' ').at(-1))).toEqual(['7', '1007', '2007']);
  });
});
