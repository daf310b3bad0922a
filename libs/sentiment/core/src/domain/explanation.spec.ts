import { sentimentWith } from '@barometer/events/testing';
import fc from 'fast-check';
import { comparedTexts, explainedWords, explanationOf, MOST_EXPLAINED_WORDS, withoutWord, wordsIn } from './explanation';

const namesIn = (text: string) => wordsIn(text).words.map(({ word }) => word);

describe('the words of a text', () => {
  it.each([
    ["“Don't panic”, say U.S. banks", ["Don't", 'panic', 'say', 'U.S', 'banks']],
    ['Covid-19: 5% rise — £3bn, #MeToo (again)', ['Covid-19', '5%', 'rise', '£3bn', '#MeToo', 'again']],
    ['Zoë’s café', ['Zoë’s', 'café']],
    ['  \n', []],
    ['… — !', []],
    ['% $', []],
    ['', []],
    ['😀 joy', ['joy']],
  ])('are those that a reader sees in %j', (text, expected) => expect(namesIn(text)).toEqual(expected));

  it('are at the positions they state, in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const { word, start, end } of wordsIn(text).words) expect(text.slice(start, end)).toBe(word);
      }),
      { numRuns: 200 },
    );
  });

  it('are counted up to a bound', () => {
    expect(wordsIn('word '.repeat(MOST_EXPLAINED_WORDS))).toMatchObject({ truncated: false });
    const more = wordsIn('word '.repeat(MOST_EXPLAINED_WORDS + 1));
    expect([more.words.length, more.truncated]).toEqual([MOST_EXPLAINED_WORDS, true]);
  });
});

describe('a text without a word', () => {
  it.each([
    ['Dozens hurt, police say', 1, 'Dozens, police say'],
    ['Dozens hurt, police say', 0, 'hurt, police say'],
    ['Dozens hurt, police say', 3, 'Dozens hurt, police '],
    ['“Best film” wins', 0, '“film” wins'],
    ['“Best film” wins', 1, '“Best” wins'],
    ['Rain (again) falls', 1, 'Rain () falls'],
  ])('of %j, number %i, is %j', (text, index, expected) => expect(withoutWord(text, wordsIn(text).words[index]!)).toBe(expected));
});

describe('an explanation', () => {
  it('compares the whole with the text without each word', () => {
    const text = 'Dozens hurt today';
    expect(comparedTexts(text)).toEqual([text, 'hurt today', 'Dozens today', 'Dozens hurt ']);
    const explanation = explanationOf(text, [sentimentWith(-0.8), sentimentWith(-0.7), sentimentWith(0.1), sentimentWith(-0.85)]);
    expect(explanation).toMatchObject({ text, sentiment: { tone: -0.8 }, truncated: false });
    expect(explanation.words).toEqual([
      { word: 'Dozens', start: 0, end: 6, pull: -0.1 },
      { word: 'hurt', start: 7, end: 11, pull: -0.9 },
      { word: 'today', start: 12, end: 17, pull: 0.05 },
    ]);
  });

  it.each(['Disaster', '', '…'])('of %j has no words: there is no text without its only one', (text) => {
    expect(comparedTexts(text)).toEqual([text]);
    expect(explanationOf(text, [sentimentWith(-0.8)]).words).toEqual([]);
  });

  it('of a long text looks at its beginning only, and says so', () => {
    const text = `${'strike '.repeat(9_000)}over`;
    const compared = comparedTexts(text);
    expect(compared).toHaveLength(MOST_EXPLAINED_WORDS + 2);
    expect(compared.slice(0, 2)).toEqual([text, 'strike '.repeat(MOST_EXPLAINED_WORDS).trimEnd()]);
    expect(Math.max(...compared.slice(1).map(({ length }) => length))).toBe(7 * MOST_EXPLAINED_WORDS - 1);
    // The score is that of the whole; words are weighed in the beginning.
    const explained = explanationOf(
      text,
      compared.map((_, index) => sentimentWith([0.5, -0.2][index] ?? -0.1)),
    );
    expect(explained).toMatchObject({ text, truncated: true, sentiment: { tone: 0.5 } });
    expect(new Set(explained.words.map(({ pull }) => pull))).toEqual(new Set([-0.1]));
    expect([explained.words.length, explainedWords(text), explainedWords('one two'), explainedWords('')]).toEqual([
      MOST_EXPLAINED_WORDS,
      MOST_EXPLAINED_WORDS,
      2,
      0,
    ]);
    const long = `${`${'y'.repeat(499)} `.repeat(3)}end`;
    expect(comparedTexts(long).map(({ length }) => length)).toEqual([1503, 1000, 500, 500]);
    const unbroken = 'x'.repeat(2_001);
    expect(explanationOf(unbroken, [sentimentWith(0)])).toMatchObject({ words: [], truncated: true });
  });
});
