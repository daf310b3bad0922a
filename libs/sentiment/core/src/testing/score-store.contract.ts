import { articleScoredSchema } from '@barometer/events';
import { expectedRollups, sentimentWith, type NewProbeArticle } from '@barometer/events/testing';
import { HOUR, MINUTE, scopeKey } from '@barometer/kernel';
import { scoreStoreJudgementsContract } from './score-store-judgements.contract';
import { scoreStoreLeaseContract } from './score-store-leases.contract';
import { scoreStoreStoriesContract } from './score-store-stories.contract';
import { scoreStoreProperties } from './score-store-properties';
import { expiryIn, idOf, NOW, type CreateScoreStoreHarness, type ScoreStoreHarness } from './score-store-harness';

const rule = { anyOf: ['energy'], allOf: [], noneOf: [] };
const ready = { topicId: 'energy', version: 1 };
const coming = { topicId: 'energy', version: 2 };
const glad = sentimentWith(0.8);
const sad = sentimentWith(-0.6, 'r2');

/** What every `ScoreStore` promises. */
export function scoreStoreContract(name: string, create: CreateScoreStoreHarness): void {
  describe(`${name}: score store`, () => {
    let store: ScoreStoreHarness;
    beforeEach(async () => (store = await create()));
    afterEach(() => store.close());

    const add = async (...names: string[]) => {
      for (const [index, one] of names.entries()) await addOne(one, { publishedAt: NOW + index * MINUTE });
    };
    const addOne = (one: string, fields: Partial<NewProbeArticle> = {}) =>
      store.probe.addArticle({ id: idOf(one), title: `Title of ${one}`, publishedAt: NOW, sourceIds: ['a'], ...fields });
    const apply = (...scores: [string, typeof glad][]) =>
      store.scores.apply(
        scores.map(([one, sentiment]) => ({ articleId: idOf(one), sentiment })),
        NOW + HOUR,
      );
    const replaced = async (one: string, expected: typeof glad, next: typeof glad, now: number) =>
      (await store.scores.replace([{ articleId: idOf(one), expected, next }], now)).has(idOf(one));
    const articleOf = async (one: string) => (await store.probe.articles()).find((article) => article.id === idOf(one));
    const expectInvariant = async () => expect(await store.probe.rollups()).toEqual(expectedRollups(await store.probe.articles()));
    const everywhere = async () => (await store.probe.rollups()).find((rollup) => rollup.scope === scopeKey({}));

    describe('applying', () => {
      it('sets sentiments, adds to every scope of the bucket hour, and reports each', async () => {
        await store.probe.addTopic({ ...ready, rule, readyVersion: 1 });
        await store.probe.addTopic({ ...coming, rule, readyVersion: 1 });
        await addOne('one', { sourceIds: ['b', 'a'], topics: [ready, coming] });
        await addOne('two', { publishedAt: NOW + HOUR });
        const events = await apply(['one', glad], ['two', sad]);
        expect(events.map((event) => articleScoredSchema.parse(event))).toEqual([
          { type: 'ArticleScored', version: 1, articleId: idOf('one'), scoredAt: NOW + HOUR, sourceIds: ['b', 'a'], topicIds: ['energy'], sentiment: glad },
          { type: 'ArticleScored', version: 1, articleId: idOf('two'), scoredAt: NOW + HOUR, sourceIds: ['a'], topicIds: [], sentiment: sad },
        ]);
        expect(await articleOf('one')).toMatchObject({ state: 'scored', sentiment: glad });
        expect(await store.probe.rollups()).toHaveLength(1 + 2 + 2 * 3 + 2);
        await expectInvariant();
      });

      it('scores only pending articles', async () => {
        await add('one', 'two');
        expect(await apply(['one', glad], ['one', sad])).toHaveLength(1);
        expect(await apply(['one', sad], ['two', sad], ['unknown', sad])).toHaveLength(1);
        expect(await articleOf('one')).toMatchObject({ sentiment: glad });
        expect(await everywhere()).toMatchObject({ negative: 1, neutral: 0, positive: 1, toneSum: 200_000, toneSquares: 1_000_000 });
        await expectInvariant();
      });

      it('leaves alone what failed meanwhile, and what has expired', async () => {
        await add('failed', 'old');
        await store.scores.giveBack({ id: idOf('failed') }, 'broken');
        expect(await apply(['failed', glad])).toEqual([]);
        expect(await store.scores.apply([{ articleId: idOf('old'), sentiment: glad }], expiryIn(store))).toEqual([]);
        expect(await articleOf('failed')).toMatchObject({ state: 'failed', reason: 'broken' });
        expect(await store.probe.rollups()).toEqual([]);
      });

      it('keeps a neutral tone of zero and the ends of the scale', async () => {
        await add('one', 'two', 'three');
        await apply(['one', sentimentWith(0)], ['two', sentimentWith(1)], ['three', sentimentWith(-1)]);
        expect(await everywhere()).toMatchObject({ negative: 1, neutral: 1, positive: 1, toneSum: 0, toneSquares: 2_000_000 });
      });

      it('takes several hundred at once', async () => {
        const names = Array.from({ length: 300 }, (_, index) => `article ${index}`);
        await add(...names);
        expect(await apply(...names.map((one): [string, typeof glad] => [one, glad]))).toHaveLength(300);
        await expectInvariant();
      });

      it('copies its input', async () => {
        await add('one');
        const sentiment = structuredClone(glad);
        await apply(['one', sentiment]);
        Object.assign(sentiment.scores, { positive: 0 });
        expect(await articleOf('one')).toMatchObject({ sentiment: glad });
      });

      it('moves the watermark when it sets a score', async () => {
        await add('one');
        const before = await store.watermark();
        await apply(['one', glad]);
        expect(await store.watermark()).not.toBe(before);
      });
    });

    describe('re-scoring', () => {
      it('goes through the scored articles, oldest bucket first, in chunks', async () => {
        await addOne('late', { publishedAt: NOW + 3 * HOUR });
        await add('one', 'two', 'three', 'waiting');
        await apply(['late', glad], ['one', glad], ['two', sad], ['three', glad]);
        const seen: string[] = [];
        for (let position: string | undefined, chunks = 0; chunks === 0 || position !== undefined; chunks += 1) {
          const chunk = await store.scores.scored({ limit: 2, ...(position !== undefined && { position }) });
          expect(chunk.items.length).toBeLessThanOrEqual(2);
          seen.push(...chunk.items.map((item) => item.title));
          position = chunk.position;
        }
        expect(seen).toEqual(['one', 'two', 'three', 'late'].map((one) => `Title of ${one}`));
      });

      it('leaves out what this revision has scored', async () => {
        await add('one', 'two');
        await apply(['one', glad], ['two', sad]);
        const { items } = await store.scores.scored({ notRevision: 'r2', limit: 10 });
        expect(items).toEqual([{ id: idOf('one'), title: 'Title of one', summary: '', sentiment: glad }]);
      });

      it('replaces the exact score that was read, in the roll-ups too', async () => {
        await store.probe.addTopic({ ...ready, rule, readyVersion: 1 });
        await addOne('one', { topics: [ready], sourceIds: ['a', 'b'] });
        await add('two');
        await apply(['one', glad], ['two', glad]);
        expect(await replaced('one', glad, sad, NOW + HOUR)).toBe(true);
        expect(await articleOf('one')).toMatchObject({ state: 'scored', sentiment: sad });
        expect(await everywhere()).toMatchObject({ negative: 1, positive: 1, toneSum: 200_000 });
        await expectInvariant();
      });

      it('replaces nothing when the score has changed, is missing, or has expired', async () => {
        await add('one', 'waiting');
        await apply(['one', glad]);
        const [almost, uncertain] = [
          { ...glad, confidence: glad.confidence - 1e-9 },
          { ...glad, uncertain: !glad.uncertain },
        ];
        for (const read of [sad, almost, uncertain, { ...glad, model: { id: 'test', revision: 'r0' } }]) {
          expect(await replaced('one', read, sad, NOW)).toBe(false);
        }
        expect(await replaced('waiting', glad, sad, NOW)).toBe(false);
        expect(await replaced('unknown', glad, sad, NOW)).toBe(false);
        expect(await replaced('one', glad, sad, expiryIn(store))).toBe(false);
        expect(await articleOf('one')).toMatchObject({ sentiment: glad });
        await expectInvariant();
      });

      it('replaces many at once, each on its own condition, and answers which', async () => {
        const names = Array.from({ length: 70 }, (_, index) => `n${index}`);
        for (const name of names) await addOne(name);
        await apply(...names.map((name): [string, typeof glad] => [name, glad]));
        const answer = await store.scores.replace(
          names.map((name, index) => ({ articleId: idOf(name), expected: index % 10 === 3 ? sad : glad, next: sad })),
          NOW,
        );
        expect(new Set(answer)).toEqual(new Set(names.filter((_, index) => index % 10 !== 3).map(idOf)));
        expect(await everywhere()).toMatchObject({ negative: 63, positive: 7 });
        expect(await store.scores.replace([], NOW)).toEqual(new Set());
        await expectInvariant();
      });
    });

    scoreStoreLeaseContract(create);
    scoreStoreStoriesContract(create);
    scoreStoreJudgementsContract(create);
    scoreStoreProperties(create);
  });
}
