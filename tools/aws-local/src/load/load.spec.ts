import { startLoadFeeds } from './load-feeds';
import { readLoadOptions } from './load-options';
import { faultsOf, textOf } from './load-report';
import { AnswerCounts, type LoadReport } from './run-load';
import { Samples } from './samples';

const samples = (...values: number[]) => {
  const made = new Samples();
  for (const value of values) made.add(value);
  return made;
};

it('computes quantiles by the nearest rank', () => {
  const hundred = samples(...Array.from({ length: 100 }, (_, index) => 100 - index));
  expect([hundred.quantile(0.5), hundred.quantile(0.99), hundred.quantile(1), hundred.count, hundred.sum]).toEqual([50, 99, 100, 100, 5_050]);
  expect([samples().quantile(0.5), samples(7).quantile(0.5), samples(7).quantile(0.99)]).toEqual([undefined, 7, 7]);
});

describe('the feeds of a load', () => {
  it('publish at their rate, in turn, and answer 304 without news', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'], now: 1_000_000 });
    const feeds = await startLoadFeeds({ count: 3, itemsASecond: 2 });
    try {
      expect(feeds.published()).toBe(0);
      feeds.begin();
      jest.setSystemTime(1_000_000 + 2_500);
      expect(feeds.published()).toBe(5);
      const answers = await Promise.all(feeds.urls.map((url) => fetch(url)));
      expect(
        (await Promise.all(answers.map((answer) => answer.text()))).map((text) =>
          [...text.matchAll(/the town of number (\d+)<\/title>/g)].map(([, number]) => Number(number)),
        ),
      ).toEqual([[3, 0], [4, 1], [2]]);
      const [url, etag] = [feeds.urls[0]!, answers[0]!.headers.get('etag')!];
      expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
      feeds.stop();
      jest.setSystemTime(1_000_000 + 60_000);
      expect([feeds.published(), (await fetch(url, { headers: { 'if-none-match': etag } })).status]).toEqual([5, 304]);
    } finally {
      jest.useRealTimers();
      await feeds.close();
    }
  });
});

const report = (change: Partial<LoadReport> = {}): LoadReport => ({
  options: { seconds: 10, feeds: 4, articlesASecond: 5, readsASecond: 2, tickSeconds: 5 },
  seconds: 8,
  articles: { published: 40, stored: 40, scored: 40, failed: 0, pending: 0 },
  ticks: { durations: samples(100, 300), failed: 0, polls: 8, failedPolls: 0, reasons: new Map() },
  batches: { durations: samples(20, 30), articles: samples(16, 24), failed: 0 },
  queueAge: samples(900, 1_200),
  reads: { durations: samples(5, 6, 7), errors: 0, throttled: 0 },
  requests: { table: 1_234, queue: 8, cancelled: 1, refused: new Map() },
  ...change,
});

it('reports what was requested, what was done, and how long it took', () => {
  const text = textOf(report(), 'a machine');
  for (const line of [
    '8 s of 10 s with 4 feeds, on a machine',
    '40 (5.0 a second; asked for 5)',
    '40, 40, 0, 0',
    '2, of which 0 failed; 8 polls, of which 0 failed',
    '100 / 300 ms',
    '40 articles were delivered, 20.0 a batch',
    '900 / 1,200 ms',
    '3 (0.4 a second; asked for 2), 0 errors, 0 throttled',
    '1,234; 1 transactions were cancelled',
  ])
    expect(text).toContain(line);
  expect(faultsOf(report())).toEqual([]);
});

it('reports why polls failed', () => {
  const { ticks } = report();
  expect(faultsOf(report({ ticks: { ...ticks, failedPolls: 2, reasons: new Map([['The server did not answer in time.', 2]]) } }))).toEqual([
    '2 polls failed.',
    '  2 times: The server did not answer in time.',
  ]);
});

it('reports what was lost or failed', () => {
  const lost = report({
    articles: { published: 40, stored: 37, scored: 35, failed: 1, pending: 1 },
    reads: { durations: samples(), errors: 2, throttled: 3 },
    requests: { table: 1, queue: 1, cancelled: 0, refused: new Map([['AccessDeniedException', 4]]) },
  });
  expect(faultsOf(lost)).toEqual([
    '3 articles were published and not stored.',
    '1 articles wait for a score.',
    '1 articles could not be scored.',
    '2 reads failed.',
    '3 reads were throttled.',
    '4 requests were refused: AccessDeniedException.',
  ]);
  expect(textOf(lost, 'a machine')).toMatch(/other refusals +AccessDeniedException 4/);
});

it('distinguishes cancelled transactions, failed conditions and refusals', () => {
  const counts = new AnswerCounts();
  for (const error of [undefined, 'ConditionalCheckFailedException', 'TransactionCanceledException', 'ThrottlingException', 'ThrottlingException'])
    counts.note({ app: 'ingestion', service: 'dynamodb', ...(error && { error }) });
  counts.note({ app: 'ingestion', service: 'sqs' });
  expect(counts.report()).toEqual({ table: 5, queue: 1, cancelled: 1, refused: new Map([['ThrottlingException', 2]]) });
});

describe('options', () => {
  it('have defaults', () => expect(readLoadOptions([])).toEqual({ seconds: 60, feeds: 20, articlesASecond: 10, readsASecond: 5, tickSeconds: 10 }));
  it('may request help', () => expect(readLoadOptions(['--help'])).toBeUndefined());
  it.each([
    [['--seconds', '0'], '--seconds must be a whole number from 1 to 600, in digits alone, not "0".'],
    [['--reads', '10'], '--reads must be a whole number from 1 to 9, in digits alone, not "10".'],
    [['--articles', 'many'], '--articles must be a whole number from 1 to 500, in digits alone, not "many".'],
    [['--mood', 'dark'], "Unknown option '--mood'"],
  ])('%j are refused', (args, message) => expect(() => readLoadOptions(args)).toThrow(message));
});
