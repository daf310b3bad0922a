import { expectedRollups, sentimentWith } from '@barometer/events/testing';
import { HOUR, scopeKey } from '@barometer/kernel';
import type { TopicBackfillJob } from '../ports/topic-catalog.port';
import { articleNamed, hoursAgo, idOf, NOW, present, type CreateIngestionHarness, type IngestionHarness } from './ingestion-harness';

const rule = { anyOf: ['title'], allOf: [], noneOf: ['never'] };
const v1 = { topicId: 'energy', version: 1 };
const v2 = { topicId: 'energy', version: 2 };

/** What every `TopicCatalog` promises. */
export function topicCatalogContract(name: string, create: CreateIngestionHarness): void {
  describe(`${name}: topic catalog`, () => {
    let store: IngestionHarness;
    beforeEach(async () => (store = await create()));
    afterEach(() => store.close());

    const job = async (): Promise<TopicBackfillJob> => present((await store.topics.jobs())[0]);
    const topicsOf = async (article: string) => (await store.probe.articles()).find((one) => one.id === idOf(article))?.topics;
    const expectInvariant = async () => expect(await store.probe.rollups()).toEqual(expectedRollups(await store.probe.articles()));
    const addScored = async (...names: string[]) => {
      await store.articles.addAll(
        names.map((one, index) => articleNamed(one, { publishedAt: hoursAgo(index), sourceIds: ['a', 'b'] })),
        NOW,
      );
      for (const [index, one] of names.entries()) await store.probe.score(idOf(one), sentimentWith(index % 2 === 0 ? 0.8 : -0.3));
    };

    it('is empty at first', async () => {
      expect([await store.topics.rules(), await store.topics.jobs()]).toEqual([[], []]);
    });

    it('matches new articles with the version that readers see and the one being back-filled', async () => {
      await store.probe.addTopic({ ...v1, rule, readyVersion: 1 });
      expect([await store.topics.rules(), await store.topics.jobs()]).toEqual([[{ ...v1, ...rule }], []]);
      await store.probe.addTopic({ ...v2, rule, readyVersion: 1 });
      await store.probe.addTopic({ topicId: 'energy', version: 3, rule, readyVersion: 1 });
      expect((await store.topics.rules()).map((one) => one.version)).toEqual([1, 3]);
      expect(await store.topics.jobs()).toEqual([{ topicId: 'energy', version: 3, ...rule }]);
    });

    it('walks through the articles newest first, not past `since`', async () => {
      const names = ['now', 'one', 'two', 'three', 'four'];
      await addScored(...names);
      await store.probe.addTopic({ ...v1, rule });
      const seen: string[] = [];
      let current: TopicBackfillJob | undefined = await job();
      while (current) {
        const { items, position } = await store.topics.candidates(current, hoursAgo(3), 2);
        expect(items.length).toBeLessThanOrEqual(2);
        seen.push(...items.map((item) => item.title));
        current = position === undefined ? undefined : { ...current, position };
      }
      expect(seen).toEqual(['now', 'one', 'two', 'three'].map((one) => `Title of ${one}`));
    });

    it('reaches articles that are stored during the walk, though they missed the version', async () => {
      await addScored('one', 'two', 'three');
      await store.probe.addTopic({ ...v1, rule });
      let current: TopicBackfillJob | undefined = await job();
      let chunks = 0;
      while (current) {
        const { items, position } = await store.topics.candidates(current, 0, 1);
        if (chunks === 1) await store.articles.addAll([articleNamed('late', { publishedAt: NOW + 60_000 })], NOW + 60_000);
        if (chunks === 1) await store.probe.score(idOf('late'), sentimentWith(0.4));
        await store.topics.applyChunk(
          current,
          items.map((item) => item.articleId),
          position,
        );
        current = position === undefined ? undefined : await job();
        chunks += 1;
      }
      expect(await topicsOf('late')).toEqual([v1]);
      await expectInvariant();
    });

    it('reaches an article that is stored during the walk after the newest one expired', async () => {
      await addScored('one', 'two');
      await store.articles.addAll([articleNamed('old', { publishedAt: NOW - store.articles.retention.articles + 2 * HOUR })], NOW);
      await store.probe.addTopic({ ...v1, rule });
      const first = await store.topics.candidates(await job(), 0, 1);
      await store.topics.applyChunk(await job(), [], first.position);
      expect(await store.articles.removeExpired(NOW + 4 * HOUR)).toBe(1);
      await store.articles.addAll([articleNamed('late', { publishedAt: NOW + 4 * HOUR })], NOW + 4 * HOUR);
      const seen: string[] = [];
      for (let current: TopicBackfillJob | undefined = await job(); current; ) {
        const { items, position } = await store.topics.candidates(current, 0, 1);
        seen.push(...items.map((item) => item.title));
        current = position === undefined ? undefined : { ...current, position };
      }
      expect(seen).toContain('Title of late');
    });

    it('puts a chunk into the version once, with the roll-ups, and stores the position', async () => {
      await addScored('one', 'two');
      await store.articles.addAll([articleNamed('waiting')], NOW);
      await store.probe.addTopic({ ...v1, rule });
      for (let times = 0; times < 2; times += 1) await store.topics.applyChunk(await job(), ['one', 'waiting', 'unknown'].map(idOf), 'somewhere');
      expect((await job()).position).toBe('somewhere');
      expect([await topicsOf('one'), await topicsOf('two'), await topicsOf('waiting')]).toEqual([[v1], [], [v1]]);
      await expectInvariant();
      const inTopic = (await store.probe.rollups()).filter((rollup) => rollup.scope === scopeKey({ topic: v1 }));
      expect(inTopic).toMatchObject([{ positive: 1, toneSum: 800_000, toneSquares: 640_000 }]);
      await store.probe.score(idOf('waiting'), sentimentWith(0.1));
      await expectInvariant();
    });

    it('does not count again an article that joined the version when it was stored', async () => {
      await addScored('one');
      await store.probe.addTopic({ ...v1, rule });
      await store.articles.addAll([articleNamed('arrival', { topics: [v1] })], NOW);
      await store.probe.score(idOf('arrival'), sentimentWith(-0.9));
      await store.topics.applyChunk(await job(), ['one', 'arrival'].map(idOf), undefined);
      await expectInvariant();
    });

    it('keeps the readable version until the next one is finished, then drops it with its roll-ups', async () => {
      await store.probe.addTopic({ ...v1, rule });
      await addScored('one', 'two');
      await store.topics.applyChunk(await job(), [idOf('one')], undefined);
      await store.topics.finish(await job());
      expect(await store.topics.jobs()).toEqual([]);
      await store.probe.addTopic({ ...v2, rule, readyVersion: 1 });
      const second = await job();
      await store.topics.applyChunk(second, [idOf('one'), idOf('two')], undefined);
      expect(await topicsOf('one')).toEqual([v1, v2]);
      await expectInvariant();
      for (let times = 0; times < 2; times += 1) await store.topics.finish(second);
      expect([await topicsOf('one'), await topicsOf('two')]).toEqual([[v2], [v2]]);
      expect((await store.topics.rules()).map((one) => one.version)).toEqual([2]);
      await expectInvariant();
    });

    it('drops no other topic whose name has the same beginning', async () => {
      await store.probe.addTopic({ ...v1, rule });
      await store.probe.addTopic({ topicId: 'energy2', version: 1, rule });
      await addScored('one');
      for (const waiting of await store.topics.jobs()) await store.topics.applyChunk(waiting, [idOf('one')], undefined);
      for (const waiting of await store.topics.jobs()) await store.topics.finish(waiting);
      await store.probe.addTopic({ ...v2, rule, readyVersion: 1 });
      await store.topics.finish(await job());
      expect(await topicsOf('one')).toEqual([{ topicId: 'energy2', version: 1 }]);
      await expectInvariant();
    });

    it('does nothing for a version that was superseded', async () => {
      await store.probe.addTopic({ ...v1, rule });
      const superseded = await job();
      await addScored('one');
      await store.topics.applyChunk(superseded, [idOf('one')], 'somewhere');
      await store.probe.addTopic({ ...v2, rule });
      await store.articles.addAll([articleNamed('two')], NOW);
      await store.topics.applyChunk(superseded, [idOf('two')], 'further');
      await store.topics.finish(superseded);
      expect(await topicsOf('two')).toEqual([]);
      expect(await store.topics.jobs()).toEqual([{ ...v2, ...rule }]);
      await store.topics.finish(await job());
      expect(await topicsOf('one')).toEqual([]);
      await expectInvariant();
    });
  });
}
