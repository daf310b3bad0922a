import fc from 'fast-check';
import { decompose, nothingTold, type ComparedPart, type Told } from './drivers';

const told: fc.Arbitrary<Told> = fc
  .array(fc.integer({ min: -1_000, max: 1_000 }), { maxLength: 8 })
  .map((tones) => ({ volume: tones.length, tones: tones.reduce((sum, tone) => sum + tone / 1_000, 0) }));
const parts: fc.Arbitrary<ComparedPart[]> = fc
  .array(fc.tuple(told, told), { minLength: 1, maxLength: 8 })
  .map((all) => all.map(([before, after], index) => ({ id: `p${index}`, before, after })));
const total = (all: readonly ComparedPart[], side: 'before' | 'after'): Told =>
  all.reduce((sum, part) => ({ volume: sum.volume + part[side].volume, tones: sum.tones + part[side].tones }), nothingTold);

describe('what moved the mood', () => {
  it('sums to the difference without a rest if every article is in one part', () => {
    fc.assert(
      fc.property(parts, (all) => {
        const found = decompose(total(all, 'before'), total(all, 'after'), all);
        if (!found) return;
        expect(found.rest).toBeCloseTo(0, 9);
        expect(found.drivers.reduce((sum, { effect }) => sum + effect, 0)).toBeCloseTo(found.tone - found.previousTone, 9);
        for (const { effect, toneEffect, mixEffect } of found.drivers) expect(toneEffect + mixEffect).toBeCloseTo(effect, 12);
      }),
    );
  });

  it('sums to the difference together with its rest, whatever parts are known', () => {
    fc.assert(
      fc.property(parts, told, told, (all, before, after) => {
        const found = decompose(before, after, all);
        if (!found) return;
        expect(found.drivers.reduce((sum, { effect }) => sum + effect, found.rest)).toBeCloseTo(found.difference, 9);
      }),
    );
  });

  it('distinguishes a changed tone from a changed share', () => {
    const steady = { volume: 10, tones: 0 };
    const darker = decompose({ volume: 20, tones: 0 }, { volume: 20, tones: -5 }, [
      { id: 'steady', before: steady, after: steady },
      { id: 'darker', before: steady, after: { volume: 10, tones: -5 } },
    ]);
    expect(darker?.drivers.map(({ toneEffect }) => toneEffect)).toEqual([0, -0.25]);
    const dark = { volume: 10, tones: -5 };
    const more = decompose({ volume: 20, tones: -5 }, { volume: 30, tones: -10 }, [
      { id: 'steady', before: steady, after: steady },
      { id: 'dark', before: dark, after: { volume: 20, tones: -10 } },
    ]);
    expect(more?.drivers.map(({ toneEffect }) => Math.abs(toneEffect))).toEqual([0, 0]);
    for (const { mixEffect } of more?.drivers ?? []) expect(mixEffect).toBeLessThan(0);
  });

  it('has no effect for a new part with the mean tone', () => {
    const found = decompose({ volume: 10, tones: -3 }, { volume: 20, tones: -6 }, [{ id: 'new', before: nothingTold, after: { volume: 10, tones: -3 } }]);
    expect(found?.drivers[0]?.effect).toBeCloseTo(0, 12);
  });

  it('is unknown if one of the periods is empty', () => {
    expect(decompose(nothingTold, { volume: 1, tones: 1 }, [])).toBeUndefined();
    expect(decompose({ volume: 1, tones: 1 }, nothingTold, [])).toBeUndefined();
  });
});
