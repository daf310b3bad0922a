import { toneWord } from './tone-words';

it.each([
  [0, 'balanced'],
  [0.0499, 'balanced'],
  [-0.05, 'slightly negative'],
  [-0.12, 'slightly negative'],
  [0.2499, 'slightly positive'],
  [0.25, 'positive'],
  [-0.5999, 'negative'],
  [-0.6, 'strongly negative'],
  [1, 'strongly positive'],
])('a tone of %d is %s', (tone, word) => expect(toneWord(tone)).toBe(word));
