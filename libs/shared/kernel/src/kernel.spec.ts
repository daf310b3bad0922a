import fc from 'fast-check';
import { articleIdOf, foldedWordsOf, hourOf, matchesPhrases, toMicro } from './index';

describe('articleIdOf', () => {
  it('is the first 26 characters of base32 of SHA-256', () => {
    // printf 'https://example.org/a' | openssl dgst -sha256 -binary | base32 | tr A-Z a-z | cut -c1-26
    expect(articleIdOf('https://example.org/a')).toBe('wwyq3ucctzu2y7h26craw2ibye');
  });
});

describe('matchesPhrases', () => {
  const rule = { anyOf: ['gas price', 'electricity'], allOf: [], noneOf: ['tear gas'] };

  it.each([
    ['Gas price jumps', true],
    ['Gas-price jumps', true],
    ['Gas prices jump', false],
    ['ELECTRICITY is out', true],
    ['Electricity and tear gas', false],
  ])('%s: %s', (text, expected) => expect(matchesPhrases(rule, text)).toBe(expected));

  it('requires every phrase of allOf', () => {
    const both = { anyOf: [], allOf: ['east', 'west'], noneOf: [] };
    expect([matchesPhrases(both, 'East meets west'), matchesPhrases(both, 'East of Eden')]).toEqual([true, false]);
  });

  it('matches nothing without phrases', () => {
    fc.assert(fc.property(fc.string(), (text) => !matchesPhrases({ anyOf: [], allOf: [], noneOf: ['x'] }, text)));
  });
});

it.each([
  ['München', 'munchen'],
  ['MUNCHEN', 'munchen'],
  ['Straße', 'strasse'],
  ['Łódź', 'lodz'],
  ['Ærø', 'aero'],
  ['İstanbul ve ışık', 'istanbul ve isik'],
  ['Đà Nẵng', 'da nang'],
  ['naïve Café', 'naive cafe'],
  ['हिन्दी', 'हिन्दी'],
  ['Ελλάδα', 'ελλαδα'],
  ['１２３', '123'],
])('a search treats %s as %s', (text, folded) => expect(foldedWordsOf(text).trim()).toBe(folded));

it('hours and micros are whole numbers', () => {
  expect([hourOf(3_599_999), hourOf(3_600_000), toMicro(-0.1234567)]).toEqual([0, 1, -123457]);
});
