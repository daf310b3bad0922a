import { failing, sourcesAt } from '../testing/mock-data';
import { worldOf } from '../testing/mock-world';
import { reasonText } from './articles/state-words';
import { canaryText, isCanaryTrouble } from './header/canary-text';
import { progressText } from './header/progress-text';
import { byConcern, healthLine, nextText, sourceWord } from './sources/source-words';
import { phrasesOf } from './topics/phrases';

const now = Date.UTC(2026, 10, 23, 12);

describe('words for sources', () => {
  const [first, second] = sourcesAt(now);
  if (!first || !second) throw new Error('No sources');
  const broken = failing(second, now, 'Too many requests', 429);

  it('name what is wrong and when the next attempt is', () => {
    expect(sourceWord(broken)).toBe('HTTP 429');
    expect(nextText(broken, now)).toMatch(/^retry \d/);
    expect(sourceWord(failing(first, now, 'No answer'))).toBe('failing');
    expect(nextText(first, now + 1e9)).toBe('due now');
  });

  it('list sources with problems first', () => expect([first, broken].sort(byConcern)[0]).toBe(broken));
  it('summarise', () => expect(healthLine([first, broken])).toBe('1 ok · 1 failing'));
});

describe('progress', () => {
  it('says what is happening on the first poll', () => {
    const world = worldOf('first-poll', () => now);
    expect(progressText(world.status(now))).toBe('Reading 13 feeds … · 143 articles found · the model is loading');
  });

  it('says why there is nothing without a network', () => {
    const world = worldOf('first-run-offline', () => now);
    expect(progressText(world.status(now))).toBe('None of 21 sources could be read; tried again at intervals');
  });
});

describe('the self-test', () => {
  it.each([
    [{ state: 'none' }, /on its way/, false],
    [{ state: 'waiting' }, /on its way/, false],
    [{ state: 'right', tookMs: 940 }, /passed: .* in 0\.9 s$/, false],
    [{ state: 'wrong', expected: 'negative', label: 'neutral' }, /failed: the model calls a negative sentence neutral$/, true],
    [{ state: 'late' }, /failed: .* not scored in time$/, true],
    [{ state: 'stopped' }, /nothing polls or scores$/, true],
  ] as const)('reports its result: %o', (canary, words, trouble) => {
    expect(canaryText({ message: '', ...canary })).toMatch(words);
    expect(isCanaryTrouble({ message: '', ...canary })).toBe(trouble);
  });
});

describe('small words', () => {
  it('phrases are trimmed and named once', () => expect(phrasesOf(' gas  prices,\nGas prices; wind farm,,')).toEqual(['gas prices', 'wind farm']));
  it('an article without a score has a reason', () => {
    expect(reasonText('skipped', 'language')).toMatch(/English/);
    expect(reasonText('failed', 'too long')).toBe('It could not be scored: too long.');
    expect(reasonText('pending', undefined)).toMatch(/waits/);
  });
});
