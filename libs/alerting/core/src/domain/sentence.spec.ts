import { HOUR } from '@barometer/kernel';
import { sentenceOf, signed } from './sentence';

describe('what happened, in a sentence', () => {
  it.each([
    [-0.4, '−0.40'],
    [0.316, '+0.32'],
    [0, '0.00'],
    [-0.004, '0.00'],
    [-0, '0.00'],
  ])('writes the tone %d as %s', (tone, text) => expect(signed(tone)).toBe(text));

  it('writes under 0.00, and begins with a capital letter', () => {
    expect(
      sentenceOf({ kind: 'tone', side: 'under', tone: 0 }, 'all news', { hour: 23, windowHours: 24, now: 24 * HOUR }, {
        value: -0.1,
        volume: 30,
        usual: undefined,
      } as never),
    ).toBe('The mood of all news over the last 24 hours is −0.10, under 0.00.');
    expect(sentenceOf({ kind: 'volume', times: 2 }, 'all news', { hour: 23, windowHours: 6, now: 24 * HOUR }, { value: 3.14, volume: 30 } as never)).toBe(
      'All news: 3.1 times as many articles as usual in the last 6 hours.',
    );
  });
});
