import { expectedRollups, sentimentWith } from '@barometer/events/testing';
import { HOUR, scopeKey, storyScope } from '@barometer/kernel';
import { judgedSentiment } from '../domain/judgement';
import { expiryIn, idOf, NOW, type CreateScoreStoreHarness, type ScoreStoreHarness } from './score-store-harness';

const glad = sentimentWith(0.8);
const sad = sentimentWith(-0.6, 'r2');
const id = idOf('one');

/** What every `ScoreStore` promises about the judgements of readers. */
export function scoreStoreJudgementsContract(create: CreateScoreStoreHarness): void {
  describe('judgements', () => {
    let store: ScoreStoreHarness;
    beforeEach(async () => (store = await create()));
    afterEach(() => store.close());

    const scored = async (sourceIds: readonly string[] = ['a', 'b']) => {
      await store.probe.addTopic({ topicId: 'energy', version: 1, rule: { anyOf: ['energy'], allOf: [], noneOf: [] }, readyVersion: 1 });
      await store.probe.addArticle({ id, publishedAt: NOW, sourceIds, topics: [{ topicId: 'energy', version: 1 }] });
      await store.scores.apply([{ articleId: id, sentiment: glad }], NOW);
    };
    const article = async (of = id) => (await store.probe.articles()).find((one) => one.id === of);
    const judge = (label: 'negative' | 'neutral' | 'positive', at = NOW + HOUR) => store.scores.judge(id, { label, at });
    const expectInvariant = async () => expect(nonZero(await store.probe.rollups())).toEqual(expectedRollups(await store.probe.articles()));
    const everywhere = async () => (await store.probe.rollups()).find(({ scope }) => scope === scopeKey({}));

    it("count instead of the model's score, in every roll-up once, and keep the score beside them", async () => {
      await scored();
      const before = await store.watermark();
      expect(await judge('negative')).toBe('judged');
      expect(await article()).toMatchObject({
        state: 'scored',
        judgement: { label: 'negative', at: NOW + HOUR },
        modelSentiment: glad,
        sentiment: judgedSentiment('negative', glad.model),
      });
      expect(await everywhere()).toMatchObject({ negative: 1, neutral: 0, positive: 0, toneSum: -820_000, toneSquares: 672_400 });
      expect(await store.watermark()).not.toBe(before);
      await expectInvariant();
    });

    it('are replaced by another, and stay unchanged when the same is given again', async () => {
      await scored();
      await judge('negative', NOW + 1);
      expect([await judge('negative', NOW + 2), (await article())?.judgement]).toEqual(['judged', { label: 'negative', at: NOW + 1 }]);
      expect(await judge('neutral', NOW + 3)).toBe('judged');
      expect(await article()).toMatchObject({ judgement: { label: 'neutral', at: NOW + 3 }, modelSentiment: glad, sentiment: { tone: -0.05 } });
      expect(await everywhere()).toMatchObject({ negative: 0, neutral: 1, positive: 0 });
      await expectInvariant();
    });

    it("are taken back: the model's score counts again, as if there had been no judgement", async () => {
      await scored();
      const before = await store.probe.rollups();
      await judge('negative');
      expect(await store.scores.takeBack(id, NOW + HOUR)).toBe('taken-back');
      expect(await article()).toMatchObject({ sentiment: glad });
      expect([(await article())?.judgement, (await article())?.modelSentiment]).toEqual([undefined, undefined]);
      expect(nonZero(await store.probe.rollups())).toEqual(before);
      expect(await store.scores.takeBack(id, NOW + HOUR)).toBe('unjudged');
    });

    it("survive a re-scoring, which renews the model's score beside them", async () => {
      await scored();
      await judge('negative');
      const { items } = await store.scores.scored({ limit: 5 });
      expect(items).toMatchObject([{ id, sentiment: glad }]);
      expect(await store.scores.replace([{ articleId: id, expected: judgedSentiment('negative', glad.model), next: sad }], NOW)).toEqual(new Set());
      expect(await store.scores.replace([{ articleId: id, expected: glad, next: sad }], NOW)).toEqual(new Set([id]));
      expect(await article()).toMatchObject({ judgement: { label: 'negative' }, modelSentiment: sad, sentiment: judgedSentiment('negative', sad.model) });
      expect((await store.scores.scored({ limit: 5, notRevision: 'r2' })).items).toEqual([]);
      await expectInvariant();
      await store.scores.takeBack(id, NOW + HOUR);
      expect((await article())?.sentiment).toEqual(sad);
      await expectInvariant();
    });

    it('count in the story of the article', async () => {
      const titles = ['Ferry sinks off Zanzibar, at least 40 drown', 'At least 40 dead as ferry goes down near Zanzibar'];
      for (const title of titles) await store.probe.addArticle({ id: idOf(title), title, publishedAt: NOW, sourceIds: ['a'] });
      await store.scores.apply(
        titles.map((title) => ({ articleId: idOf(title), sentiment: glad })),
        NOW,
      );
      await store.scores.judge(idOf(titles[1]!), { label: 'neutral', at: NOW });
      expect((await store.probe.rollups()).find(({ scope }) => scope === storyScope(idOf(titles[0]!)))).toMatchObject({
        neutral: 1,
        positive: 0,
        toneSum: -50_000,
      });
      await expectInvariant();
    });

    it('let an article count that was skipped because of its language, until they are taken back', async () => {
      await store.probe.addTopic({ topicId: 'energy', version: 1, rule: { anyOf: ['energy'], allOf: [], noneOf: [] }, readyVersion: 1 });
      for (const [of, reason] of [
        [id, 'language'],
        [idOf('short'), 'too-short'],
      ] as const)
        await store.probe.addArticle({ id: of, publishedAt: NOW, sourceIds: ['a', 'b'], topics: [{ topicId: 'energy', version: 1 }], skipped: reason });
      const before = await article();
      expect(before).toMatchObject({ state: 'skipped' });
      expect([await judge('negative'), await store.scores.judge(idOf('short'), { label: 'neutral', at: NOW }, glad)]).toEqual(['unscored', 'unscored']);
      expect(await store.scores.judge(id, { label: 'negative', at: NOW + HOUR }, glad)).toBe('judged');
      expect(await article()).toMatchObject({
        state: 'scored',
        judgement: { label: 'negative', at: NOW + HOUR },
        modelSentiment: glad,
        sentiment: judgedSentiment('negative', glad.model),
      });
      expect(await everywhere()).toMatchObject({ negative: 1, neutral: 0, positive: 0 });
      await expectInvariant();
      expect(await store.scores.replace([{ articleId: id, expected: glad, next: sad }], NOW)).toEqual(new Set([id]));
      expect(await judge('neutral', NOW + 2 * HOUR)).toBe('judged');
      expect(await article()).toMatchObject({ judgement: { label: 'neutral' }, modelSentiment: sad });
      await expectInvariant();
      expect(await store.scores.takeBack(id, NOW + HOUR)).toBe('taken-back');
      expect(await article()).toEqual(before);
      expect(nonZero(await store.probe.rollups())).toEqual([]);
      expect([await store.scores.takeBack(id, NOW + HOUR), await judge('positive')]).toEqual(['unjudged', 'unscored']);
    });

    it('are refused for articles without a score and for unknown ids', async () => {
      await store.probe.addArticle({ id, publishedAt: NOW, sourceIds: ['a'] });
      expect([await judge('neutral'), await store.scores.takeBack(id, NOW)]).toEqual(['unscored', 'unjudged']);
      await store.scores.giveBack({ id }, 'broken');
      expect(await judge('neutral')).toBe('unscored');
      expect([await store.scores.judge(idOf('unknown'), { label: 'neutral', at: NOW }), await store.scores.takeBack(idOf('unknown'), NOW)]).toEqual([
        'gone',
        'gone',
      ]);
      expect([await judge('neutral', expiryIn(store)), await store.scores.takeBack(id, expiryIn(store))]).toEqual(['gone', 'gone']);
      expect(await store.probe.rollups()).toEqual([]);
    });
  });
}

/** A counter that is back at zero is the same as none. */
const nonZero = (rows: Awaited<ReturnType<ScoreStoreHarness['probe']['rollups']>>) =>
  rows.filter(({ negative, neutral, positive }) => negative + neutral + positive > 0);
