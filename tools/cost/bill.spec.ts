import { billOf, interpolated, MINUTES, type Bill, type Load } from './bill';
import { alternativesTo, comprehendOf } from './comparison';
import { priceOf, type Evidence, type PriceTable, type RequestCost } from './evidence';
import { readOptions } from './main';
import { rangeText, twoFigures } from './range';
import { documentOf, textOf } from './report';

const cost = (units: { reads?: number; requests?: number; bytes?: number; list?: number } & Partial<RequestCost['writes']['items']> = {}): RequestCost => {
  const { reads = 0, requests = 0, bytes = 0, list = 0, ...items } = units;
  return {
    readUnits: reads,
    requests,
    writes: { items: { articles: 0, lists: 0, keys: 0, rollups: 0, stories: 0, sources: 0, notes: 0, ...items }, indexes: { list }, bytes },
  };
};

const prices: PriceTable = {
  writtenDown: '2026-11-27',
  checked: null,
  note: 'Not compared yet.',
  regions: ['here'],
  prices: Object.fromEntries(
    [
      'dynamodb-write',
      'dynamodb-read',
      'dynamodb-storage',
      'dynamodb-recovery',
      'lambda-arm',
      'lambda-x86',
      'lambda-request',
      'sqs-request',
      'scheduler',
      'alarm',
      'metric',
      'dashboard',
      'log-ingestion',
      'log-storage',
      'trace',
      'secret',
      'image-storage',
      'traffic-out',
      'server-small',
      'server-larger',
      'server-address',
      'disk',
      'comprehend-first',
      'comprehend-second',
      'comprehend-third',
    ].map((name) => [name, { unit: 'a thing', source: 'https://example.org', here: 1 }]),
  ),
};

const evidence: Evidence = {
  units: {
    canary: { 1: cost({ reads: 2, sources: 2 }) },
    tick: { 25: cost({ reads: 10 }), 300: cost({ reads: 120 }) },
    unchanged: { 25: cost({ reads: 5, sources: 8 }), 300: cost({ reads: 60, sources: 8 }) },
    round: { 25: cost({ reads: 3 }), 300: cost({ reads: 16 }) },
    poll: {
      0: cost({ reads: 6, sources: 9 }),
      1: cost({ reads: 8, sources: 9, articles: 10, list: 2, bytes: 1_000 }),
      32: cost({ reads: 70, sources: 9, articles: 320, list: 64, bytes: 32_000 }),
    },
    score: {
      1: cost({ reads: 2, requests: 6, articles: 4, rollups: 16, stories: 5, list: 1 }),
      32: cost({ reads: 64, requests: 60, articles: 128, rollups: 64, stories: 160, list: 32 }),
    },
  },
  pageReads: { 'mood of a day': 4, 'status, with a backlog': 12 },
  prices,
  counts: { alarmMetrics: 24, customMetrics: 19, dashboards: 1, secrets: 1 },
  memoryMb: { ingestion: 512, analysis: 2_048, dashboard: 1_024 },
  milliseconds: { idleTick: 40, page: 20, headline: 1, start: { zip: 430, image: 450 } },
  imageMegabytes: 42,
};

const month: Load = { articles: 1_000_000, sources: 300, readers: 10, region: 'here', packaging: 'image' };
const lineOf = (bill: Bill, step: string, service: string) => bill.lines.find((line) => line.step === step && line.service === service)?.usd;

describe('the bill', () => {
  const bill = billOf(month, evidence);

  it('stores a million articles, some of them twice, for 10 units each and 2 in an index, at a dollar a million', () => {
    expect(lineOf(bill, 'store', 'DynamoDB writes')).toEqual({ low: expect.closeTo(10 * 1.02), high: expect.closeTo(10 * 1.15) });
    expect(lineOf(bill, 'indexes', 'DynamoDB writes')).toEqual({ low: expect.closeTo(2 + 1), high: expect.closeTo(2 + 1) });
  });

  it('counts the reads of idle ticks: 120 units at 300 sources, every minute', () =>
    expect(lineOf(bill, 'idle', 'DynamoDB reads')?.low).toBeCloseTo((120 * MINUTES) / 1e6));

  it('counts a canary every quarter of an hour, which finds the function warm, or starts it', () => {
    const canaries = MINUTES / 15;
    expect(['DynamoDB writes', 'DynamoDB reads', 'SQS'].map((service) => lineOf(bill, 'canary', service)?.high)).toEqual(
      [2, 2, 3].map((units) => expect.closeTo((units * canaries) / 1e6)),
    );
    const gbSeconds = { warm: 2 * 0.001, cold: 2 * 3.5 * 0.451 };
    expect(lineOf(bill, 'canary', 'Lambda')).toEqual({
      low: expect.closeTo(canaries * (gbSeconds.warm + 1e-6)),
      high: expect.closeTo(canaries * (gbSeconds.cold + 1e-6)),
    });
  });

  it('shares the reads of all sources among the polls of a tick', () => {
    // Reading 300 sources takes 120 units. A single poll takes 260: 20 and two such reads; one of twelve together takes
    // 90, which is seven reads in all.
    const units = {
      ...evidence.units,
      tick: { 25: cost({ reads: 10 }), 300: cost({ reads: 120 }) },
      unchanged: { 25: cost({ reads: 40 }), 300: cost({ reads: 260 }) },
      round: { 25: cost({ reads: 20 + (10 * 7) / 12 }), 300: cost({ reads: 20 + (120 * 7) / 12 }) },
    };
    const reads = (sources: number) =>
      (lineOf(billOf({ ...month, sources }, { ...evidence, units }), 'poll', 'DynamoDB reads')?.low ?? NaN) / ((sources * MINUTES) / 30 / 1e6);
    // Ten polls a tick at 300 sources; a feed answers in 150 ms and DynamoDB eight times in 3 ms each, with eight concurrent polls.
    expect(reads(300)).toBeCloseTo(20 + (120 * (2 + (5 * 9) / 11 + (10 * (174 / 8)) / 5_000)) / 10);
    // A hundred polls at 3,000 sources: seven reads and one for every five seconds, 1,200 units each.
    expect(reads(3_000)).toBeCloseTo(20 + (1_200 * (7 + (100 * (174 / 8)) / 5_000)) / 100);
  });

  it('gives a range for what is not measured: a poll every 30 or 15 minutes, 8 or 9 units', () => {
    const [few, many] = [300 * (MINUTES / 30), 300 * (MINUTES / 15)];
    expect(lineOf(bill, 'poll', 'DynamoDB writes')).toEqual({
      low: expect.closeTo((few * (0.7 * 8 + 0.3 * 9)) / 1e6),
      high: expect.closeTo((many * (0.3 * 8 + 0.7 * 9)) / 1e6),
    });
  });

  it('has the same sum by step, by service and in all', () => {
    for (const parts of [bill.byStep, bill.byService]) expect(parts.reduce((total, [, { high }]) => total + high, 0)).toBeCloseTo(bill.total.high);
    expect(new Set(bill.byStep.map(([step]) => step))).toEqual(
      new Set(['poll', 'store', 'queue', 'score', 'stories', 'roll-ups', 'indexes', 'keep', 'reads', 'alarms', 'logs', 'canary', 'idle']),
    );
    for (const { usd } of bill.lines) expect(usd.low).toBeLessThanOrEqual(usd.high);
  });

  it('grows with every input, and counts larger batches only once', () => {
    const middleOf = (change: Partial<Load>) => billOf({ ...month, ...change }, evidence).total;
    for (const change of [{ articles: 2_000_000 }, { sources: 900 }, { readers: 1_000 }]) expect(middleOf(change).high).toBeGreaterThan(bill.total.high);
    const rollups = (articles: number) => (lineOf(billOf({ ...month, articles }, evidence), 'roll-ups', 'DynamoDB writes')?.low ?? NaN) / articles;
    expect(rollups(100_000_000)).toBeLessThan(rollups(10_000) / 4);
  });

  it('includes no stored image if Analysis is a ZIP', () =>
    expect([lineOf(bill, 'idle', 'ECR')?.low, lineOf(billOf({ ...month, packaging: 'zip' }, evidence), 'idle', 'ECR')]).toEqual([
      expect.any(Number),
      undefined,
    ]));

  it('names the largest part, as text and as a document', () => {
    expect(textOf(bill, prices)).toContain(`What dominates: ${bill.dominant[0]?.step}`);
    expect(textOf(billOf({ ...month, articles: 1, sources: 1, readers: 1 }, evidence), prices)).toMatch(
      /^1 article a month from 1 source, 1 reader, .*\n(.*\n)*.* under \$0\.01 /,
    );
    const region = Object.fromEntries(Object.entries(prices.prices).map(([name, price]) => [name, { ...price, 'eu-central-1': 1 }]));
    expect(documentOf({ ...evidence, prices: { ...prices, prices: region } })).toContain('Not compared yet.');
  });
});

it('interpolates linearly between measurements, and does not extrapolate', () => {
  const measured = { 1: cost({ reads: 10 }), 4: cost({ reads: 16 }) };
  expect([1, 2, 4, 9].map((count) => interpolated(measured, count, ({ readUnits }) => readUnits))).toEqual([10, 12, 16, 16]);
});

it('prices Comprehend by its tiers', () => {
  const price = (name: string) => ({ 'comprehend-first': 100, 'comprehend-second': 50, 'comprehend-third': 25 })[name] ?? NaN;
  expect([1e6, 20e6, 100e6].map((articles) => comprehendOf(articles, price))).toEqual([300, 1_000 + 40 * 50 + 10 * 25, 1_000 + 40 * 50 + 250 * 25]);
});

it('says when a laptop is not enough', () =>
  expect(alternativesTo(billOf({ ...month, articles: 100_000_000 }, evidence), prices)[0]).toEqual({
    name: 'a laptop that runs anyway',
    remark: 'no: 450 to 1200 GB to keep',
  }));

it.each([
  [0, '0'],
  [0.001, 'under 0.01'],
  [0.05, '0.05'],
  [4.56, '4.6'],
  [45.6, '46'],
  [456, '460'],
  [45_678, '46,000'],
])('%d reads %s', (value, text) => expect(twoFigures(value)).toBe(text));
it('is one figure if both ends read the same', () => expect([rangeText({ low: 4.56, high: 4.6 }), rangeText({ low: 1, high: 12 })]).toEqual(['4.6', '1.0–12']));

it('names a missing price', () =>
  expect(() => priceOf(prices, 'alarm', 'there')).toThrow('tools/cost/prices.json has no price "alarm" for there; its regions are here.'));

describe('options', () => {
  const read = (...args: string[]) => readOptions(args, ['us-east-1', 'eu-central-1']);
  const enough = ['--articles-per-month', '1000', '--sources', '3'];

  it('have defaults', () =>
    expect(read(...enough)).toEqual({
      what: 'bill',
      asJson: false,
      load: { articles: 1_000, sources: 3, readers: 10, region: 'eu-central-1', packaging: 'image' },
    }));
  it('may be set', () => expect([read('--help').what, read('--check').what, read('--write').what]).toEqual(['help', 'check', 'write']));

  it.each([
    [['--sources', '3'], '--articles-per-month is missing.'],
    [['--articles-per-month', '1000'], '--sources is missing.'],
    [[...enough, '--articles-per-month', '1e6'], '--articles-per-month must be a whole number from 1 to 10000000000, in digits alone, not "1e6".'],
    [[...enough, '--readers', '-1'], undefined],
    [[...enough, '--sources', '0'], '--sources must be a whole number from 1 to 1000000, in digits alone, not "0".'],
    [[...enough, '--region', 'mars'], '--region must be one of us-east-1, eu-central-1, not "mars"'],
    [[...enough, '--packaging', 'jar'], '--packaging must be zip or image, not "jar".'],
    [[...enough, '--shape', 'round'], "Unknown option '--shape'"],
    [[...enough, 'more'], undefined],
  ])('%j are refused', (args, message) => expect(() => read(...args)).toThrow(message));
});
