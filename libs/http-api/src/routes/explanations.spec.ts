import { analyzeResponseSchema, articleExplanationSchema } from '../contract';
import { fakeDependencies } from '../testing/fake-dependencies';
import { article, sentiment } from '../testing/fake-store';
import { problemOf, testApi } from '../testing/test-api';

const path = (letter: string) => `/api/v1/articles/${letter.repeat(26)}/explanation`;

async function explain(letter: string, change: Partial<Parameters<typeof article>[1]> = {}, fake = fakeDependencies()) {
  fake.store.all = [...fake.store.all, article('e', { title: 'Ferry disaster off the coast', state: 'scored', sentiment: sentiment(-0.9), ...change })];
  return (await testApi(fake.deps)).ask('GET', path(letter));
}

describe('GET /articles/:id/explanation', () => {
  it('shows which words moved the score', async () => {
    const { words, ...rest } = articleExplanationSchema.parse((await explain('e')).json());
    expect(rest).toMatchObject({
      text: 'Ferry disaster off the coast',
      sentiment: { tone: -0.9 },
      truncated: false,
      scoredTone: -0.9,
      scoredBy: { revision: 'r1' },
      sameModel: true,
    });
    expect(words.map(({ word, pull }) => [word, pull])).toEqual([
      ['Ferry', 0],
      ['disaster', -1.4],
      ['off', 0],
      ['the', 0],
      ['coast', 0],
    ]);
  });

  it('says so if another model gave the score, and if a reader has judged', async () => {
    const fake = fakeDependencies();
    fake.classifier.model = { id: 'fake-model', revision: 'r2' };
    expect((await explain('e', {}, fake)).json()).toMatchObject({ sameModel: false, scoredBy: { revision: 'r1' }, sentiment: { model: { revision: 'r2' } } });
    const judged = { judgement: { label: 'neutral' as const, at: 0 }, modelSentiment: sentiment(-0.9), sentiment: sentiment(-0.05) };
    expect((await explain('e', judged)).json()).toMatchObject({ scoredTone: -0.9, judgement: { label: 'neutral', at: '1970-01-01T00:00:00.000Z' } });
  });

  it('lists no words for a text of one word', async () => {
    expect((await explain('e', { title: 'Disaster', summary: '' })).json()).toMatchObject({ words: [], truncated: false });
  });

  it.each([
    ['c', {}, 409, 'There is no score to explain: the article still waits for its score.'],
    ['d', {}, 409, 'There is no score to explain: scoring the article failed (the model gave up).'],
    [
      'e',
      { state: 'skipped', reason: 'language', sentiment: undefined },
      409,
      'There is no score to explain: the article was taken for one of another language than English.',
    ],
    ['e', { state: 'skipped', reason: 'too-short', sentiment: undefined }, 409, 'There is no score to explain: the article was not scored (too-short).'],
    ['z', {}, 404, `There is no article ${'z'.repeat(26)}; articles are kept for 90 days.`],
  ] as const)('says clearly why there is none (%s, %j)', async (letter, change, status, detail) => {
    expect(problemOf(await explain(letter, change as object))).toMatchObject({ status, detail });
  });

  it('answers 503 while the model loads', async () => {
    const fake = fakeDependencies();
    fake.parts.model = { state: 'loading' };
    expect(problemOf(await explain('e', {}, fake))).toMatchObject({ status: 503, detail: 'The model is still loading.' });
  });
});

describe('POST /analyze?explain=true', () => {
  const analyze = async (texts: string[], query = '?explain=true') => {
    const { ask } = await testApi(fakeDependencies().deps);
    return ask('POST', `/api/v1/analyze${query}`, { payload: JSON.stringify({ texts }), headers: { 'content-type': 'application/json' } });
  };

  it('explains each text beside its result', async () => {
    const { results, explanations } = analyzeResponseSchema.parse((await analyze(['a disaster', 'fine day'])).json());
    expect(results.map(({ tone }) => tone)).toEqual([-0.9, 0.5]);
    expect(explanations?.map(({ words }) => words.map(({ pull }) => pull))).toEqual([
      [0, -1.4],
      [0, 0],
    ]);
    expect(analyzeResponseSchema.parse((await analyze(['fine day'], '')).json()).explanations).toBeUndefined();
  });

  it('limits texts and words, and refuses an unknown value of the option', async () => {
    expect(problemOf(await analyze(Array.from({ length: 9 }, () => 'x y')))).toMatchObject({
      status: 413,
      errors: [{ field: 'texts', message: 'must hold at most 8 texts to be explained, not 9' }],
    });
    const long = 'a disaster '.repeat(3_000);
    expect(problemOf(await analyze([long, long, 'x']))).toMatchObject({
      status: 413,
      errors: [{ field: 'texts', message: 'must hold at most 128 words together to be explained (of each text the first 64 count), not 129' }],
    });
    expect(analyzeResponseSchema.parse((await analyze([long, long])).json()).explanations?.map(({ words, truncated }) => [words.length, truncated])).toEqual([
      [64, true],
      [64, true],
    ]);
    expect(problemOf(await analyze(['x'], '?explain=yes')).errors?.[0]?.field).toBe('explain');
  });
});
