import { HOUR } from '../../format/times';
import { bandsOf, bucketText, chartBuckets, gapsOf, importedOf, isHourly, tickIndexes, tickLabel, toneRange, type ChartBucket } from './chart-data';

const hour = (index: number, tone: number | null, observed = tone !== null): ChartBucket => ({
  from: index * HOUR,
  to: (index + 1) * HOUR,
  observed,
  imported: false,
  volume: tone === null ? 0 : 10,
  negative: tone === null ? 0 : 5,
  neutral: 0,
  positive: tone === null ? 0 : 5,
  tone,
  usual: null,
});

describe('the chart', () => {
  it('reads the answer of the API', () => {
    const [bucket] = chartBuckets({
      buckets: [
        {
          from: '1970-01-01T01:00:00.000Z',
          to: '1970-01-01T02:00:00.000Z',
          observed: true,
          imported: false,
          volume: 3,
          counts: { negative: 1, neutral: 1, positive: 1 },
          tone: 0,
          standardError: null,
          usual: { low: -0.4, high: -0.2, mean: -0.3 },
        },
      ],
    });
    expect(bucket).toEqual({
      from: HOUR,
      to: 2 * HOUR,
      observed: true,
      imported: false,
      volume: 3,
      negative: 1,
      neutral: 1,
      positive: 1,
      tone: 0,
      usual: { low: -0.4, high: -0.2, mean: -0.3 },
    });
  });

  it('joins unobserved hours to gaps', () => {
    const buckets = [hour(0, null), hour(1, 0.1), hour(2, null), hour(3, null), hour(4, null, true)];
    expect(gapsOf(buckets)).toEqual([
      { first: 0, last: 0 },
      { first: 2, last: 3 },
    ]);
  });

  it('has no gap where articles of an unobserved hour were read later', () => expect(gapsOf([hour(0, 0.2, false)])).toEqual([]));

  it('marks runs of imported buckets, and says so', () => {
    const buckets = [hour(0, 0.1), ...[1, 2].map((index) => ({ ...hour(index, 0.2, false), imported: true })), hour(3, null)];
    expect(importedOf(buckets)).toEqual([{ first: 1, last: 2 }]);
    expect(buckets.map(bucketText)).toEqual([
      expect.not.stringMatching(/imported/),
      expect.stringMatching(/ · imported$/),
      expect.stringMatching(/ · imported$/),
      'not observed, no data',
    ]);
  });

  it('distinguishes a gap from an hour without articles', () => {
    expect(bucketText(hour(0, null))).toBe('not observed, no data');
    expect(bucketText(hour(0, null, true))).toBe('no articles');
    expect(bucketText(hour(0, -0.3))).toBe('tone −0.30, negative · 10 articles: 5 negative, 0 neutral, 5 positive');
  });

  it('says how a bucket compares with its usual range', () => {
    const usual = { low: -0.4, high: -0.2, mean: -0.3 };
    expect(bucketText({ ...hour(0, -0.3), usual })).toMatch(/^tone −0.30, negative, as usual · 10/);
    expect(bucketText({ ...hour(0, -0.5), usual })).toMatch(/darker than usual/);
    expect(bucketText({ ...hour(0, 0.1), usual })).toMatch(/calmer than usual/);
    expect(toneRange([{ ...hour(0, 0), usual: { low: -0.85, high: 0, mean: 0 } }])).toBe(1);
  });

  it('breaks the band where there is no usual range, and gives a single bucket a width', () => {
    const usual = { low: -0.4, high: -0.2, mean: -0.3 };
    const buckets = [{ ...hour(0, 0), usual }, { ...hour(1, 0), usual }, hour(2, null), { ...hour(3, 0), usual }];
    expect(bandsOf(buckets).map((run) => run.map(({ index }) => index))).toEqual([[0, 1], [3]]);
  });

  it('does not call the current hour a gap', () => {
    const now = Math.ceil(Date.now() / HOUR);
    expect(gapsOf([hour(now - 2, null), hour(now - 1, null)])).toEqual([{ first: 0, last: 0 }]);
    expect(bucketText(hour(now, null))).toBe('not read yet');
  });

  it('never scales noise up to the full height', () => {
    expect(toneRange([hour(0, 0.01)])).toBe(0.3);
    expect(toneRange([hour(0, -0.98)])).toBe(1);
  });

  it.each([24, 48, 168, 720].flatMap((count) => [360, 600, 730].map((width) => [count, width] as const)))(
    'labels %p hours on %p pixels without crowding',
    (count, width) => {
      const buckets = Array.from({ length: count }, (_, index) => hour(index, 0));
      const indexes = tickIndexes(buckets, width);
      expect(indexes.length).toBeGreaterThan(1);
      const room = Math.min(...indexes.slice(1).map((index, place) => ((index - (indexes[place] ?? 0)) * width) / count));
      expect(room).toBeGreaterThan(Math.max(...buckets.map((bucket) => tickLabel(bucket, true).length)) * 7 + 10);
    },
  );

  it('labels days as days, also the first one, of which a week may contain only the last hour', () => {
    const midnight = new Date(2026, 10, 20).getTime();
    const day = (index: number): ChartBucket => ({ ...hour(0, 0), from: midnight + index * 24 * HOUR, to: midnight + (index + 1) * 24 * HOUR });
    const week = [{ ...day(-1), from: midnight - HOUR }, day(0), day(1)];
    expect(isHourly(week)).toBe(false);
    const labels = week.map((bucket) => tickLabel(bucket, isHourly(week)));
    expect(labels.filter((label) => /[:.]\d\d/.test(label))).toEqual([]);
    expect(labels[0]).toContain('19');
    expect(tickLabel(week[0]!, true)).toMatch(/11|23/);
  });
});
