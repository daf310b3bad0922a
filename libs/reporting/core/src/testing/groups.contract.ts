import fc from 'fast-check';
import { contributionOf, hourOf, HOUR, MINUTE } from '@barometer/kernel';
import { addHours } from '../domain/figures';
import { GetDrivers } from '../use-cases/get-drivers.use-case';
import { ListStories } from '../use-cases/list-stories.use-case';
import type { TopicStore } from '../ports/topic-store.port';
import { UsualRanges } from '../use-cases/usual-ranges';
import type { HourCounts, Scope } from '../domain/report';
import { begin, NOW, seed, sentimentOf, walk, type MakeReportStore, type SeedArticle } from './seeds';

const gas = { topicId: 'gas', version: 2 };
const day = { from: NOW - 24 * HOUR, to: NOW };
const hour = hourOf(NOW);
const titles = (items: readonly { title: string }[]) => items.map(({ title }) => title);

/** The hourly counts of these sources' scored articles: each article once for each source that lists it. */
function countedOf(rows: readonly SeedArticle[], sourceIds: readonly string[], topicId?: string): HourCounts[] {
  return addHours(
    rows.flatMap(({ sentiment, publishedAt, sourceIds: own, topics }) => {
      const listed = own.filter((id) => sourceIds.includes(id)).length;
      if (!sentiment || (topicId !== undefined && !topics.some((topic) => topic.topicId === topicId))) return [];
      return Array.from({ length: listed }, () => [{ hour: hourOf(publishedAt), ...contributionOf(sentiment) }]);
    }),
  );
}

/** What a store promises for a scope of several sources. */
export function groupsContract(make: MakeReportStore): void {
  describe('several sources', () => {
    it('have the sums of their figures, overall, by source, by topic and by day', async () => {
      const { store, articles, topic, observed, imported } = begin(make);
      topic({ id: 'gas', version: 2, readyVersion: 2 });
      topic({ id: 'war', version: 1, readyVersion: 1 });
      articles([
        seed(1, { tone: 0.5, sourceIds: ['wire', 'post'], topics: [gas] }),
        seed(2, { tone: -0.5, sourceIds: ['post'] }),
        seed(3, { tone: 0.1, sourceIds: ['far'], topics: [gas] }),
        seed(4, { sourceIds: ['wire'], topics: [{ topicId: 'war', version: 1 }] }),
      ]);
      const group: Scope = { sourceIds: ['wire', 'post'] };
      const volumes = (found: ReadonlyMap<string, readonly HourCounts[]>) =>
        Object.fromEntries([...found].map(([id, rows]) => [id, rows.map((row) => [hour - row.hour, row.negative + row.neutral + row.positive])]));
      expect((await store.hours(group, day)).map((row) => [hour - row.hour, row.toneSum])).toEqual([
        [5, 0],
        [3, -500_000],
        [2, 1_000_000],
      ]);
      expect(volumes(await store.hoursBy('source', group, day))).toEqual({
        wire: [
          [5, 1],
          [2, 1],
        ],
        post: [
          [3, 1],
          [2, 1],
        ],
      });
      expect(volumes(await store.hoursBy('topic', group, day))).toEqual({ gas: [[2, 2]], war: [[5, 1]] });
      expect(volumes(await store.hoursBy('topic', { sourceIds: ['wire'] }, { from: NOW - 40 * 24 * HOUR, to: NOW }))).toEqual({ gas: [[2, 1]], war: [[5, 1]] });
      expect(volumes(await store.hoursBy('source', { ...group, topicId: 'gas' }, day))).toEqual({ wire: [[2, 1]], post: [[2, 1]] });
      for await (const { sources } of store.sourceDays(group, Math.floor(hour / 24), Math.floor(hour / 24) + 1))
        expect([...sources.keys()].sort()).toEqual(['post', 'wire']);
      observed('wire', hour - 5);
      observed('post', hour - 3);
      observed('far', hour - 1);
      imported('post', hour - 7);
      expect([await store.observedHours(group.sourceIds, day), await store.importedHours(group.sourceIds, day)]).toEqual([[hour - 5, hour - 3], [hour - 7]]);
    });

    it('in an empty list have no figures', async () => {
      const { store, articles, observed } = begin(make);
      articles([seed(1)]);
      observed('wire', hour - 1);
      const none: Scope = { sourceIds: [] };
      expect([
        await store.hours(none, day),
        [...(await store.hoursBy('source', none, day))],
        await store.observedHours([], day),
        await walk(store, { ...none, limit: 10 }),
      ]).toEqual([[], [], [], []]);
      for await (const { sources } of store.sourceDays(none, Math.floor(hour / 24), Math.floor(hour / 24) + 1)) expect([...sources]).toEqual([]);
    });

    it('list what each lists, once, however unevenly their articles are spread', async () => {
      const { store, articles } = begin(make);
      const busy = Array.from({ length: 120 }, (_, index) =>
        seed(`b${index}`, { publishedAt: NOW - (index + 1) * MINUTE, sourceIds: index % 10 === 0 ? ['busy', 's1'] : ['busy'] }),
      );
      const others = Array.from({ length: 30 }, (_, index) => seed(`o${index}`, { publishedAt: NOW - (index * 7 + 2) * MINUTE + 1, sourceIds: [`s${index}`] }));
      articles([...busy, ...others, seed('far', { sourceIds: ['far'] })]);
      const sourceIds = ['busy', ...Array.from({ length: 30 }, (_, index) => `s${index}`)];
      const expected = titles([...busy, ...others].sort((one, other) => other.publishedAt - one.publishedAt));
      for (const limit of [1, 7, 300]) expect(titles(await walk(store, { sourceIds, limit }))).toEqual(expected);
      expect(titles(await walk(store, { sourceIds: ['busy'], limit: 50 }))).toEqual(titles(await walk(store, { sourceId: 'busy', limit: 50 })));
    });

    it('have the stories and drivers of their articles, and no others', async () => {
      const { store, articles, clock } = begin(make);
      const [near, far] = [
        seed('near', { publishedAt: NOW - HOUR, tone: 0.4, sourceIds: ['wire'] }),
        seed('far', { publishedAt: NOW - HOUR, tone: -0.9, sourceIds: ['far'] }),
      ];
      articles([
        near,
        seed('near 2', { publishedAt: NOW - 2 * HOUR, tone: 0.6, sourceIds: ['post', 'far'], joinedStory: near.id }),
        seed('near 3', { publishedAt: NOW - 2 * HOUR, tone: -1, sourceIds: ['far'], joinedStory: near.id }),
        far,
        ...[1, 2, 3].map((index) => seed(`far ${index}`, { publishedAt: NOW - 2 * HOUR, tone: -0.9, sourceIds: ['far'], joinedStory: far.id })),
        seed('before', { publishedAt: NOW - 30 * HOUR, tone: 0, sourceIds: ['wire'] }),
      ]);
      const group: Scope = { sourceIds: ['post', 'wire'] };
      const { stories, isWhole } = await new ListStories({ reports: store, clock }).execute({ ...group, period: day, order: 'size', limit: 5 });
      expect([stories.map(({ id, articles: told, tone }) => [id, told, tone]), isWhole]).toEqual([[[near.id, 2, 0.5]], true]);
      const topics = { list: async () => [] } as unknown as TopicStore;
      const drivers = new GetDrivers({
        reports: store,
        topics,
        clock,
        usual: new UsualRanges({ reports: store, clock, homes: async () => [] }),
        sourceNames: async () => new Map(),
      });
      const ids = async (by: 'story' | 'source', scope: Scope) => {
        const { found, isWhole: all } = await drivers.execute({ ...scope, period: day, by, against: 'before', limit: 5 });
        return [[...(found?.lifted ?? []), ...(found?.lowered ?? [])].map(({ id, headline }) => [id, headline?.title]), all];
      };
      expect(await ids('story', group)).toEqual([
        [
          [seed('before').id, undefined],
          [near.id, 'Article near 2'],
        ],
        true,
      ]);
      expect(await ids('source', group)).toEqual([
        [
          ['wire', 'Article near'],
          ['post', 'Article near 2'],
        ],
        true,
      ]);
      expect(await ids('story', { sourceIds: [] })).toEqual([[], true]);
    });

    it('have the figures of their articles, whatever these are', async () => {
      const { store, articles, topic } = begin(make);
      topic({ id: 'gas', version: 2, readyVersion: 2 });
      const names = ['a', 'b', 'c', 'd'];
      const drawn = fc.sample(
        fc.record({
          age: fc.integer({ min: 0, max: 60 }),
          tone: fc.integer({ min: -100, max: 100 }),
          sourceIds: fc.subarray(names, { minLength: 1 }),
          inTopic: fc.boolean(),
          scored: fc.boolean(),
        }),
        { numRuns: 80, seed: 8 },
      );
      const rows = drawn.map(({ age, tone, sourceIds, inTopic, scored }, index) =>
        seed(`p${index}`, {
          publishedAt: NOW - age * 20 * MINUTE - 1,
          sourceIds,
          topics: inTopic ? [gas] : [],
          state: scored ? 'scored' : 'pending',
          ...(scored && { sentiment: sentimentOf(tone / 100) }),
        }),
      );
      articles(rows);
      await fc.assert(
        fc.asyncProperty(fc.subarray(names), fc.constantFrom(undefined, 'gas'), async (sourceIds, topicId) => {
          const scope = { sourceIds, ...(topicId !== undefined && { topicId }) };
          const expected = countedOf(rows, sourceIds, topicId);
          expect(await store.hours(scope, day)).toEqual(expected);
          expect(addHours((await store.hoursBy('source', scope, day)).values())).toEqual(expected);
          expect((await store.hoursBy('topic', { sourceIds }, day)).get('gas') ?? []).toEqual(countedOf(rows, sourceIds, 'gas'));
        }),
        { numRuns: 30, seed: 8 },
      );
    });
  });
}
