import { DAY, HOUR, hourOf } from '@barometer/kernel';
import { sparklineOf } from './breakdown';

const from = Date.UTC(2026, 10, 22);
const row = (after: number, tone: number) => ({
  hour: hourOf(from) + after,
  negative: 0,
  neutral: 1,
  positive: 0,
  toneSum: tone * 1e6,
  toneSquares: tone * tone * 1e6,
});

describe('sparklineOf', () => {
  it('has a point an hour for a day, and holes where nothing was scored', () => {
    const line = sparklineOf({ from, to: from + DAY }, [row(0, 0.5), row(23, -0.5)]);
    expect([line.length, line[0], line[1], line[23]]).toEqual([24, 0.5, null, -0.5]);
  });

  it('has at most 24 points for longer periods', () => {
    const line = sparklineOf({ from, to: from + 25 * HOUR }, [row(0, 0.2), row(1, 0.4), row(24, 1)]);
    expect([line.length, line[0], line.at(-1)]).toEqual([13, expect.closeTo(0.3, 9), 1]);
    expect(sparklineOf({ from, to: from + 90 * DAY }, [])).toEqual(Array(24).fill(null));
    expect(sparklineOf({ from, to: from }, [])).toEqual([]);
  });
});
