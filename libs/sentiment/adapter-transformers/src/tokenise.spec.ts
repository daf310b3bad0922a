import fc from 'fast-check';
import { tokenise, type Encode } from './tokenise';

/** Imitates edge cases of WordPiece: one token a letter, one for a word above a hundred letters, none for spaces. */
const letters: Encode = (text) => [
  101,
  ...text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => (word.length > 100 ? [100] : [...word].map((letter) => letter.codePointAt(0) as number))),
  102,
];

describe('tokenise', () => {
  it('keeps the closing token when it truncates', () => expect(tokenise('abcdef', letters, 5)).toEqual([101, 97, 98, 99, 102]));

  it('leaves a short text whole', () => expect(tokenise('ab', letters, 5)).toEqual([101, 97, 98, 102]));

  it('makes odd Unicode well-formed', () => expect(tokenise('\ud83d', letters, 8)).toEqual([101, 0xfffd, 102]));

  it('lowers a capital sigma like the tokeniser that the model was trained with', () => expect(tokenise('ΑΣ', letters, 8)).toEqual([101, 0x391, 0x3c3, 102]));

  it('reads only the beginning of a long text', () => {
    let longest = 0;
    const measured: Encode = (text) => {
      longest = Math.max(longest, text.length);
      return letters(text);
    };
    tokenise('good news '.repeat(100_000), measured, 512);
    expect(longest).toBe(8_192);
  });

  it('gives the same as the whole text, wherever it is cut', () => {
    const piece = fc.oneof(fc.string({ maxLength: 30 }), fc.constant(' '.repeat(9_000)), fc.constant('x'.repeat(9_000)), fc.constant('😀'.repeat(5_000)));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 4, max: 600 }), (pieces, maxTokens) => {
        const text = pieces.join(' ').toWellFormed();
        const whole = letters(text);
        const expected = whole.length <= maxTokens ? whole : [...whole.slice(0, maxTokens - 1), 102];
        expect(tokenise(text, letters, maxTokens)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
