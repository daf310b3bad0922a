import { anySentiment, sentimentWith } from '@barometer/events/testing';
import { contributionOf, HOUR, hourOf, RollupIncrements, scopesOf } from '@barometer/kernel';
import fc from 'fast-check';
import { DayCounters, HOT_FROM, hoursOf, MODELS, modelHoursOf, STATES, statesOf, untouched, type ArticleRecord, type Item } from './index';

const NOW = Date.UTC(2026, 0, 15, 22, 20);

const article = (fields: Partial<ArticleRecord>): ArticleRecord => ({
  ...untouched,
  id: 'a',
  number: 1,
  url: '',
  title: '',
  summary: '',
  publishedAt: NOW,
  dated: true,
  fetchedAt: NOW,
  storedAt: NOW,
  state: 'pending',
  sources: [{ sourceId: 'wire' }],
  topics: [],
  ...fields,
});

/** The items that the updates of these counters make in an empty table. */
function itemsOf(counters: DayCounters): Map<string, Item[]> {
  const items = counters.actions('t', 2).map(({ Update }) => {
    const { Key, ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = Update ?? {};
    const counts = Object.entries(names)
      .filter(([name]) => name.startsWith('#c'))
      .map(([name, attribute]) => [attribute, values[name.replace('#', ':')]]);
    return { ...Key, ...Object.fromEntries(counts) } as Item;
  });
  return Map.groupBy(items, (item) => String(item['pk']));
}

describe('DayCounters', () => {
  it("give the same counts as the kernel's roll-ups, by scope and hour", () => {
    const anArticle = fc.record({
      sentiment: anySentiment,
      hours: fc.nat({ max: 50 }),
      sources: fc.subarray(['a', 'b'], { minLength: 1 }),
      topic: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anArticle, { maxLength: 10 }), (rows) => {
        const [counters, expected] = [new DayCounters(), new RollupIncrements()];
        for (const { sentiment, hours, sources, topic } of rows) {
          const topics = topic ? [{ topicId: 't', version: 3 }] : [];
          const publishedAt = NOW + hours * HOUR;
          counters.add(article({ publishedAt, state: 'scored', sentiment, sources: sources.map((sourceId) => ({ sourceId })), topics }), 1);
          expected.add(scopesOf(sources, topics), hourOf(publishedAt), contributionOf(sentiment));
        }
        const rollups = [...itemsOf(counters)].filter(([pk]) => pk.startsWith('R#'));
        const found = rollups.flatMap(([pk, items]) => hoursOf(items).map((hour) => ({ scope: pk.slice(2), ...hour })));
        const order = (one: { scope: string; hour: number }) => `${one.scope} ${one.hour}`;
        expect(found.map((one) => one).sort((one, other) => (order(one) < order(other) ? -1 : 1))).toEqual(
          expected.list().sort((one, other) => (order(one) < order(other) ? -1 : 1)),
        );
      }),
    );
  });

  it('subtract what was added, and then have nothing to write', () => {
    const counters = new DayCounters();
    const scored = article({ state: 'scored', sentiment: sentimentWith(0.3) });
    counters.add(scored, 1);
    counters.add(scored, -1);
    expect(counters.actions('t', 0)).toEqual([]);
  });

  it('spread hot counters over shards: "all", and a source or topic that most of a transaction belongs to', () => {
    const shardsOf = (count: number) => {
      const counters = new DayCounters();
      for (let index = 0; index < count; index += 1)
        counters.add(article({ state: 'scored', sentiment: sentimentWith(0.3), sources: [{ sourceId: 'wire' }, { sourceId: `s${index % 3}` }] }), 1);
      return Object.fromEntries([...itemsOf(counters)].map(([pk, items]) => [pk, items.map(({ sk }) => String(sk).split('#')[1])]));
    };
    const few = { 'R#all': ['2'], STATES: ['2'], MODELS: ['2'], 'R#s:wire': ['0'], 'R#s:s0': ['0'], 'R#s:s1': ['0'], 'R#s:s2': ['0'] };
    expect(shardsOf(HOT_FROM - 1)).toEqual(few);
    expect(shardsOf(HOT_FROM)).toEqual({ ...few, 'R#s:wire': ['2'] });
  });

  it('count states and models by hour', () => {
    const counters = new DayCounters();
    counters.add(article({}), 1);
    for (const revision of ['r1', 'r2', 'r2'])
      counters.add(article({ state: 'scored', sentiment: sentimentWith(0.3, revision), publishedAt: NOW + 2 * HOUR }), 1);
    const items = itemsOf(counters).get(STATES) ?? [];
    expect(statesOf(items)).toEqual({ pending: 1, scored: 3, failed: 0, skipped: 0 });
    expect(statesOf(items, (hour) => hour > hourOf(NOW))).toMatchObject({ pending: 0, scored: 3 });
    expect(modelHoursOf(itemsOf(counters).get(MODELS) ?? [])).toEqual(
      ['r1', 'r2'].map((revision, index) => ({ hour: hourOf(NOW) + 2, model: { id: 'test', revision }, count: index + 1 })),
    );
  });
});
