import { sentimentWith } from '@barometer/events/testing';
import { HOUR } from '@barometer/kernel';
import { actionsOf, articleItem, itemSize, rowsOf, untouched, writeUnits, type ArticleRecord } from './index';

const NOW = Date.UTC(2026, 0, 15, 10, 20);

function article(number: number, fields: Partial<ArticleRecord> = {}): ArticleRecord {
  return {
    ...untouched,
    id: String(number).padStart(26, 'a'),
    rev: 1,
    number,
    url: `https://example.org/news/2026/01/15/${number}`,
    title: 'T'.repeat(80),
    summary: 'S'.repeat(300),
    language: 'en',
    publishedAt: NOW,
    dated: true,
    fetchedAt: NOW,
    storedAt: NOW,
    state: 'pending',
    sources: [{ sourceId: 'wire' }],
    topics: [{ topicId: 'gas', version: 1 }],
    ...fields,
  };
}

const isCounter = (pk: unknown): boolean => pk === 'STATES' || pk === 'MODELS' || String(pk).startsWith('R#');

/** A day's counters with every hour counted: of a scope, of the states, or of a model. */
function fullDay(pk: string): Record<string, unknown> {
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  const counters = hours.flatMap((hour): [string, number][] => {
    if (pk === 'STATES')
      return [
        [`p${hour}`, 0],
        [`s${hour}`, 666],
        [`f${hour}`, 3],
        [`k${hour}`, 33],
      ];
    if (pk === 'MODELS') return [[`m${hour}|"barometer-distilbert-news","650e8ca1a956"`, 666]];
    return [
      [`h${hour}n`, 12],
      [`h${hour}u`, 34],
      [`h${hour}p`, 20],
      [`h${hour}t`, 7_654_321],
      [`h${hour}q`, 7_654_321],
    ];
  });
  const directory = pk.startsWith('R#') ? { directoryKey: 'D#020468', directorySort: `${pk}#0` } : {};
  return { pk, sk: '020468#1', v: 1, ttl: 1_768_000_000, ...directory, ...Object.fromEntries(counters) };
}

/** A store that contains these articles and the day's counters. */
const storeOf = (articles: readonly ArticleRecord[] = []) => {
  const items = new Map(articles.flatMap((one) => [articleItem(one), ...rowsOf(one)]).map((item) => [`${String(item['pk'])} ${String(item['sk'])}`, item]));
  return ({ pk, sk }: Record<string, unknown>) => (isCounter(pk) ? fullDay(String(pk)) : items.get(`${String(pk)} ${String(sk)}`));
};

describe('itemSize', () => {
  // Computed by hand from the rules of the Developer Guide.
  it.each([
    [{ pk: 'é' }, 4],
    [{ n: 0 }, 3],
    [{ n: 12_345 }, 5],
    [{ n: -0.5 }, 4],
    [{ ok: true }, 3],
    [{ list: ['a', 'b'] }, 11],
    [{ map: { k: 'v' } }, 9],
    [{ gone: undefined }, 4],
  ])('%j is %d bytes', (item, size) => expect(itemSize(item)).toBe(size));
});

describe('writeUnits', () => {
  const before = article(1);
  const scored = article(1, { state: 'scored', sentiment: sentimentWith(0.4), scoredAt: NOW + HOUR });

  it("of storing an article: the item, a row for its source and its topic, the day's states, the watermark, twice each", () => {
    const actions = actionsOf('t', [{ id: 'x', after: before }], 0);
    expect(itemSize(articleItem(before))).toBeLessThan(1_024);
    expect(writeUnits(actions, storeOf())).toEqual({ table: 2 + 2 + 2 + 2 + 2, indexes: 3 });
  });

  it.each([
    ['R#all', 1],
    ['R#s:wire', 1],
    ['STATES', 1],
    ['MODELS', 2],
  ])('counts a day of %s in %d', (pk, units) => {
    expect(Math.ceil(itemSize(fullDay(pk)) / 1_024)).toBe(units);
  });

  it('of scoring an article: the same, and the counters of all, of the model, of its source, its topic and both', () => {
    const actions = actionsOf('t', [{ id: before.id, before, after: scored }], 0);
    expect(actions).toHaveLength(10);
    // The article moves in the list of all and leaves the pending index; the directory stays.
    expect(writeUnits(actions, storeOf([before]))).toEqual({ table: 2 + 2 + 2 + (2 + 2 + 4) + 3 * 2 + 2, indexes: 2 });
  });

  it('of scoring a batch: the counters are shared', () => {
    const articles = Array.from({ length: 20 }, (_, index) => article(index));
    const changes = articles.map((one) => ({ id: one.id, before: one, after: { ...one, state: 'scored' as const, sentiment: sentimentWith(0.4) } }));
    const actions = actionsOf('t', changes, 0);
    expect(actions).toHaveLength(20 * 3 + 4 + 2 + 1);
    const { table, indexes } = writeUnits(actions, storeOf(articles));
    expect([table, indexes]).toEqual([20 * 6 + (2 + 2 + 4) + 3 * 2 + 2, 20 * 2]);
  });

  it('grows by a unit for each started KB, of the larger of before and after', () => {
    const put = (size: number, old?: number) =>
      writeUnits([{ Put: { TableName: 't', Item: { pk: 'x'.repeat(size - 2) } } }], () => (old === undefined ? undefined : { pk: 'x'.repeat(old - 2) })).table;
    expect([put(1_024), put(1_025), put(4_097), put(10, 2_048)]).toEqual([2, 4, 10, 4]);
  });
});

it('gives every item of an article a time to live, since nothing else removes it on AWS', () => {
  const scored = article(1, {
    state: 'scored',
    sentiment: sentimentWith(0.4),
    keys: ['a', 'b'],
    joinedStory: 'x'.repeat(26),
    topics: [{ topicId: 'gas', version: 1 }],
  });
  const actions = actionsOf('t', [{ id: scored.id, after: scored }], 0);
  const without = actions.filter(({ Put, Update }) =>
    Put ? typeof Put.Item?.['ttl'] !== 'number' : !/#ttl = (if_not_exists\(#ttl, )?:ttl/.test(String(Update?.UpdateExpression)),
  );
  expect(without.map(({ Put, Update }) => (Put?.Item ?? Update?.Key)?.['pk'])).toEqual(['WATERMARK']);
});
