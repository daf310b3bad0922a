import { headlineOf } from './headline';

const stems = (text: string) => [...headlineOf(text).terms.keys()];

it('folds accents, case and synonyms', () => {
  expect(stems('São Tomé: Élections')).toEqual(stems('SAO TOME ELECTION'));
  expect(stems('Seven killed in Swiss bar')).toEqual(stems('Seven dead in Switzerland bar'));
});

it('reads "US" as the country and ignores "us"', () => {
  expect(stems('US and U.S. and United States')).toEqual(['usa']);
  expect(stems('They told us')).not.toContain('usa');
});

it('reads numbers in figures and in words, and leaves years out', () => {
  expect([...headlineOf('At least 1,200 and seven others, 7.70 in 2026').numbers]).toEqual(['1200', '7', '7.7']);
});

it('notes a version number with its word', () => expect([...headlineOf('Quorix 26.2 arrives').versions]).toEqual([['quorix', '26.2']]));

it('recognises an unknown name by its capital letter, but not in Title Case or at the start', () => {
  const isName = (text: string) => headlineOf(text).terms.get('quorixia')?.isName;
  expect(isName('storm reaches the coast of Quorixia at night')).toBe(true);
  expect(isName('Storm Reaches Coast Of Quorixia Tonight Again')).toBe(false);
  expect(isName('Quorixia waits for the storm from the coast')).toBe(false);
});

it('sets aside what is only background to the news', () => {
  const { terms } = headlineOf('Hundreds march in Quorix after minister resigns');
  expect([...terms.values()].filter(({ aside }) => aside).map(({ stem }) => stem)).toEqual(['minister', 'resign']);
});

it('recognises the manner of a headline', () => {
  expect(headlineOf('Harbour braces for storm').manner).toMatchObject({ awaits: true, explains: false, denies: false });
  expect(headlineOf('Why the harbour was not ready').manner).toMatchObject({ awaits: false, explains: true, denies: true });
});

it.each(['', ' ', '?!', '日本で地震', 'مرحبا', '\ud800'])('reads %j without a word of English', (text) =>
  expect(headlineOf(text).weight).toBeGreaterThanOrEqual(0),
);

it('reads only the beginning of a long text', () => {
  const text = Array.from({ length: 5000 }, (_, index) => `w${index}x`).join(' ');
  expect(headlineOf(text).terms.size).toBe(40);
});
