import { GROUPS, joinPhrases, meaningOf, stemOf } from './same-meaning';

it.each([
  ['agencies', 'agency'],
  ['resigned', 'resign'],
  ['stopping', 'stop'],
  ['crashes', 'crash'],
  ['strikes', 'strik'],
  ['gas', 'gas'],
  ['covid19', 'covid19'],
])('removes the ending of %s', (word, stem) => expect(stemOf(word)).toBe(stem));

it('knows words with one meaning, in any form', () => {
  expect(meaningOf('killed')).toBe(meaningOf('dead'));
  expect(meaningOf('israelis')).toBe(meaningOf('israel'));
  expect(meaningOf('planes')).not.toBe(meaningOf('plans'));
});

it('has each word in one group only', () => {
  const words = GROUPS.flat();
  expect(words.filter((word, place) => words.indexOf(word) !== place)).toEqual([]);
});

it('merges expressions that headlines abbreviate', () => {
  const words = 'chief executive officer steps down in new york city'.split(' ').map((word) => ({ word }));
  expect(joinPhrases(words).map(({ word }) => word)).toEqual(['ceo', 'resign', 'in', 'nyc']);
});
