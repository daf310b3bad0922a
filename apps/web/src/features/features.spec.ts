import { failing, sourcesAt } from '../testing/mock-data';
import { worldOf } from '../testing/mock-world';
import { reasonText } from './articles/state-words';
import { progressText } from './header/progress-text';
import { byConcern, healthLine, nextText, sourceWord } from './sources/source-words';
import { phrasesOf } from './topics/phrases';

const now = Date.UTC(2026, 10, 23, 12);

describe('words for sources', () => {
  const [first, second] = sourcesAt(now);
  if (!first || !second) throw new Error('No sources');
  const broken = failing(second, now, 'Too many requests', 429);

  it('name what is wrong and when it is tried next', () => {
    expect(sourceWord(broken)).toBe('HTTP 429');
    expect(nextText(broken, now)).toMatch(/^retry \d/);
    expect(sourceWord(failing(first, now, 'No answer'))).toBe('failing');
    expect(nextText(first, now + 1e9)).toBe('due now');
  });

  it('put those that need a look first', () => expect([first, broken].sort(byConcern)[0]).toBe(broken));
  it('sum up', () => expect(healthLine([first, broken])).toBe('1 ok · 1 failing'));
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

describe('small words', () => {
  it('phrases are trimmed and named once', () => expect(phrasesOf(' gas  prices,\nGas prices; wind farm,,')).toEqual(['gas prices', 'wind farm']));
  it('an article without a score has a reason', () => {
    expect(reasonText('skipped', 'language')).toMatch(/English/);
    expect(reasonText('failed', 'too long')).toBe('It could not be scored: too long.');
    expect(reasonText('pending', undefined)).toMatch(/waits/);
  });
});
