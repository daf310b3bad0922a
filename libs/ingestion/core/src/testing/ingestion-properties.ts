import { anySentiment, expectedRollups } from '@barometer/events/testing';
import { HOUR, matchesPhrases } from '@barometer/kernel';
import fc from 'fast-check';
import { articleNamed, idOf, NOW, type CreateIngestionHarness, type IngestionHarness } from './ingestion-harness';

type Step = (store: IngestionHarness) => Promise<unknown>;

const rule = { anyOf: ['even'], allOf: [], noneOf: [] };
const aTime = fc.nat({ max: 3 }).map((hours) => NOW + hours * HOUR);
const anArticle = fc.nat({ max: 7 });
const nameOf = (index: number) => `article ${index} ${index % 2 === 0 ? 'even' : 'odd'}`;

/** Adds articles as a poll does: matched with the rules at that time. */
const add = fc.tuple(fc.array(anArticle, { minLength: 1, maxLength: 4 }), fc.constantFrom('a', 'b', 'c'), aTime).map(
  ([indexes, source, publishedAt]): Step =>
    async (store) => {
      const rules = await store.topics.rules();
      const articles = indexes.map((index) => {
        const topics = rules.filter((one) => matchesPhrases(one, nameOf(index))).map(({ topicId, version }) => ({ topicId, version }));
        return articleNamed(nameOf(index), { title: nameOf(index), sourceIds: [source], publishedAt, topics });
      });
      await store.articles.addAll(articles, NOW);
    },
);

const score = fc.tuple(anArticle, anySentiment).map(
  ([index, sentiment]): Step =>
    (store) =>
      store.probe.score(idOf(nameOf(index)), sentiment),
);

const newVersion = fc.constant<Step>(async (store) => {
  const [job] = await store.topics.jobs();
  if (job) return;
  const current = (await store.topics.rules())[0];
  await store.probe.addTopic({ topicId: 'topic', version: (current?.version ?? 0) + 1, rule, ...(current && { readyVersion: current.version }) });
});

const backfill = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.boolean()).map(
  ([limit, twice]): Step =>
    async (store) => {
      const [job] = await store.topics.jobs();
      if (!job) return;
      const chunk = await store.topics.candidates(job, 0, limit);
      const matching = chunk.items.filter((item) => matchesPhrases(job, `${item.title} ${item.summary}`)).map((item) => item.articleId);
      for (let times = 0; times <= Number(twice); times += 1) await store.topics.applyChunk(job, matching, chunk.position);
      if (chunk.position === undefined) await store.topics.finish(job);
    },
);

const expire = fc.nat({ max: 2 }).map(
  (hours): Step =>
    (store) =>
      store.articles.removeExpired(NOW + 90 * 24 * HOUR + (hours - 1) * HOUR),
);

/** After any sequence of operations, the roll-ups are the sums over the scored articles, and topics hold what they match. */
export function ingestionProperties(create: CreateIngestionHarness): void {
  const step = fc.oneof(
    { weight: 5, arbitrary: add },
    { weight: 5, arbitrary: score },
    { weight: 1, arbitrary: newVersion },
    { weight: 4, arbitrary: backfill },
    { weight: 1, arbitrary: expire },
  );

  it('keeps the roll-ups equal to the sums over the articles, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const store = await create();
        for (const run of steps) await run(store);
        const articles = await store.probe.articles();
        expect(await store.probe.rollups()).toEqual(expectedRollups(articles));
        await expectTopicsFollowed(store);
        await store.close();
      }),
      { numRuns: 60 },
    );
  }, 60_000);
}

async function expectTopicsFollowed(store: IngestionHarness): Promise<void> {
  const waiting = (await store.topics.jobs()).length > 0;
  const [ready] = await store.topics.rules();
  if (waiting || !ready) return;
  for (const { title, topics } of await store.probe.articles()) {
    expect(topics).toEqual(matchesPhrases(ready, title) ? [{ topicId: 'topic', version: ready.version }] : []);
  }
}
