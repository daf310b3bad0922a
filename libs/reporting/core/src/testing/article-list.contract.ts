import fc from 'fast-check';
import { HOUR, MINUTE } from '@barometer/kernel';
import { CursorError } from '../domain/cursor';
import { sourcesOf, type ArticleQuery } from '../domain/report';
import { hasWords, searchWords } from '../domain/search-words';
import { begin, NOW, seed, sentimentOf, walk, type MakeReportStore, type SeedArticle } from './seeds';

const titles = (items: readonly { title: string }[]) => items.map(({ title }) => title);
const gas = { topicId: 'gas', version: 2 };

/** What lists of articles promise. */
export function articleListContract(make: MakeReportStore): void {
  describe('a list of articles', () => {
    it('comes newest first, in consecutive pages', async () => {
      const { store, articles } = begin(make);
      const twins = [seed('one', { publishedAt: NOW - HOUR }), seed('two', { publishedAt: NOW - HOUR })];
      articles([seed(3), ...twins, seed(2)]);
      const order = twins.map(({ id, title }) => ({ id, title })).sort((one, other) => (one.id < other.id ? 1 : -1));
      const first = await store.articles({ limit: 1 });
      expect(titles(first.items)).toEqual([order[0]?.title]);
      expect(first.searchedTo).toBe(NOW - HOUR);
      expect(titles(await walk(store, { limit: 1 }))).toEqual([...titles(order), 'Article 2', 'Article 3']);
      const whole = await store.articles({ limit: 4 });
      expect(whole.items).toHaveLength(4);
      expect(whole.cursor).toBeUndefined();
    });

    it('shows an article with everything that a reader may see, as a copy', async () => {
      const { store, articles, topic } = begin(make);
      topic({ id: 'gas', version: 3, readyVersion: 2 });
      topic({ id: 'new', version: 1 });
      const topics = [gas, { topicId: 'gas', version: 3 }, { topicId: 'new', version: 1 }];
      const [scored, failed] = [seed('a', { tone: -0.8, topics, sourceIds: ['zeta', 'alpha'] }), seed('b', { state: 'failed', reason: 'too odd' })];
      articles([scored, failed]);
      const view = await store.article(scored.id);
      expect(view).toMatchObject({ title: 'Article a', state: 'scored', sourceIds: ['zeta', 'alpha'], topicIds: ['gas'], sentiment: scored.sentiment });
      expect(view?.journey).toMatchObject({ publishedAt: scored.publishedAt, storedAt: scored.storedAt, dated: true, receives: 0, changes: 0 });
      const other = await store.article(failed.id);
      expect([other?.state, other?.reason, other?.sentiment]).toEqual(['failed', 'too odd', undefined]);
      expect(await store.article('a'.repeat(26))).toBeUndefined();
      Object.assign(view?.sentiment ?? {}, { tone: 1 });
      expect((await store.article(scored.id))?.sentiment?.tone).toBe(-0.8);
    });

    it('can be that of a source, of a topic in its ready version, of a topic in a source', async () => {
      const { store, articles, topic } = begin(make);
      topic({ id: 'gas', version: 3, readyVersion: 2 });
      topic({ id: 'new', version: 1 });
      articles([
        seed(1, { sourceIds: ['wire', 'post'], topics: [gas] }),
        seed(2, { topics: [gas] }),
        seed(3, {
          sourceIds: ['post'],
          topics: [
            { topicId: 'gas', version: 3 },
            { topicId: 'new', version: 1 },
          ],
        }),
      ]);
      expect(titles(await walk(store, { sourceId: 'post', limit: 10 }))).toEqual(['Article 1', 'Article 3']);
      expect(titles(await walk(store, { topicId: 'gas', limit: 10 }))).toEqual(['Article 1', 'Article 2']);
      expect(titles(await walk(store, { topicId: 'gas', sourceId: 'post', limit: 10 }))).toEqual(['Article 1']);
      expect(await walk(store, { topicId: 'new', limit: 10 })).toEqual([]);
      expect(await walk(store, { topicId: 'none', search: 'x', limit: 10 })).toEqual([]);
    });

    it('can be that of a period, which includes its beginning and not its end', async () => {
      const { store, articles, topic } = begin(make);
      topic({ id: 'gas', version: 2, readyVersion: 2 });
      articles([seed(1, { topics: [gas] }), seed(2, { topics: [gas] }), seed(3, { topics: [gas] })]);
      const period = { from: NOW - 4 * HOUR, to: NOW - 2 * HOUR };
      for (const scope of [{}, { sourceId: 'wire' }, { topicId: 'gas' }, { search: 'article' }]) {
        const { items, searchedTo } = await store.articles({ ...scope, period, limit: 10 });
        expect([titles(items), searchedTo]).toEqual([['Article 2', 'Article 3'], period.from]);
      }
    });

    it('examines at most 300 articles for a filter without an index and says how far it searched', async () => {
      const { store, articles } = begin(make);
      const many = Array.from({ length: 700 }, (_, index) => seed(`n${index}`, { publishedAt: NOW - (index + 1) * MINUTE }));
      articles([...many, seed('good', { publishedAt: NOW - 13 * HOUR, tone: 0.9 })]);
      for (const query of [{ label: 'positive' as const }, { label: 'positive' as const, sourceId: 'wire' }, { state: 'failed' as const, sourceId: 'wire' }]) {
        const first = await store.articles({ ...query, limit: 10 });
        expect([first.items.length, first.searchedTo]).toEqual([0, NOW - 300 * MINUTE]);
        expect(first.cursor).toBeDefined();
        expect(titles(await walk(store, { ...query, limit: 10 }))).toEqual(query.label ? ['Article good'] : []);
      }
    });

    it.each([
      '',
      ' ',
      '1',
      '1-0',
      'x'.repeat(600),
      '1-zzzzzzzzzzz-' + 'a'.repeat(26),
      `1-00-${'a'.repeat(26)}`,
      `2-1-${'a'.repeat(26)}`,
      '1-1-\u0000',
      "1-1-' OR 1",
    ])('refuses the cursor %j', async (cursor) => {
      const { store } = begin(make);
      await expect(store.articles({ limit: 1, cursor })).rejects.toThrow(CursorError);
    });

    it('finds words by their beginnings in title and summary, ignoring case and accents', async () => {
      const { store, articles } = begin(make);
      articles([
        seed(1, { title: 'Gas prices JUMP', summary: 'again' }),
        seed(2, { title: 'A gasp', summary: 'Price of “Zürich’s” air' }),
        seed(3, { title: 'Las Vegas' }),
      ]);
      const find = async (search: string) => titles(await walk(store, { search, limit: 10 }));
      expect(await find('gas')).toEqual(['Gas prices JUMP', 'A gasp']);
      expect(await find('AGAIN pri jump')).toEqual(['Gas prices JUMP']);
      expect(await find('"price* OR (gasp NOT las')).toEqual([]);
      expect(await find('züri')).toEqual(['A gasp']);
      expect(await find('zuri')).toEqual(['A gasp']);
      expect(await find('gâs jümp')).toEqual(['Gas prices JUMP']);
      expect(await find('  ')).toHaveLength(3);
      expect(await find('🙂 * " -')).toEqual([]);
    });

    it('accepts any text as a search', async () => {
      const { store, articles } = begin(make);
      const rows = [seed(1, { title: 'A NEAR b: OR c^2 {title}' }), seed(2, { title: 'İstanbul ǅ ß ﬁre', summary: 'हिन्दी 日本語 e\u0301' })];
      articles(rows);
      const text = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('NEAR(a b)', 'title:a', '"', "'", '*', 'a" OR "b', '\u0000', '^a', 'a AND', '-', 'हि', '日', 'ﬁ', 'x '.repeat(5_000)),
      );
      await fc.assert(
        fc.asyncProperty(text, async (search) => {
          const { items } = await store.articles({ search, limit: 10 });
          const words = searchWords(search);
          for (const { title, summary } of items) expect(!words || hasWords(words, `${title} ${summary}`)).toBe(true);
        }),
        { numRuns: 300 },
      );
    });

    it('finds in pages exactly what the filters match, in order', async () => {
      const { store, articles, topic } = begin(make);
      topic({ id: 'gas', version: 2, readyVersion: 2 });
      const rows = Array.from({ length: 60 }, (_, index) => varied(index));
      articles(rows);
      await fc.assert(
        fc.asyncProperty(anyQuery, async (query) => {
          const wanted = rows.filter((row) => isAskedFor(query, row)).sort((one, other) => other.publishedAt - one.publishedAt || (one.id < other.id ? 1 : -1));
          expect(titles(await walk(store, query))).toEqual(titles(wanted));
        }),
        { numRuns: 150 },
      );
    });

    it('hides what has expired', async () => {
      const { store, articles } = begin(make);
      const [kept, gone] = [
        seed('kept', { publishedAt: NOW - store.retention.articles + HOUR }),
        seed('gone', { publishedAt: NOW - store.retention.articles + HOUR - 1 }),
      ];
      articles([kept, gone]);
      for (const query of [{}, { sourceId: 'wire' }, { search: 'article' }, { state: 'scored' as const }]) {
        expect(titles(await walk(store, { ...query, limit: 10 }))).toEqual(['Article kept']);
      }
      expect([(await store.article(kept.id))?.title, await store.article(gone.id)]).toEqual(['Article kept', undefined]);
    });
  });
}

/** One of sixty articles that differ in everything by which they can be filtered; some have equal times. */
function varied(index: number): SeedArticle {
  const state = index % 7 === 0 ? 'pending' : index % 11 === 0 ? 'failed' : 'scored';
  return seed(`v${index}`, {
    publishedAt: NOW - Math.floor(index / 3) * 20 * MINUTE - 1,
    title: `${index % 2 ? 'Gas' : 'Water'} prices ${index}`,
    sourceIds: index % 5 === 0 ? ['wire', 'post'] : index % 3 === 0 ? ['post'] : ['wire'],
    topics: index % 2 ? [gas] : [],
    state,
    ...(state === 'scored' && { sentiment: sentimentOf(((index % 9) - 4) / 5) }),
  });
}

const anyQuery: fc.Arbitrary<Omit<ArticleQuery, 'cursor'>> = fc
  .record(
    {
      limit: fc.constantFrom(1, 2, 7, 60, 300),
      source: fc.constantFrom<Pick<ArticleQuery, 'sourceId' | 'sourceIds'>>(
        { sourceId: 'wire' },
        { sourceId: 'post' },
        { sourceId: 'none' },
        { sourceIds: ['post', 'wire'] },
        { sourceIds: ['none', 'post'] },
        { sourceIds: [] },
      ),
      topicId: fc.constant('gas'),
      label: fc.constantFrom('negative' as const, 'neutral' as const, 'positive' as const),
      state: fc.constantFrom('pending' as const, 'scored' as const, 'failed' as const),
      search: fc.constantFrom('gas', 'WAT pri', 'prices 1', ''),
      period: fc.record({ from: fc.integer({ min: NOW - 7 * HOUR, max: NOW }), to: fc.integer({ min: NOW - 7 * HOUR, max: NOW }) }),
    },
    { requiredKeys: ['limit'] },
  )
  .map(({ source, ...query }) => ({ ...query, ...source }));

function isAskedFor(query: Omit<ArticleQuery, 'cursor'>, row: SeedArticle): boolean {
  const words = searchWords(query.search);
  return (
    (sourcesOf(query)?.some((id) => row.sourceIds.includes(id)) ?? true) &&
    (query.topicId === undefined || row.topics.length > 0) &&
    (query.label === undefined || row.sentiment?.label === query.label) &&
    (query.state === undefined || row.state === query.state) &&
    (!words || hasWords(words, row.title)) &&
    (!query.period || (row.publishedAt >= query.period.from && row.publishedAt < query.period.to))
  );
}
