import { sentimentWith } from '@barometer/events/testing';
import { HOUR } from '@barometer/kernel';
import { actionsOf, articleItem, itemSize, rowsOf, untouched, writeUnits, type ArticleRecord } from './index';

const NOW = Date.UTC(2026, 0, 15, 10, 20);

function article(number: number, fields: Partial<ArticleRecord> = {}): ArticleRecord {
  return {
    ...untouched, id: String(number).padStart(26, 'a'), rev: 1, number, url: `https://example.org/news/2026/01/15/${number}`, title: 'T'.repeat(80), summary: 'S'.repeat(300), language: 'en',
    publishedAt: NOW, dated: true, fetchedAt: NOW, storedAt: NOW, state: 'pending', sources: [{ sourceId: 'wire' }], topics: [{ topicId: 'gas', version: 1 }], ...fields,
  };
}

/** A day's counters of a scope at their fullest: five an hour, and for "all" two states and a model more. */
function fullDay(pk: string): Record<string, unknown> {
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  const counters = hours.flatMap((hour) => [['n', 12], ['u', 34], ['p', 20], ['t', 7_654_321], ['q', 7_654_321]].map(([name, value]) => [`h${hour}${name}`, value]));
  const more = pk === 'R#all' ? hours.flatMap((hour) => [[`h${hour}-scored`, 66], [`h${hour}-skipped`, 3], [`m${hour}|["barometer-news","0123456789ab"]`, 66]]) : [];
  return { pk, sk: '020468#1', v: 1, ttl: 1, directoryKey: 'D#020468', directorySort: `${pk}#0`, ...Object.fromEntries([...counters, ...more]) };
}

/** A store in which these articles and the day's counters are. */
const storeOf = (articles: readonly ArticleRecord[] = []) => {
  const items = new Map(articles.flatMap((one) => [articleItem(one), ...rowsOf(one)]).map((item) => [`${String(item['pk'])} ${String(item['sk'])}`, item]));
  return ({ pk, sk }: Record<string, unknown>) => (String(pk).startsWith('R#') ? fullDay(String(pk)) : items.get(`${String(pk)} ${String(sk)}`));
};

describe('itemSize', () => {
  // Worked out by hand after the rules of the Developer Guide.
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

  it("of storing an article: it, a row for its source and its topic, the day's counters, the watermark, twice each", () => {
    const actions = actionsOf('t', [{ id: 'x', after: before }], 0);
    expect(itemSize(articleItem(before))).toBeLessThan(1_024);
    expect(Math.ceil(itemSize(fullDay('R#all')) / 1_024)).toBe(3);
    expect(writeUnits(actions, storeOf())).toEqual({ table: 2 + 2 + 2 + 2 * 3 + 2, indexes: 3 });
  });

  it('of scoring an article: the same, and the counters of its source, its topic and both', () => {
    const actions = actionsOf('t', [{ id: before.id, before, after: scored }], 0);
    expect(actions).toHaveLength(8);
    expect(itemSize(fullDay('R#s:wire'))).toBeLessThan(1_024);
    // It moves in the list of all and leaves the pending index; the directory stays.
    expect(writeUnits(actions, storeOf([before]))).toEqual({ table: 2 + 2 + 2 + 2 * 3 + 3 * 2 + 2, indexes: 2 });
  });

  it('of scoring a batch: the counters are shared', () => {
    const articles = Array.from({ length: 20 }, (_, index) => article(index));
    const changes = articles.map((one) => ({ id: one.id, before: one, after: { ...one, state: 'scored' as const, sentiment: sentimentWith(0.4) } }));
    const actions = actionsOf('t', changes, 0);
    expect(actions).toHaveLength(20 * 3 + 4 + 1);
    const { table, indexes } = writeUnits(actions, storeOf(articles));
    expect([table, indexes]).toEqual([20 * 6 + 6 + 3 * 2 + 2, 20 * 2]);
  });

  it('grows by a unit for each started KB, of the larger of before and after', () => {
    const put = (size: number, old?: number) =>
      writeUnits([{ Put: { TableName: 't', Item: { pk: 'x'.repeat(size - 2) } } }], () => (old === undefined ? undefined : { pk: 'x'.repeat(old - 2) })).table;
    expect([put(1_024), put(1_025), put(4_097), put(10, 2_048)]).toEqual([2, 4, 10, 4]);
  });
});
