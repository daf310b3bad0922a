import fc from 'fast-check';
import { referenceOf, type ScoredHeadline } from './reference-figures';

/** Headlines of a publisher, one a day, of alternating tones around a mean. */
const told = (publisher: string, count: number, mean: number, dated = false): ScoredHeadline[] =>
  Array.from({ length: count }, (_, index) => ({
    publisher,
    tone: mean + (index % 2 === 0 ? 0.1 : -0.1),
    ...(dated && { date: `2026-01-${String(1 + (index % 30)).padStart(2, '0')}` }),
  }));

describe('the figures of the reference', () => {
  it('are by publisher from a hundred headlines on, with the names of one publisher merged', () => {
    const { publishers, overall } = referenceOf([
      ...told('WSJ', 60, -0.2),
      ...told('The Wall Street Journal', 60, -0.2),
      ...told('Rare Times', 99, 0.9),
      ...told('Placera.se', 100, 0.4),
      ...told('Yahoo', 200, 0),
    ]);
    expect(publishers).toEqual([
      { name: 'The Wall Street Journal', hosts: ['wsj.com', 'feeds.a.dj.com'], rows: 120, mean: -0.2 },
      { name: 'Placera.se', hosts: ['placera.se'], rows: 100, mean: 0.4 },
    ]);
    expect(overall.rows).toBe(519);
    expect(overall.mean).toBeCloseTo((120 * -0.2 + 99 * 0.9 + 100 * 0.4) / 519, 3);
    expect(overall.variance).toBeCloseTo(0.01, 3);
  });

  it('separate the spread of days from chance, and measure how much of a mood the next day keeps', () => {
    const news = (moods: readonly number[]) => {
      const random = fc.sample(fc.double({ min: -0.5, max: 0.5, noNaN: true, noDefaultInfinity: true }), moods.length * 100);
      return moods.flatMap((mood, day) =>
        Array.from({ length: 100 }, (_, index) => ({
          publisher: 'Reuters',
          date: new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
          tone: mood + (random[day * 100 + index] ?? 0) * (index % 2 === 0 ? 1 : -1) * 0.2,
        })),
      );
    };
    const waves = Array.from({ length: 120 }, (_, day) => 0.1 * Math.sin(day / 5));
    const { mood, days, dates } = referenceOf(news(waves));
    expect([days, dates]).toEqual([120, { from: '2026-01-01', to: '2026-04-30' }]);
    expect(mood.variance).toBeCloseTo(0.005, 3);
    expect(mood.keeps).toBeGreaterThan(0.8);
    expect(referenceOf(news(waves.map(() => 0))).mood.variance).toBeLessThan(0.0005);
    expect(referenceOf(news(waves.map((_, day) => (day % 2 === 0 ? 0.1 : -0.1)))).mood.keeps).toBe(0);
  });
});
