import fc from 'fast-check';
import { changeText } from './change';
import { hostOf, linkable } from './links';
import { formatBytes, wholePercentages } from './numbers';
import { DAY, formatAgo, formatWhen, fromLocalInput, HOUR, MINUTE, toLocalInput } from './times';
import { formatTone, sideOf, spokenTone, toneWord } from './tone';
import { comparisonOfRows, withoutUsual } from './row-usual';
import { unmovedText, usualText } from './usual';

describe('usual', () => {
  const usual = { low: -0.4, high: -0.2, mean: -0.3, percentile: 1.6, standardScore: -2.2, basis: 'own', days: 12, word: 'darker than usual' } as const;

  it('begins with the word and says what it is compared with', () => {
    expect(usualText({ usual })).toEqual({
      headline: 'Darker than usual',
      basis: 'Against 12 days of its own: usual is −0.40 to −0.20; this is the 2nd of 100 usual ones, from the darkest.',
    });
    expect(usualText({ usual: { ...usual, basis: 'reference', percentile: 0.2 } }).basis).toMatch(
      /^Compared with a shipped reference.*darker than 99 of 100 usual ones\.$/,
    );
    expect(usualText({ usual: { ...usual, percentile: 99.9 } }).basis).toMatch(/calmer than 99/);
    expect(usualText({ usual: { ...usual, percentile: 50 } }).basis).toMatch(/the 50th of 100/);
  });

  it.each(['nothing-scored', 'not-enough-history', 'nothing-known', 'too-few-articles', 'period-too-long'] as const)(
    'claims nothing for %s, and says why',
    (noUsual) => {
      const { headline, basis } = usualText({ usual: null, noUsual });
      const others: Record<string, string> = {
        'too-few-articles': 'Too few articles, now or before',
        'period-too-long': 'Too long a period for a usual range',
      };
      expect(headline).toBe(others[noUsual] ?? 'Too early to say what is usual');
      expect(basis).toMatch(/\.$/);
    },
  );
});

describe('rows side by side', () => {
  const usual = { low: -0.4, high: -0.2, mean: -0.3, percentile: 50, standardScore: 0, basis: 'own', days: 12, word: 'as usual' } as const;
  const known = { tone: -0.3, usual };
  const few = { tone: -0.3, usual: null, noUsual: 'too-few-articles' } as const;
  const young = { tone: -0.3, usual: null, noUsual: 'not-enough-history' } as const;

  it('are compared with what is usual if that is known of any of them, whichever is chosen, else with the period before', () => {
    expect([[known, few, young], [few, known], [few, young], []].map(comparisonOfRows)).toEqual(['usual', 'usual', 'before', 'before']);
  });

  it('say why they have no usual range, each for its own reason', () => {
    expect([known, few, young, { tone: -0.3 }].map((row) => withoutUsual(row)?.headline)).toEqual([
      undefined,
      'Too few articles, now or before',
      'Too early to say what is usual',
      'Not compared',
    ]);
    for (const row of [few, young, { tone: -0.3 }]) expect(withoutUsual(row)?.basis).toMatch(/\.$/);
    expect(withoutUsual({ tone: null, usual: null, noUsual: 'nothing-scored' })).toBeUndefined();
  });
});

describe('what moved the mood', () => {
  it('says why it is not told', () => {
    expect(unmovedText({ noPrevious: 'nothing-before' })).toEqual({
      headline: 'What moved it',
      basis: 'Of the period before, no scored article is kept.',
    });
    expect(unmovedText({ noUsual: 'period-too-long' })).toEqual(usualText({ usual: null, noUsual: 'period-too-long' }));
    // Without a scored article the panel says so in place of a mood.
    for (const told of [{}, { noPrevious: 'nothing-scored' }, { noUsual: 'nothing-scored' }] as const) expect(unmovedText(told)).toBeUndefined();
  });
});

describe('tone', () => {
  it.each([
    [-0.123, '−0.12'],
    [0.31, '+0.31'],
    [0, '0.00'],
    [-0.004, '0.00'],
    [1, '+1.00'],
  ])('%p reads %s', (tone, text) => expect(formatTone(tone)).toBe(text));

  it.each([
    [0.049, 'balanced'],
    [-0.05, 'slightly negative'],
    [-0.12, 'slightly negative'],
    [0.25, 'positive'],
    [0.6, 'strongly positive'],
    [-1, 'strongly negative'],
  ])('%p is %s', (tone, word) => expect(toneWord(tone)).toBe(word));

  it('has a sign or a word for those who see no colour', () =>
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (tone) => {
        const side = sideOf(tone);
        if (side === 'negative') expect(formatTone(tone)).toMatch(/^−/);
        if (side === 'positive') expect(formatTone(tone)).toMatch(/^\+/);
      }),
    ));

  it('is spoken with words for its sign', () => {
    expect(spokenTone(-0.12)).toBe('tone minus 0.12, slightly negative');
    expect(spokenTone(null)).toBe('no tone yet');
  });
});

describe('change', () => {
  it('claims nothing within the noise or without history', () => {
    expect(changeText({ kind: 'no-clear-change', delta: 0.2, previousTone: 0 })).toMatchObject({ arrow: '', text: 'no clear change' });
    expect(changeText({ kind: 'not-enough-history' })).toMatchObject({ arrow: '', text: 'not enough history' });
  });

  it('says how much and which way', () => {
    expect(changeText({ kind: 'change', delta: -0.05, previousTone: -0.07 })).toMatchObject({
      arrow: '▼',
      text: '0.05 more negative than before',
      because: 'it was −0.07',
    });
    expect(changeText({ kind: 'change', delta: 0.1, previousTone: 0 }).arrow).toBe('▲');
  });
});

describe('numbers', () => {
  it('percentages of a whole sum to 100', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 3, maxLength: 3 }), (counts) => {
        const total = counts.reduce((sum, count) => sum + count, 0);
        fc.pre(total > 0);
        expect(wholePercentages(counts.map((count) => count / total)).reduce((sum, part) => sum + part, 0)).toBe(100);
      }),
    ));

  it('tells bytes', () => {
    expect(formatBytes(2_621_440)).toBe('2.5 MB');
  });
});

describe('times', () => {
  const now = Date.UTC(2026, 10, 23, 12);

  it('says how long ago, and how soon', () => {
    expect(formatAgo(now - 4 * MINUTE, now)).toMatch(/^4 min\.? ago$/);
    expect(formatAgo(now + 2 * HOUR, now)).toMatch(/^in 2 hr/);
    expect(formatAgo(now - 10_000, now)).toBe('now');
    expect(formatAgo(now + 5_000, now)).toBe('now');
  });

  it('gives the day where the clock alone would mislead', () => {
    expect(formatWhen(now + HOUR, now)).not.toMatch(/Nov/);
    expect(formatWhen(now + 2 * DAY, now)).toMatch(/Nov/);
  });

  it('converts the times of an input there and back', () => {
    expect(fromLocalInput(toLocalInput(now))).toBe(now);
    expect(fromLocalInput('')).toBeUndefined();
  });
});

describe('links', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example/', 'no address', ''])('%p is no link', (address) =>
    expect(linkable(address)).toBeUndefined(),
  );

  it('takes http and https', () => {
    expect(linkable('https://a.example/x')).toBe('https://a.example/x');
    expect(hostOf('https://www.a.example/x')).toBe('a.example');
  });
});
