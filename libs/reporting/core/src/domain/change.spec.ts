import { contributionOf } from '@barometer/kernel';
import { changeOf } from './change';
import { addCounts, noCounts } from './figures';

/** `volume` scores that swing by `spread` around `mean`. */
const around = (mean: number, spread: number, volume: number) =>
  addCounts(Array.from({ length: volume }, (_, index) => contributionOf({ label: 'neutral', tone: mean + (index % 2 ? spread : -spread) })));

describe('changeOf', () => {
  // Standard error of each side: 0.2 · sqrt(100 / 99) / 10 = 0.0201; of the difference 0.0284; twice that 0.0569.
  const before = around(0.1, 0.2, 100);

  it('is clear from two standard errors of the difference on', () => {
    expect(changeOf(before, around(0.04, 0.2, 100), true)).toEqual({ kind: 'change', delta: expect.closeTo(-0.06, 6), previousTone: expect.closeTo(0.1, 6) });
    expect(changeOf(before, around(0.045, 0.2, 100), true)).toEqual({ kind: 'no-clear-change', delta: expect.closeTo(-0.055, 6), previousTone: expect.closeTo(0.1, 6) });
  });

  it('is not told of a period that nobody observed, or where there is nothing to compare', () => {
    expect(changeOf(before, around(0.9, 0.1, 100), false)).toEqual({ kind: 'not-enough-history' });
    expect(changeOf(noCounts, before, true)).toEqual({ kind: 'not-enough-history' });
    expect(changeOf(before, noCounts, true)).toEqual({ kind: 'not-enough-history' });
  });

  it('is never clear of fewer than five articles, nor when it reads 0.00', () => {
    expect(changeOf(before, around(0.9, 0, 4), true)).toMatchObject({ kind: 'no-clear-change' });
    expect(changeOf(around(0.9, 0, 4), before, true)).toMatchObject({ kind: 'no-clear-change' });
    expect(changeOf(around(0.1, 0, 50), around(0.104, 0, 50), true)).toMatchObject({ kind: 'no-clear-change' });
    expect(changeOf(around(0.1, 0, 5), around(0.106, 0, 5), true)).toMatchObject({ kind: 'change' });
  });
});
