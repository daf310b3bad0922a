import { contributionOf } from '@barometer/kernel';
import { shareOfChanges, unchanged } from '../testing/change-trials';
import { changeOf } from './change';
import { addCounts } from './figures';

/** `volume` scores in each of 24 hours that vary by `spread` around `mean`. */
const side = (sources: Record<string, { mean: number; spread: number; volume: number }>, more = {}) => ({
  first: 0,
  end: 24,
  ...more,
  rows: new Map(
    Object.entries(sources).map(([id, { mean, spread, volume }]) => [
      id,
      Array.from({ length: Math.min(24, volume) }, (_, hour) => ({
        hour,
        ...addCounts(
          Array.from({ length: Math.ceil(volume / 24) }, (_, index) =>
            contributionOf({ label: 'neutral', tone: mean + ((index + hour) % 2 ? spread : -spread) }),
          ),
        ),
      })),
    ]),
  ),
});
const wire = (mean: number, volume = 240, spread = 0.2) => side({ wire: { mean, spread, volume } });
const seen = { previousObserved: true };

describe('changeOf', () => {
  it('is clear from about two standard errors of the difference, and from more where stories may be repeated', () => {
    // A side's error is 0.2 / sqrt(239) = 0.0129, the difference's 0.0183; 1.96 · sqrt(1.85) of it 0.0488, sqrt(4.4) 0.0752.
    const alone = { ...seen, oneSource: true };
    expect(changeOf(wire(0.1), wire(0.05), alone)).toEqual({ kind: 'change', delta: expect.closeTo(-0.05, 6), previousTone: expect.closeTo(0.1, 6) });
    expect(changeOf(wire(0.1), wire(0.053), alone)).toMatchObject({ kind: 'no-clear-change', delta: expect.closeTo(-0.047, 6) });
    expect(changeOf(wire(0.1), wire(0.03), seen).kind).toBe('no-clear-change');
    expect(changeOf(wire(0.1), wire(0.02), seen).kind).toBe('change');
  });

  it('assumes that a source with a single article could have had another tone', () => {
    const once = (mean: number) => side(Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`s${index}`, { mean, spread: 0, volume: 1 }])));
    expect(changeOf(once(-0.25), once(0.25), seen)).toMatchObject({ kind: 'no-clear-change', delta: expect.closeTo(0.5, 6) });
  });

  it('uses the spread of stories where it is known', () => {
    const stories = (copies: number) =>
      Array.from({ length: 240 / copies }, (_, index) => ({ articles: copies, toneSum: copies * (index % 2 ? 300_000 : -100_000) }));
    const told = (mean: number, copies: number) => ({ ...wire(mean), stories: stories(copies) });
    expect(changeOf(told(0.1, 1), told(0.06, 1), seen).kind).toBe('change');
    expect(changeOf(told(0.1, 10), told(0.06, 10), seen).kind).toBe('no-clear-change');
  });

  it('is never more certain than the spread of usual windows allows', () => {
    expect(changeOf(wire(0.1), wire(-0.1), { ...seen, usualVariance: 0.04 }).kind).toBe('no-clear-change');
    // The variance holds for both windows: 1.96 · sqrt(2 · 0.0075) is 0.24, 1.96 · sqrt(2 · 0.004) is 0.175.
    expect([0.0075, 0.004].map((usualVariance) => changeOf(wire(0.1), wire(-0.1), { ...seen, usualVariance }).kind)).toEqual(['no-clear-change', 'change']);
  });

  it('compares sources that are in both periods: a source with more, fewer or no articles is no change', () => {
    const bright = (volume: number) => ({ mean: 0.5, spread: 0.2, volume });
    const dark = { mean: -0.3, spread: 0.2, volume: 240 };
    expect(changeOf(side({ bright: bright(480), dark }), side({ bright: bright(240), dark }), seen)).toMatchObject({
      kind: 'no-clear-change',
      delta: expect.closeTo(0, 6),
    });
    expect(changeOf(side({ dark }), side({ bright: bright(480), dark }), seen)).toMatchObject({ kind: 'no-clear-change', delta: expect.closeTo(0, 6) });
    expect(changeOf(side({ dark }), side({ bright: bright(480) }), seen).kind).toBe('no-clear-change');
  });

  it('is not claimed if the previous period was not observed, or if there is nothing to compare', () => {
    expect(changeOf(wire(0.1), wire(0.9), { previousObserved: false })).toEqual({ kind: 'not-enough-history' });
    expect(changeOf(wire(0.1, 0), wire(0.1), seen)).toEqual({ kind: 'not-enough-history' });
    expect(changeOf(wire(0.1), wire(0.1, 0), seen)).toEqual({ kind: 'not-enough-history' });
  });

  it('is never clear with fewer than five articles, nor when it reads 0.00', () => {
    expect(changeOf(wire(0.1), wire(0.9, 4, 0), seen)).toMatchObject({ kind: 'no-clear-change' });
    expect(changeOf(wire(0.9, 4, 0), wire(0.1), seen)).toMatchObject({ kind: 'no-clear-change' });
    expect(changeOf(wire(0.1, 240, 0), wire(0.104, 240, 0), seen)).toMatchObject({ kind: 'no-clear-change' });
    expect(changeOf(wire(0.1, 24, 0), wire(0.12, 24, 0), seen)).toMatchObject({ kind: 'change' });
    expect(changeOf(wire(0.1), wire(0.9, 5, 0), seen)).toMatchObject({ kind: 'change' });
    expect(changeOf(wire(0, 240, 0), wire(0.005, 240, 0), seen)).toMatchObject({ kind: 'change', delta: 0.005 });
  });

  it.each(unchanged)('is claimed of at most 6 in 100 pairs of days without any change: $name', (one) => {
    expect(shareOfChanges(one, 400)).toBeLessThanOrEqual(0.06);
    expect(shareOfChanges({ ...one, shift: -0.25 }, 40)).toBeGreaterThanOrEqual(0.9);
  });
});
