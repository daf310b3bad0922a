import { DAY, HOUR, hourOf, ManualClock, MINUTE } from '@barometer/kernel';
import { FakeArticles, FakeQueue, FakeTopics } from '../testing/fake-articles';
import { exampleSource, FakeSources } from '../testing/fake-sources';
import { ImportArticles, ImportRefusedError, type ImportedRow } from './import-articles.use-case';

const NOW = Date.UTC(2026, 2, 1, 12, 20);
const row = (number: number, more: Partial<ImportedRow> = {}): ImportedRow => ({
  title: `Headline number ${number}`,
  url: `https://north.example/${number}`,
  publishedAt: NOW - number * HOUR,
  publisher: 'The North',
  ...more,
});

function setUp() {
  const clock = new ManualClock(NOW);
  const [articles, queue] = [new FakeArticles(), new FakeQueue()];
  const sources = new FakeSources(exampleSource({ id: 'north', name: 'The North' }));
  const topics = new FakeTopics([{ topicId: 'storm', version: 2, anyOf: ['storm'], allOf: [], noneOf: [] }], []);
  const begin = () => new ImportArticles({ articles, sources, topics, queue, clock, detectLanguage: (text) => (text.includes('Nachricht') ? 'de' : 'en') });
  return { articles, sources, queue, begin };
}

describe('ImportArticles', () => {
  it('stores rows under their own time, by the rules of polling, and reports each outcome', async () => {
    const { articles, begin, queue } = setUp();
    const rows = [
      row(1, { title: 'A storm <b> & more', summary: 'It blows.' }),
      row(2, { title: 'Eine Nachricht aus Berlin' }),
      row(1, { title: 'Again' }),
      row(3, { publishedAt: NOW - 90 * DAY }),
      row(4, { publishedAt: NOW + 11 * MINUTE }),
      row(5, { publishedAt: NOW + 9 * MINUTE }),
      row(6, { publishedAt: NOW - 89 * DAY }),
    ];
    expect(await begin().add(rows)).toEqual({ rows: 7, stored: 4, unscored: 1, known: 1, tooOld: 1, future: 1, newSources: 0 });
    const stored = [...articles.stored.values()];
    expect(stored[0]).toMatchObject({
      title: 'A storm <b> & more',
      summary: 'It blows.',
      sourceIds: ['north'],
      publishedAt: NOW - HOUR,
      dated: true,
      fetchedAt: NOW,
      topics: [{ topicId: 'storm', version: 2 }],
      status: { state: 'pending' },
    });
    expect(stored[1]).toMatchObject({ status: { state: 'skipped', reason: 'language' } });
    expect(queue.sent).toHaveLength(3);
  });

  it('marks the hours of new articles, and no others', async () => {
    const { articles, begin } = setUp();
    await begin().add([row(1), row(30)]);
    expect(articles.imported.get('north')).toEqual([hourOf(NOW) - 30, hourOf(NOW) - 1]);
    articles.imported.clear();
    expect(await begin().add([row(1), row(30)])).toMatchObject({ stored: 0, known: 2 });
    expect(articles.imported.get('north') ?? []).toEqual([]);
    expect(articles.observed).toEqual([]);
  });

  it('continues after the process ended between the mark and the article', async () => {
    const { articles, begin } = setUp();
    jest.spyOn(articles, 'addAll').mockRejectedValueOnce(new Error('killed'));
    await expect(begin().add([row(1)])).rejects.toThrow('killed');
    expect(await begin().add([row(1)])).toMatchObject({ stored: 1, known: 0 });
    expect(articles.stored.size).toBe(1);
  });

  it('takes a page under two headlines, or with marks of where readers came from, for one article, however the rows are parted', async () => {
    const rows = [
      row(1),
      row(1, { title: 'Quite another headline altogether', publishedAt: NOW - 2 * DAY }),
      row(1, { url: 'https://north.example/1?utm_source=letter' }),
    ];
    for (const parts of [[rows], rows.map((one) => [one])]) {
      const { articles, begin } = setUp();
      const importing = begin();
      for (const part of parts) await importing.add(part);
      expect([...articles.stored.values()].map(({ title }) => title)).toEqual(['Headline number 1']);
    }
  });

  it('makes sources of unknown publishers, and refuses a file with thousands', async () => {
    const { sources, begin } = setUp();
    const importing = begin();
    expect(await importing.add([row(1, { publisher: 'The West' }), row(2, { publisher: 'The West' })])).toMatchObject({ stored: 2, newSources: 1 });
    expect(await sources.find('the-west')).toMatchObject({ kind: 'import', paused: true });
    const many = Array.from({ length: 2_000 }, (_, index) => row(1, { publisher: `Publisher ${index}` }));
    await expect(importing.add(many)).rejects.toThrow(ImportRefusedError);
    expect(await sources.list()).toHaveLength(2);
  });
});
