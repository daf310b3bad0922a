import { ManualClock } from '@barometer/kernel';
import { FakeStore, PickyClassifier, scoredArticle, sentimentBy } from '../testing/scoring-fakes';
import { RedriveArticles } from './redrive-articles.use-case';
import { Rescore, type RescoreReport } from './rescore.use-case';
import { ScoreTexts } from './score-texts.use-case';

const clock = new ManualClock(0);
const chunks = [
  { items: [scoredArticle('one', sentimentBy('old')), scoredArticle('changed', sentimentBy('old'))], position: '1' },
  { items: [scoredArticle('agrees', sentimentBy('old', 3))] },
];

describe('Rescore', () => {
  it('goes through all chunks and counts each outcome', async () => {
    const store = new FakeStore([], chunks);
    const progress: RescoreReport[] = [];
    const rescore = new Rescore({ classifier: new PickyClassifier([], 3), store, clock });
    const report = await rescore.execute({ onProgress: (step) => progress.push(step) });
    expect(report).toEqual({ replaced: 1, unchanged: 1, conflicts: 1 });
    expect(progress).toEqual([{ replaced: 1, unchanged: 0, conflicts: 1 }, report]);
    expect(store.asked).toEqual([
      { notRevision: 'new', limit: 64 },
      { notRevision: 'new', limit: 64, position: '1' },
    ]);
  });

  it('stops between chunks when aborted', async () => {
    const stop = new AbortController();
    const rescore = new Rescore({ classifier: new PickyClassifier([], 3), store: new FakeStore([], chunks), clock });
    expect(await rescore.execute({ onProgress: () => stop.abort(), signal: stop.signal })).toEqual({ replaced: 1, unchanged: 0, conflicts: 1 });
  });
});

describe('RedriveArticles', () => {
  it('makes these or all pending again', async () => {
    const redrive = new RedriveArticles({ store: new FakeStore([]), clock });
    expect([await redrive.execute(['a', 'b']), await redrive.execute()]).toEqual([2, 7]);
  });
});

describe('ScoreTexts', () => {
  it('calls the classifier once, and not at all without texts', async () => {
    const classifier = new PickyClassifier();
    const scorer = new ScoreTexts({ classifier });
    expect(await scorer.execute([])).toEqual([]);
    expect(await scorer.execute(['a', 'b'])).toHaveLength(2);
    expect(classifier.calls).toEqual([['a', 'b']]);
  });
});
