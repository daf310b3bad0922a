import { HOUR } from '@barometer/kernel';
import { hoursBetween, simulateNews, toneOver } from '../testing/simulated-news';
import { changingSources, copiesOf, modelOf, shareFound, shareOutside, verdict, world } from '../testing/usual-trials';
import { packHours, speakersOf } from './packed-hours';
import { learnToneModel } from './tone-model';
import { usualOf, usualRange } from './usual';

const steady = { perDay: 1_200, copies: copiesOf(1.28) };

describe('the usual range', () => {
  it('contains 93 to 97 of 100 hours in which only volume and mix change', () => {
    const outside = shareOutside({ ...steady, runs: 12, length: 1 });
    expect(outside).toBeGreaterThanOrEqual(0.03);
    expect(outside).toBeLessThanOrEqual(0.07);
  });

  it('is left within a day after a shift of half the standard deviation of days, with some thousand articles a day', () => {
    expect(shareFound({ perDay: 22_000, deviations: 0.5, runs: 3 })).toBeGreaterThanOrEqual(0.8);
  });

  const history = 28 * 24;
  const sources = changingSources(5, 1_200, 30, 6).map(({ activity: _, ...source }, index) => ({ ...source, bias: index === 0 ? 0.5 : -0.1 }));
  const firstHour = 24 * 7 * 2_900;
  const today = (change: (source: (typeof sources)[number], index: number) => number, extra = 0) =>
    simulateNews({
      seed: 11,
      firstHour,
      hours: history + 24,
      sources: sources.map((source, index) => ({
        ...source,
        activity: (day: number) => (day * 24 < firstHour + history ? (index === 0 ? 1 - extra : 1) : change(source, index)),
      })),
    });

  it.each([
    { name: 'as ever', first: 1, added: 0 },
    { name: 'a source removed', first: 0, added: 0 },
    { name: 'a source twice as busy', first: 2, added: 0 },
    { name: 'a source added', first: 1, added: 1 },
  ])('depends on the active sources: $name', ({ first, added }) => {
    const rows = today((_, index) => (index === 0 ? first : 1), added);
    expect(verdict(modelOf(rows), rows, 0, 24)?.word).toBe('as usual');
  });

  it('says where a tone lies, in the words of the picture', () => {
    const rows = world(3, { ...steady, shiftFrom: 0, shift: -0.3 });
    const found = verdict(modelOf(rows), rows, 0, 24);
    expect(found).toMatchObject({ word: 'darker than usual', basis: 'own', days: 28 });
    expect(found!.standardScore).toBeLessThan(-2);
    expect(found!.percentile).toBeLessThan(2.5);
    expect(found!.low).toBeLessThan(found!.mean);
    const range = { low: -0.4, high: -0.2, mean: -0.3, basis: 'own' as const, days: 9, deviation: 0.05 };
    expect([-0.41, -0.4, -0.2, -0.19].map((tone) => usualOf(range, tone).word)).toEqual(['darker than usual', 'as usual', 'as usual', 'calmer than usual']);
    expect(usualOf(range, -0.35)).toMatchObject({ standardScore: expect.closeTo(-1, 6), percentile: expect.closeTo(15.87, 2) });
  });

  it('adds up the uncertainty of sources by the squares of their shares', () => {
    const nothing = { value: 0, variance: 0 };
    const model = {
      basis: 'own' as const,
      days: 28,
      articleVariance: 0,
      mean: nothing,
      hour: () => nothing,
      spread: () => ({ mood: 0, designEffect: 1, degrees: Infinity }),
      source: () => ({ value: 0, variance: 0.04 }),
    };
    const spoken = { volume: 5, tones: 0 };
    const speakers = {
      volume: 10,
      sources: new Map([
        ['a', spoken],
        ['b', spoken],
      ]),
      hours: new Map<number, number>(),
    } as unknown as ReturnType<typeof speakersOf>;
    expect(usualRange(model as unknown as ReturnType<typeof modelOf>, { from: 0, to: HOUR }, speakers)).toMatchObject({
      range: { deviation: expect.closeTo(Math.sqrt(0.02), 9) },
    });
  });

  it('is learned from observed hours only, and does not exist for a window without articles', () => {
    const rows = hoursBetween(world(3, steady), firstHour, firstHour + history);
    const half = new Set(Array.from({ length: history / 2 }, (_, index) => firstHour + history / 2 + index));
    const spoilt = new Map([...rows].map(([id, hours]) => [id, hours.map((one) => (half.has(one.hour) ? one : { ...one, toneSum: one.toneSum + 900_000 }))]));
    const model = learnToneModel([packHours(spoilt)], half);
    expect(model?.days).toBe(14);
    expect(model?.mean.value).toBeCloseTo(learnToneModel([packHours(hoursBetween(rows, firstHour + history / 2, firstHour + history))], half)!.mean.value, 6);
    expect(Math.abs(model!.mean.value - toneOver(rows))).toBeLessThan(0.1);
    expect(learnToneModel([packHours(rows)], new Set())).toBeUndefined();
    expect(usualRange(model!, { from: 0, to: HOUR }, speakersOf([], 0, 1))).toEqual({ missing: 'nothing-known' });
  });

  it('is wider for a source with little history, and does not exist for one without any', () => {
    const rows = new Map(world(3, steady));
    const model = modelOf(rows.set('rare', [...(rows.get('s1') ?? [])].slice(0, 1)));
    expect(model.source('s1')!.variance).toBeLessThan(model.source('rare')!.variance);
    expect(model.source('never')).toBeUndefined();
    const never = speakersOf([packHours([['never', rows.get('s1') ?? []]])], firstHour, firstHour + history);
    expect(usualRange(model, { from: 0, to: HOUR }, never)).toEqual({ missing: 'nothing-known' });
  });

  it('is wider where days are correlated with the days before', () => {
    const lively = modelOf(world(9, { ...steady, dayMood: 0.08, keeps: 0.8 })).spread(7 * 24);
    const calm = modelOf(world(9, steady)).spread(7 * 24);
    expect(lively.mood + (lively.designEffect * 0.23) / 8_000).toBeGreaterThan(calm.mood + (calm.designEffect * 0.23) / 8_000);
  });
});
