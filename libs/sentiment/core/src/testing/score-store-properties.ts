import { anySentiment, expectedRollups } from '@barometer/events/testing';
import { HOUR } from '@barometer/kernel';
import fc from 'fast-check';
import { idOf, LEASE, leaseAt, NOW, type CreateScoreStoreHarness, type ScoreStoreHarness } from './score-store-harness';

type Step = (store: ScoreStoreHarness, now: number) => Promise<unknown>;

const ARTICLES = 8;
const topic = { topicId: 'topic', version: 1 };
const nameOf = (index: number) => `article ${index}`;
const anArticle = fc.nat({ max: ARTICLES });

const lease = fc.integer({ min: 1, max: 4 }).map(
  (limit): Step =>
    (store, now) =>
      store.scores.lease(leaseAt(now, limit, 3)),
);
const apply = fc.array(fc.tuple(anArticle, anySentiment), { maxLength: 5 }).map(
  (scores): Step =>
    (store, now) =>
      store.scores.apply(
        scores.map(([index, sentiment]) => ({ articleId: idOf(nameOf(index)), sentiment })),
        now,
      ),
);
const giveBack = fc.tuple(anArticle, fc.boolean()).map(
  ([index, retry]): Step =>
    (store, now) =>
      store.scores.giveBack({ id: idOf(nameOf(index)) }, 'broken', retry ? now + LEASE : undefined),
);
const redrive = fc.constant<Step>((store, now) => store.scores.redrive(now));
const judge = fc.tuple(anArticle, fc.constantFrom('negative', 'neutral', 'positive')).map(
  ([index, label]): Step =>
    (store, now) =>
      store.scores.judge(idOf(nameOf(index)), { label, at: now }),
);
const takeBack = anArticle.map(
  (index): Step =>
    (store, now) =>
      store.scores.takeBack(idOf(nameOf(index)), now),
);
const rescore = fc.tuple(fc.nat({ max: 3 }), anySentiment, fc.boolean()).map(
  ([index, next, stale]): Step =>
    async (store, now) => {
      const { items } = await store.scores.scored({ limit: 10 });
      const replacements = items
        .slice(index)
        .map(({ id, sentiment }) => ({ articleId: id, expected: sentiment, next: { ...next, model: { id: 'test', revision: 'r3' } } }));
      if (stale)
        await store.scores.replace(
          replacements.slice(0, 2).map((one) => ({ ...one, next })),
          now,
        );
      await store.scores.replace(replacements, now);
    },
);

/** After any sequence of operations, the roll-ups are the sums over the scored articles, and every article is in exactly one state. */
export function scoreStoreProperties(create: CreateScoreStoreHarness): void {
  it('keeps the roll-ups equal to the sums over the articles, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(lease, apply, apply, giveBack, redrive, rescore, judge, takeBack), { minLength: 1, maxLength: 30 }), async (steps) => {
        const store = await create();
        await store.probe.addTopic({ ...topic, rule: { anyOf: ['x'], allOf: [], noneOf: [] }, readyVersion: 1 });
        for (let index = 0; index < ARTICLES; index += 1) {
          const sourceIds = index % 3 === 0 ? ['a', 'b'] : ['a'];
          await store.probe.addArticle({ id: idOf(nameOf(index)), publishedAt: NOW + (index % 4) * HOUR, sourceIds, topics: index % 2 === 0 ? [topic] : [] });
        }
        for (const [index, run] of steps.entries()) await run(store, NOW + (index * LEASE) / 2);
        const articles = await store.probe.articles();
        expect(articles).toHaveLength(ARTICLES);
        expect(await store.probe.rollups()).toEqual(expectedRollups(articles));
        for (const article of articles) expect(article.sentiment !== undefined).toBe(article.state === 'scored');
        for (const { judgement, sentiment, modelSentiment } of articles)
          expect([judgement?.label, modelSentiment?.model]).toEqual(judgement ? [sentiment?.label, sentiment?.model] : [undefined, undefined]);
        await store.close();
      }),
      { numRuns: 80 },
    );
  }, 60_000);
}
