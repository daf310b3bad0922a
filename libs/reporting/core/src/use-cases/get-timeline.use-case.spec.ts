import { HOUR, hourOf, ManualClock } from '@barometer/kernel';
import { reportsOf } from '../testing/fakes';
import { GetTimeline } from './get-timeline.use-case';
import { UsualRanges } from './usual-ranges';

const now = Date.UTC(2026, 10, 23, 12, 34);
const noon = hourOf(now);
const change = { at: (noon - 1) * HOUR, model: { id: 'small', revision: 'r1' } };
const reports = reportsOf({
  hours: async () => [{ hour: noon - 1, negative: 1, neutral: 0, positive: 0, toneSum: -500_000, toneSquares: 250_000 }],
  observedHours: async () => [noon - 2, noon - 1],
  watermark: async () => '1',
  async *sourceDays(_scope, firstDay, endDay) {
    for (let day = firstDay; day < endDay; day += 1) yield { day, sources: new Map() };
  },
  modelChanges: async () => [{ ...change, at: change.at - 3_600_000 }, change],
});
const clock = new ManualClock(now);
const timeline = new GetTimeline({ reports, clock, usual: new UsualRanges({ reports, clock, homes: async () => [] }) });

describe('GetTimeline', () => {
  it('by hour ends with the current hour, with gaps and model changes', async () => {
    const found = await timeline.execute({ period: { from: now - 3 * HOUR, to: now + 9 * HOUR }, bucket: 'hour' });
    expect(found).toMatchObject({ bucket: 'hour', timeZone: 'UTC', modelChanges: [change] });
    expect(found.buckets.map(({ observed, tone }) => [observed, tone])).toEqual([
      [false, undefined],
      [true, undefined],
      [true, -0.5],
      [false, undefined],
    ]);
  });

  it('by day uses the days of a time zone', async () => {
    const { buckets } = await timeline.execute({ period: { from: now - 2 * HOUR, to: now }, bucket: 'day', timeZone: 'Pacific/Auckland' });
    // 11:00 UTC is midnight there.
    expect(buckets.map(({ day, hours, volume }) => [day, hours, volume])).toEqual([
      ['2026-11-23', 1, 0],
      ['2026-11-24', 2, 1],
    ]);
  });

  it('fails for an unknown time zone', async () => {
    await expect(timeline.execute({ period: { from: now - HOUR, to: now }, bucket: 'day', timeZone: 'Mars/Olympus' })).rejects.toThrow(RangeError);
  });
});
