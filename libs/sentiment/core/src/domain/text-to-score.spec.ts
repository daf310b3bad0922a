import { textToScore } from './text-to-score';

const article = (title: string, summary: string) => ({ id: 'a', title, summary });

describe('textToScore', () => {
  it.each([
    ['a title of four words stands alone', 'Trains run on time', 'At last.', 'Trains run on time'],
    ['a shorter one is joined by the summary', 'Strike over', 'Trains run again.', 'Strike over. Trains run again.'],
    ['its own punctuation is kept', 'Strike over?', 'Trains run again.', 'Strike over? Trains run again.'],
    ['hyphens separate words', 'Record-breaking heat-wave', 'Hot.', 'Record-breaking heat-wave'],
    ['nothing is added without a summary', 'Strike over', '  ', 'Strike over'],
    ['a summary stands in for a missing title', ' ', 'Trains run again.', 'Trains run again.'],
  ])('%s', (_, title, summary, expected) => expect(textToScore(article(title, summary))).toBe(expected));

  it('always joins both when the setting says so', () => {
    expect(textToScore(article('Trains run on time', 'At last.'), 'title+summary')).toBe('Trains run on time. At last.');
  });
});
