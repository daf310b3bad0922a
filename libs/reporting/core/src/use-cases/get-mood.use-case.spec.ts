import { HOUR, hourOf, ManualClock } from '@barometer/kernel';
import type { HourCounts, Period } from '../domain/report';
import { reportsOf } from '../testing/fakes';
import { GetMood } from './get-mood.use-case';
import { UsualRanges } from './usual-ranges';

const now = Date.UTC(2026, 10, 23, 12, 34);
const noon = hourOf(now);
const last24 = { from: now - 23 * HOUR, to: now };

/** Four scores of ± 0.1 around `tone`. */
const row = (hour: number, tone: number): HourCounts => ({
  hour,
  negative: 1,
  neutral: 2,
  positive: 1,
  toneSum: Math.round(4 * tone * 1e6),
  toneSquares: Math.round(4 * (tone * tone + 0.01) * 1e6),
});

function mood(rows: HourCounts[], observed: number[]) {
  const within =
    ({ from, to }: Period) =>
    (hour: number) =>
      hour * HOUR >= from && hour * HOUR < to;
  const clock = new ManualClock(now);
  const reports = reportsOf({
    hours: async (_scope, period) => rows.filter(({ hour }) => within(period)(hour)),
    watermark: async () => '1',
    async *sourceDays(_scope, firstDay, endDay) {
      for (let day = firstDay; day < endDay; day += 1) yield { day, sources: new Map([['wire', rows.filter(({ hour }) => Math.floor(hour / 24) === day)]]) };
    },
    observedHours: async (_source, period) => observed.filter(within(period)),
    modelChanges: async () => [],
  });
  return new GetMood({ clock, reports, usual: new UsualRanges({ reports, clock, homes: async () => [] }) });
}
const always = Array.from({ length: 60 }, (_, index) => noon - 59 + index);
const some = [row(noon - 30, 0.3), row(noon - 26, 0.3), row(noon - 5, -0.1), row(noon, -0.1)];

describe('GetMood', () => {
  it('answers the mood of whole hours and its change from the hours before', async () => {
    const found = await mood([...some, row(noon - 48, -1), row(noon - 60, -1)], always).execute({ period: last24 });
    expect(found).toMatchObject({
      period: { from: (noon - 23) * HOUR, to: (noon + 1) * HOUR },
      volume: 8,
      word: 'slightly negative',
      hours: 24,
      observedHours: 24,
      change: { kind: 'change', delta: expect.closeTo(-0.4, 6), previousTone: expect.closeTo(0.3, 6) },
    });
    expect(found.tone).toBeCloseTo(-0.1, 6);
  });

  it('claims no change on a first day', async () => {
    const firstDay = always.filter((hour) => hour >= noon - 30);
    const found = await mood(some, firstDay).execute({ period: last24 });
    expect([found.change, found.observedHours]).toEqual([{ kind: 'not-enough-history' }, 24]);
  });

  it('reads only the requested scope', async () => {
    const hours = jest.fn(async () => []);
    const observedHours = jest.fn(async () => []);
    const [clock, reports] = [new ManualClock(now), reportsOf({ hours, observedHours })];
    await new GetMood({ clock, reports, usual: new UsualRanges({ reports, clock, homes: async () => [] }) }).execute({
      topicId: 'gas',
      sourceId: 'wire',
      period: last24,
    });
    expect(hours).toHaveBeenCalledWith({ topicId: 'gas', sourceId: 'wire' }, { from: (noon - 47) * HOUR, to: (noon + 1) * HOUR });
    expect(observedHours).toHaveBeenCalledWith(['wire'], { from: (noon - 50) * HOUR, to: (noon + 4) * HOUR });
  });

  it('has no tone and no word if nothing was scored', async () => {
    const found = await mood([], always).execute({ period: last24 });
    expect([found.volume, found.tone, found.word, found.change.kind]).toEqual([0, undefined, undefined, 'not-enough-history']);
  });
});
