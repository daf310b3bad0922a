import { DAY, HOUR } from '@barometer/kernel';
import { discrepancyLine } from './discrepancy-line';

const hour = Date.UTC(2026, 10, 1, 13) / HOUR;
const none = { negative: 0, neutral: 0, positive: 0, toneSum: 0, toneSquares: 0 };
const one = { ...none, positive: 1, toneSum: 500_000, toneSquares: 250_000 };

describe('a difference that the check found', () => {
  it('of an hour names its time', () =>
    expect(discrepancyLine({ scope: 'all', hour, stored: one, expected: none })).toBe(
      `all at 2026-11-01T13:00:00.000Z: stored ${JSON.stringify(one)}, articles say ${JSON.stringify(none)}`,
    ));

  it('of a day names the day, and compares with its hours', () =>
    expect(discrepancyLine({ scope: 's:wire', hour: (Math.floor((hour * HOUR) / DAY) * DAY) / HOUR, of: 'day', stored: one, expected: none })).toBe(
      `s:wire on 2026-11-01 (day): stored ${JSON.stringify(one)}, hours say ${JSON.stringify(none)}`,
    ));

  it.each([
    ['the number of its articles', 3, 1_200_000, 'stored 3 articles and tone 1.2, articles say 1 article and tone -0.5'],
    ['its tone', 1, 0, 'stored 1 article and tone 0, articles say 1 article and tone -0.5'],
    ['nothing but its times', 1, -500_000, 'the times of its first and last article are not those of the articles'],
  ])('of a story names the story, not its labels: %s', (_name, neutral, toneSum, said) =>
    expect(
      discrepancyLine({
        scope: 'y:abc t:gas@1|s:wire',
        hour,
        of: 'story',
        stored: { ...none, neutral, toneSum },
        expected: { ...none, neutral: 1, toneSum: -500_000 },
      }),
    ).toBe(`story abc in t:gas@1|s:wire: ${said}`),
  );
});
