import { labels } from '@barometer/events';
import { contributionOf, ManualClock } from '@barometer/kernel';
import { judgedSentiment } from '../domain/judgement';
import { FakeStore, PickyClassifier } from '../testing/scoring-fakes';
import { ExplainArticle } from './explain-article.use-case';
import { ExplainTexts } from './explain-texts.use-case';
import { JudgeArticle } from './judge-article.use-case';
import { TakeBackJudgement } from './take-back-judgement.use-case';

describe('ExplainTexts', () => {
  it('calls the classifier once for all texts, and gives each its own explanation', async () => {
    const classifier = new PickyClassifier();
    const explain = new ExplainTexts({ classifier });
    const [one, two, three] = await explain.execute(['good day', 'alone', 'one two three']);
    expect(classifier.calls).toEqual([['good day', 'day', 'good ', 'alone', 'one two three', 'two three', 'one three', 'one two ']]);
    expect([one?.words.length, two?.words.length, three?.words.length]).toEqual([2, 0, 3]);
    expect(await explain.execute([])).toEqual([]);
    expect(classifier.calls).toHaveLength(1);
  });
});

describe('ExplainArticle', () => {
  it.each([
    ['title', 'Trains run again after strike'],
    ['title+summary', 'Trains run again after strike. All lines.'],
  ] as const)('explains the text that is scored by %s', async (text, expected) => {
    const explain = new ExplainArticle({ explainTexts: new ExplainTexts({ classifier: new PickyClassifier() }), text });
    expect(await explain.execute({ id: 'a', title: 'Trains run again after strike', summary: 'All lines.' })).toMatchObject({
      text: expected,
      sentiment: { model: { revision: 'new' } },
    });
  });
});

describe('judgements', () => {
  const deps = { store: new FakeStore([]), clock: new ManualClock(7) };

  it('are passed to the store with the time', async () => {
    const judge = jest.spyOn(deps.store, 'judge');
    expect([await new JudgeArticle(deps).execute('a', 'neutral'), await new JudgeArticle(deps).execute('gone', 'neutral')]).toEqual(['judged', 'gone']);
    expect(judge.mock.calls).toEqual([
      ['a', { label: 'neutral', at: 7 }],
      ['gone', { label: 'neutral', at: 7 }],
    ]);
    expect([await new TakeBackJudgement(deps).execute('a'), await new TakeBackJudgement(deps).execute('unjudged')]).toEqual(['taken-back', 'unjudged']);
  });

  it('count with a consistent sentiment', () => {
    for (const label of labels) {
      const { scores, confidence, tone, ...rest } = judgedSentiment(label, { id: 'm', revision: 'r' });
      expect(rest).toEqual({ label, uncertain: false, model: { id: 'm', revision: 'r' } });
      expect(scores.negative + scores.neutral + scores.positive).toBeCloseTo(1, 9);
      expect([confidence, confidence]).toEqual([Math.max(...Object.values(scores)), scores[label]]);
      expect(tone).toBeCloseTo(scores.positive - scores.negative, 9);
      expect(contributionOf({ label, tone }).toneSum).toBe(Math.round(tone * 1e6));
    }
  });
});
