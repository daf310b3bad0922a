import type { Mark } from '@barometer/http-api/contract';
import type { ChartBucket } from './chart-data';
import { groupMarks, marksNumbers, marksText, markTime } from './mark-groups';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 27);
const buckets = Array.from(
  { length: 24 },
  (_, hour): ChartBucket => ({
    from: T0 + hour * HOUR,
    to: T0 + (hour + 1) * HOUR,
    observed: true,
    imported: false,
    volume: 1,
    negative: 0,
    neutral: 1,
    positive: 0,
    tone: 0,
    usual: null,
  }),
);
const mark = (hour: number, change: Partial<Mark> = {}): Mark => ({
  kind: 'note',
  at: new Date(T0 + hour * HOUR).toISOString(),
  text: `at ${hour}`,
  ...change,
});

describe('marks on a chart', () => {
  it('stand apart where there is room, otherwise together', () => {
    const marks = [mark(1), mark(2), mark(6), mark(6.5), mark(23)];
    const shown = (step: number) => groupMarks(marks, buckets, step).map(({ number, index, marks: of }) => [number, index, of.length]);
    expect(shown(30)).toEqual([
      [1, 1, 1],
      [2, 2, 1],
      [3, 6, 2],
      [4, 23, 1],
    ]);
    expect(shown(12)).toEqual([
      [1, 1, 2],
      [2, 6, 2],
      [3, 23, 1],
    ]);
    expect(shown(1)).toEqual([[1, 1, 5]]);
  });

  it('never overlap, however many there are', () => {
    const groups = groupMarks(
      Array.from({ length: 100 }, (_, index) => mark(index * 0.24)),
      buckets,
      11,
    );
    expect(groups.reduce((sum, { marks }) => sum + marks.length, 0)).toBe(100);
    groups.slice(1).forEach(({ index }, place) => expect((index - (groups[place]?.index ?? 0)) * 11).toBeGreaterThanOrEqual(24));
  });

  it('that began before the chart are at its edge, and those outside it are left out', () => {
    const outage = (until?: number) => mark(-5, { kind: 'source-failing', ...(until !== undefined && { until: new Date(T0 + until * HOUR).toISOString() }) });
    expect(groupMarks([outage(), outage(2), outage(-1), mark(24)], buckets, 30)).toEqual([{ number: 1, index: 0, marks: [outage(), outage(2)] }]);
  });

  it('are read out with their bucket', () => {
    const groups = groupMarks([mark(1), mark(2)], buckets, 1);
    expect([marksText(groups, buckets, 1), marksText(groups, buckets, 2), marksText(groups, buckets, 3)]).toEqual([' · at 1', ' · at 2', '']);
    expect([marksNumbers(groups, buckets, 2), marksNumbers(groups, buckets, 3)]).toEqual([' · mark 1', '']);
    expect([markTime(mark(1, { kind: 'source-failing' })), markTime(mark(1))].map((text) => text.startsWith('since '))).toEqual([true, false]);
  });
});
