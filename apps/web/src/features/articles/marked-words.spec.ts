import type { ArticleExplanation } from '@barometer/http-api/contract';
import { formatTone } from '../../format/tone';
import { notesOn, stretchesOf } from './marked-words';

const word = (text: string, name: string, pull: number) => ({ word: name, start: text.indexOf(name), end: text.indexOf(name) + name.length, pull });
const sentiment = {
  label: 'negative' as const,
  confidence: 0.8,
  scores: { negative: 0.8, neutral: 0.1, positive: 0.1 },
  tone: -0.7,
  uncertain: false,
  model: { id: 'm', revision: 'new' },
};
const explanation = (change: Partial<ArticleExplanation>): ArticleExplanation => ({
  articleId: 'a',
  text: 'Dozens hurt',
  sentiment,
  words: [word('Dozens hurt', 'Dozens', 0), word('Dozens hurt', 'hurt', -0.9)],
  truncated: false,
  scoredBy: sentiment.model,
  scoredTone: -0.7,
  sameModel: true,
  ...change,
});

describe('marked words', () => {
  it('split a text into the words that moved the tone and the rest, with nothing lost', () => {
    const text = '“Dozens” hurt, crowds cheer!';
    const stretches = stretchesOf(text, [word(text, 'Dozens', -0.2), word(text, 'hurt', -0.6), word(text, 'crowds', 0.04), word(text, 'cheer', 0.3)]);
    expect(stretches).toEqual([
      { text: '“' },
      { text: 'Dozens', pull: -0.2 },
      { text: '” ' },
      { text: 'hurt', pull: -0.6 },
      { text: ', crowds ' },
      { text: 'cheer', pull: 0.3 },
      { text: '!' },
    ]);
    expect(stretchesOf(text, [])).toEqual([{ text }]);
  });

  it.each([
    [{}, []],
    [{ words: [] }, [/fewer than two words/]],
    [{ words: [word('Dozens hurt', 'hurt', 0.04)], truncated: true }, [/No single word/, /first word/]],
    [{ sameModel: false, scoredTone: -0.31, scoredBy: { id: 'm', revision: 'old' } }, [/Its score, −0.31, .*revision old.* gives −0.70/]],
    [{ judgement: { label: 'neutral' as const, at: '2026-11-23T00:15:00.000Z' } }, [/as a reader judged/]],
  ])('come with the notes that a reader needs about %j', (change, notes) => {
    expect(notesOn(explanation(change), formatTone)).toEqual(notes.map((note) => expect.stringMatching(note)));
  });
});
