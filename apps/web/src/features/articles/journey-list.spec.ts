import type { Article } from '@barometer/http-api/contract';
import { stepsOf } from './journey-list';

const at = '2026-11-27T10:00:00.000Z';
const later = '2026-11-27T11:00:00.000Z';
const article = (change: Partial<Article>, journey: Partial<Article['journey']> = {}) =>
  ({ state: 'scored', journey: { publishedAt: at, dated: true, fetchedAt: at, storedAt: at, receives: 1, changes: 0, ...journey }, ...change }) as Article;
const sentiment = { label: 'neutral' } as NonNullable<Article['sentiment']>;
const stepsAfterStoring = (given: Article) => stepsOf(given).slice(3);

describe('the journey of an article', () => {
  it('begins when it was published, or first seen if its feed gave no date', () => {
    expect(stepsOf(article({})).slice(0, 3)).toEqual([
      ['journey.published', at],
      ['journey.fetched', at],
      ['journey.stored', at],
    ]);
    expect(stepsOf(article({}, { dated: false }))[0]).toEqual(['journey.seen', at]);
  });

  it('shows the steps to a score that are still to come', () => {
    expect(stepsAfterStoring(article({ state: 'pending' }, { deliveredAt: at }))).toEqual([
      ['journey.handed', at],
      ['journey.scored', undefined],
    ]);
  });

  it('ends with storing if the article was skipped, since it will not be scored', () => {
    expect(stepsAfterStoring(article({ state: 'skipped', reason: 'language' }))).toEqual([]);
  });

  it('ends with the judgement if a reader judged a skipped one', () => {
    expect(stepsAfterStoring(article({ sentiment, modelSentiment: sentiment, judgement: { label: 'neutral', at: later } }, { scoredAt: later }))).toEqual([
      ['journey.judged', later],
    ]);
  });

  it('has both if a reader judged one that the model had scored', () => {
    expect(
      stepsAfterStoring(article({ sentiment, modelSentiment: sentiment, judgement: { label: 'neutral', at: later } }, { deliveredAt: at, scoredAt: at })),
    ).toEqual([
      ['journey.handed', at],
      ['journey.scored', at],
      ['journey.judged', later],
    ]);
  });
});
