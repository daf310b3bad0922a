import { counted, pluralOf } from './counted';

describe('counted', () => {
  it.each([
    [0, '0 sources'],
    [1, '1 source'],
    [1.5, '1.5 sources'],
    [21, '21 sources'],
  ])('%d are %s', (count, words) => expect(counted(count, 'source')).toBe(words));

  it('takes an irregular plural', () => expect([1, 2].map((count) => counted(count, 'entry was', 'entries were'))).toEqual(['1 entry was', '2 entries were']));

  it('gives the plural without its number', () => expect(`${(1_204).toLocaleString('en')} ${pluralOf(1_204, 'article')}`).toBe('1,204 articles'));
});
