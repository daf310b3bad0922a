import { Random } from './random';
import { capacitiesOf, documented, FEED_LENGTH, quantilesOf, simulateDay, type Deployed, type Durations } from './simulate-day';
import { SECONDS_A_DAY, trafficOf } from './traffic';
import { measureWritePattern, type WritePattern } from './write-pattern';

const deployed: Deployed = {
  pollMinutes: 15,
  pollConcurrency: 8,
  ingestionMb: 1_769,
  analysisMb: 1_769,
  analysisConcurrency: 7,
  batchMessages: 10,
  batchWindowSeconds: 1,
  listPartitions: 1,
};
const durations: Durations = {
  pollProcessorMs: 10,
  storeProcessorMs: 4,
  scoreProcessorMs: 9,
  lookProcessorMs: 100,
  headlineMs: 1,
  feedMs: 400,
  requestMs: 5,
  requestsAPoll: 8,
  requestsAnArticleStored: 1.5,
  requestsAnArticleScored: 2,
};
const pattern: WritePattern = {
  keys: [
    { partition: 'list: all', stored: 1, scored: 2, hottestItemShare: 0 },
    { partition: 'R#all', stored: 0, scored: 0.5, hottestItemShare: 0.25 },
  ],
  sources: { writesAPoll: 4, readsALook: 150 },
  writesAnArticle: 40,
  tableWritesAnArticle: 34,
};
const day = (
  articlesPerDay: number,
  change: Partial<Deployed> = {},
  { sources = 1_000, seed = 1, ...other }: { sources?: number; seed?: number } & Partial<Durations> = {},
) => simulateDay({ articlesPerDay, sources, random: new Random(seed), pattern, deployed: { ...deployed, ...change }, durations: { ...durations, ...other } });

describe('a day of news', () => {
  it('has the requested number of articles, most of them in the afternoon, and is the same for the same seed', () => {
    const { published } = trafficOf(1_000_000, new Random(5));
    const hour = (at: number) => published.subarray(at * 3_600, (at + 1) * 3_600).reduce((sum, one) => sum + one, 0);
    expect(published.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1_000_000, 3);
    expect(hour(14)).toBeGreaterThan(2 * hour(2));
    expect(trafficOf(1_000_000, new Random(5))).toEqual({ published, bursts: expect.any(Number) });
    expect(trafficOf(1_000_000, new Random(6)).published).not.toEqual(published);
  });
});

describe('a simulated day', () => {
  it('stores and scores all articles of a small system in time', () => {
    const { articles, pollLateness, queueAge, heat } = day(500_000);
    expect(articles.published).toBeCloseTo(500_000, 3);
    expect([articles.lost, Math.abs(articles.stored / articles.published - 1) < 0.02, Math.abs(articles.scored - articles.stored) < 10]).toEqual([
      0,
      true,
      true,
    ]);
    expect([pollLateness.max, queueAge.max, heat.every(({ throttledShare }) => throttledShare === 0)]).toEqual([0, 0, true]);
    // Three units an article at a mean rate of 500,000 a day.
    expect(heat[0]?.wanted.max).toBeGreaterThan((3 * 500_000) / SECONDS_A_DAY);
    expect(heat[1]?.hottestItem).toBeCloseTo((heat[1]?.wanted.max ?? 0) / 4);
  });

  it('polls late and loses items that have left their feed if Ingestion is too small', () => {
    const { articles, pollLateness, ingestionBusy } = day(5_000_000, { ingestionMb: 256 });
    expect(articles.stored).toBeLessThan(0.7 * articles.published);
    expect(articles.lost).toBeGreaterThan(articles.published - articles.stored - 1_000 * FEED_LENGTH);
    expect([pollLateness.p50 > 60, ingestionBusy.p50]).toEqual([true, 1]);
  });

  it('lets the queue grow old if Analysis is too small', () => {
    const { queueAge, analysisConcurrency, articles } = day(5_000_000, { analysisConcurrency: 2, analysisMb: 256 });
    expect([queueAge.p99 > 60, analysisConcurrency.max, articles.scored < articles.stored]).toEqual([true, 2, true]);
  });

  it('is throttled if a partition is written to beyond its limit, and less with more partitions', () => {
    const huge = { ingestionMb: 1_769, pollConcurrency: 64, analysisConcurrency: 100 };
    const fast = { sources: 10_000, pollProcessorMs: 0.1, storeProcessorMs: 0.5, lookProcessorMs: 1, feedMs: 50, requestsAnArticleStored: 0.1 };
    const throttled = day(60_000_000, huge, fast).heat[0];
    expect([throttled?.throttledShare ?? 0, throttled?.wanted.max ?? 0].map((value, index) => value > [0, documented.partitionWrites][index]!)).toEqual([
      true,
      true,
    ]);
    expect(day(60_000_000, { ...huge, listPartitions: 8 }, fast).heat[0]).toMatchObject({ partition: 'list: all (each of 8)', throttledShare: 0 });
  });
});

describe('what fails first', () => {
  const capacities = (change: Partial<Deployed> = {}) => capacitiesOf(1_000, pattern, { ...deployed, ...change }, durations);
  const of = (what: string, change: Partial<Deployed> = {}) => capacities(change).find((one) => one.what.includes(what))?.articlesASecond ?? NaN;

  it('is the part with the smallest capacity', () => {
    const found = capacities({ ingestionMb: 256 });
    expect(found[0]?.what).toBe('processor of Ingestion (256 MB)');
    expect(found.map(({ articlesASecond }) => articlesASecond)).toEqual(found.map(({ articlesASecond }) => articlesASecond).sort((one, other) => one - other));
  });

  it('follows from the units of a key and the documented limit of a partition', () => {
    expect([of('list: all'), of('R#all'), of('a new table'), of('quota')]).toEqual([1_000 / 3, 2_000, 4_000 / 34, 40_000 / 34]);
    expect(of('list: all', { listPartitions: 4 })).toBeCloseTo(4_000 / 3);
  });

  it('depends on the memory and on the concurrency, up to one processor', () => {
    expect(of('processor of Ingestion', { ingestionMb: 3_538 })).toBeCloseTo(of('processor of Ingestion'));
    // Reading the sources leaves 980 ms of a second; 1.11 polls a second take 11 ms of them, and articles take 4 ms each.
    expect(of('processor of Ingestion')).toBeCloseTo((980 - (1_000 / 900) * 10) / 4);
    expect(of('waiting time of', { pollConcurrency: 16 })).toBeGreaterThan(1.9 * of('waiting time of'));
    expect(of('environments of Analysis', { analysisConcurrency: 14 })).toBeCloseTo(2 * of('environments of Analysis'));
  });
});

it('sorts observed values', () => expect(quantilesOf(Float64Array.from({ length: 100 }, (_, index) => 100 - index))).toEqual({ p50: 51, p99: 100, max: 100 }));

describe('the write pattern of the stores', () => {
  it('has the keys that every article writes, and is the same for the same seed', async () => {
    const options = { sources: 60, articlesAPoll: 12, articlesABatch: 32, seed: 3, sample: 120 };
    const measured = await measureWritePattern(options);
    const of = (partition: string) => measured.keys.find((key) => key.partition === partition);
    // An article is some KB with its title and summary, and is copied completely when it is stored and again when it is scored.
    expect(of('list: all')).toMatchObject({ stored: expect.closeTo(1, 0), scored: expect.closeTo(2, 0) });
    expect(of('waiting: pending')).toMatchObject({ stored: 1, scored: 1 });
    // A row is written when the article is stored and when it is scored, twice in a transaction: 0.4 of the articles are in it.
    const topic = of('L#t:topic-0@1');
    expect(topic?.stored).toBe(topic?.scored);
    expect(Math.abs((topic?.stored ?? 0) - 2 * 0.4)).toBeLessThan(0.2);
    expect(measured.sources.writesAPoll).toBe(4);
    expect([measured.writesAnArticle > 35, measured.writesAnArticle < 55, measured.tableWritesAnArticle < measured.writesAnArticle]).toEqual([
      true,
      true,
      true,
    ]);
    const again = await measureWritePattern(options);
    // Only the choice among a shard's four items depends on random tokens.
    expect(again.keys.map(({ partition, stored, scored }) => [partition, stored, scored])).toEqual(
      measured.keys.map(({ partition, stored, scored }) => [partition, stored, scored]),
    );
  });
});
