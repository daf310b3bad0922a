import { HOUR, hourOf, MINUTE } from '@barometer/kernel';
import { addCounts } from '../domain/figures';
import { begin, NOW, seed, sentimentOf, type MakeReportStore } from './seeds';

const gas = { topicId: 'gas', version: 2 };
const day = { from: NOW - 24 * HOUR, to: NOW };
const hour = hourOf(NOW);

/** What figures, observed hours, models and the status promise. */
export function reportFiguresContract(make: MakeReportStore): void {
  describe('figures', () => {
    it('are counts and sums by hour of each scope, in millionths', async () => {
      const { store, articles, topic } = begin(make);
      topic({ id: 'gas', version: 3, readyVersion: 2 });
      articles([
        seed(0, { tone: 0.5, sourceIds: ['wire', 'post'], topics: [gas] }),
        seed('x', { tone: -0.4 }),
        seed(2, { tone: 0.1, topics: [{ topicId: 'gas', version: 3 }] }),
        seed(3, { state: 'pending' }),
        seed(30),
      ]);
      const last = { hour: hour - 1, negative: 1, neutral: 0, positive: 1, toneSum: 100_000, toneSquares: 410_000 };
      const before = { hour: hour - 3, negative: 0, neutral: 1, positive: 0, toneSum: 100_000, toneSquares: 10_000 };
      const single = { hour: hour - 1, negative: 0, neutral: 0, positive: 1, toneSum: 500_000, toneSquares: 250_000 };
      expect(await store.hours({}, day)).toEqual([before, last]);
      expect(await store.hours({}, { from: NOW - HOUR, to: NOW })).toEqual([last]);
      expect(await store.hours({ sourceId: 'post' }, day)).toEqual([single]);
      expect(await store.hours({ topicId: 'gas' }, day)).toEqual([single]);
      expect(await store.hours({ topicId: 'gas', sourceId: 'wire' }, day)).toEqual([single]);
      expect(await store.hours({ topicId: 'none' }, day)).toEqual([]);
    });

    it('exist by source and by topic, also for removed sources', async () => {
      const { store, articles, topic } = begin(make);
      for (const id of ['gas', 'gasoline', 'new']) topic({ id, version: 2, ...(id !== 'new' && { readyVersion: 2 }) });
      articles([
        seed(0, { sourceIds: ['wire', 'zeta'], topics: [gas, { topicId: 'new', version: 2 }] }),
        seed(1, { sourceIds: ['a-b'], topics: [{ topicId: 'gasoline', version: 2 }] }),
        seed(40, { sourceIds: ['old'] }),
      ]);
      const volumes = async (by: 'topic' | 'source', scope: { topicId?: string; sourceId?: string } = {}) =>
        Object.fromEntries([...(await store.hoursBy(by, scope, day))].map(([id, rows]) => [id, rows.length]));
      expect(await volumes('source')).toEqual({ wire: 1, zeta: 1, 'a-b': 1 });
      expect(await volumes('topic')).toEqual({ gas: 1, gasoline: 1 });
      expect(await volumes('source', { topicId: 'gas' })).toEqual({ wire: 1, zeta: 1 });
      expect(await volumes('topic', { sourceId: 'a-b' })).toEqual({ gasoline: 1 });
      expect(await volumes('source', { topicId: 'new' })).toEqual({});
    });

    it('may be limited to the largest, with those of equal volume, and name the others', async () => {
      const { store, articles } = begin(make);
      const often = (sourceId: string, count: number, hoursAgo = 1) =>
        Array.from({ length: count }, (_, index) =>
          seed(`${sourceId} ${hoursAgo} ${index}`, { publishedAt: NOW - hoursAgo * HOUR, tone: index / 10, sourceIds: [sourceId] }),
        );
      articles([
        ...often('most', 4),
        ...often('most', 2, 30),
        ...often('more', 3),
        ...often('also', 3),
        ...often('few', 1),
        ...often('few', 5, 30),
        ...often('past', 6, 30),
      ]);
      const both = { from: NOW - 48 * HOUR, to: NOW + HOUR };
      const all = await store.hoursBy('source', {}, both);
      for (const isByDay of [false, true]) {
        const found = await store.hoursBy('source', {}, both, {
          ...(isByDay && { wholeDays: { cut: NOW - 24 * HOUR } }),
          largest: { most: 2, in: { from: NOW - 24 * HOUR, to: NOW + HOUR } },
        });
        const volumeOf = (id: string) => addCounts(found.get(id) ?? []);
        for (const id of ['most', 'more', 'also']) expect([id, volumeOf(id)]).toEqual([id, addCounts(all.get(id)!)]);
        expect([...found.keys()]).toEqual(expect.arrayContaining(['most', 'more', 'also', 'few']));
      }
      expect([...(await store.hoursBy('source', {}, both, { largest: { most: 9, in: both } })).keys()].sort()).toEqual(['also', 'few', 'more', 'most', 'past']);
    });

    it('come by day and source, every day once, the oldest first', async () => {
      const { store, articles, topic } = begin(make);
      topic({ id: 'gas', version: 2, readyVersion: 2 });
      topic({ id: 'new', version: 2 });
      articles([
        seed(0, { sourceIds: ['wire', 'post'], topics: [gas] }),
        seed(1, { tone: -0.5 }),
        seed(30, { sourceIds: ['old'] }),
        seed(14, { tone: 0.5, topics: [gas] }),
        seed('waits', { state: 'pending' }),
        seed('later', { publishedAt: NOW + 12 * HOUR }),
        seed('before', { publishedAt: NOW - 61 * HOUR }),
      ]);
      const today = Math.floor(NOW / (24 * HOUR));
      const days = async (scope: { topicId?: string; sourceId?: string }, first = today - 2, end = today + 1) => {
        const found: unknown[] = [];
        for await (const { day, sources } of store.sourceDays(scope, first, end))
          found.push([day - today, Object.fromEntries([...sources].map(([id, hours]) => [id, hours.map((one) => hour - one.hour)]))]);
        return found;
      };
      expect(await days({})).toEqual([
        [-2, {}],
        [-1, { old: [31], wire: [15] }],
        [0, { wire: [2, 1], post: [1] }],
      ]);
      expect(await days({ sourceId: 'wire' })).toEqual([
        [-2, {}],
        [-1, { wire: [15] }],
        [0, { wire: [2, 1] }],
      ]);
      expect(await days({ topicId: 'gas' })).toEqual([
        [-2, {}],
        [-1, { wire: [15] }],
        [0, { wire: [1], post: [1] }],
      ]);
      expect(await days({ topicId: 'gas', sourceId: 'post' })).toEqual([
        [-2, {}],
        [-1, {}],
        [0, { post: [1] }],
      ]);
      expect(await days({ topicId: 'new' }, today)).toEqual([[0, {}]]);
      expect(await days({ topicId: 'none', sourceId: 'wire' }, today)).toEqual([[0, {}]]);
      expect(await days({}, today, today)).toEqual([]);
      for await (const { sources } of store.sourceDays({ sourceId: 'post' }, today, today + 1))
        expect(sources.get('post')).toEqual(await store.hours({ sourceId: 'post' }, day));
    });

    it('know which hours were observed, for one source and for any', async () => {
      const { store, observed } = begin(make);
      observed('wire', hour - 1);
      observed('wire', hour - 5);
      observed('post', hour - 3);
      observed('wire', hour - 30);
      expect(await store.observedHours(undefined, day)).toEqual([hour - 5, hour - 3, hour - 1]);
      expect(await store.observedHours(['wire'], day)).toEqual([hour - 5, hour - 1]);
      expect(await store.observedHours(['none'], day)).toEqual([]);
    });

    it('say which model most scores of an hour come from', async () => {
      const { store, articles } = begin(make);
      const by = (name: string, age: number, revision: string) =>
        seed(name, { publishedAt: NOW - age * HOUR, sentiment: sentimentOf(0, { model: { id: 'small', revision } }) });
      articles([
        by('a', 9, 'r1'),
        by('b', 7, 'r1'),
        by('c', 6, 'r1'),
        by('d', 6, 'r2'),
        by('e', 4, 'r1'),
        by('f', 4, 'r2'),
        by('g', 4, 'r2'),
        by('h', 3, 'r1'),
        by('k', 3, 'r2'),
        by('l', 2, 'r2'),
        by('i', 1, 'r1'),
        by('j', 30, 'r0'),
      ]);
      const change = (age: number, revision: string) => ({ at: NOW - age * HOUR, model: { id: 'small', revision } });
      expect(await store.modelChanges(day)).toEqual([change(9, 'r1'), change(4, 'r2'), change(1, 'r1')]);
      expect(await store.modelChanges({ from: NOW, to: NOW })).toEqual([]);
    });

    it('include the article with the clearest tone that is not uncertain, among the newest 300', async () => {
      const { store, articles, topic } = begin(make);
      topic({ id: 'gas', version: 2, readyVersion: 2 });
      const many = Array.from({ length: 298 }, (_, index) => seed(`n${index}`, { publishedAt: NOW - HOUR + index, tone: 0.1 }));
      articles([
        ...many,
        seed('waits', { state: 'pending' }),
        seed('older', { publishedAt: NOW - 2 * HOUR, tone: -1 }),
        seed('strong', { publishedAt: NOW - HOUR - 2, tone: -0.7, topics: [gas], sourceIds: ['post'] }),
        seed('unsure', { publishedAt: NOW - HOUR - 1, sentiment: sentimentOf(0.9, { uncertain: true }) }),
      ]);
      expect((await store.strongest({}, day))?.title).toBe('Article strong');
      expect((await store.strongest({ sourceId: 'wire' }, day))?.title).toBe('Article older');
      expect((await store.strongest({ topicId: 'gas' }, day))?.title).toBe('Article strong');
      expect((await store.strongest({ sourceId: 'wire' }, { from: NOW - 3 * HOUR, to: NOW - HOUR - 1 }))?.title).toBe('Article older');
      expect((await store.strongest({ topicId: 'gas', sourceId: 'post' }, day))?.title).toBe('Article strong');
      expect(await store.strongest({ topicId: 'gas', sourceId: 'wire' }, day)).toBeUndefined();
      expect(await store.strongest({ topicId: 'none' }, day)).toBeUndefined();
    });

    it('of the state count what is kept and know since when the oldest pending article has been waiting', async () => {
      const { store, articles, clock } = begin(make);
      expect(await store.status()).toEqual({ pending: 0, scored: 0, failed: 0, skipped: 0, judgements: { judged: 0, agreed: 0 } });
      articles([
        seed(1),
        seed(2),
        seed(3, { state: 'failed', reason: 'x' }),
        seed(4, { state: 'skipped', reason: 'language' }),
        seed(5, { state: 'pending', storedAt: NOW - MINUTE }),
        seed(6, { state: 'pending', storedAt: NOW - 2 * MINUTE }),
        seed('old', { state: 'pending', publishedAt: NOW - store.retention.articles + HOUR, storedAt: 7 }),
      ]);
      expect(await store.status()).toEqual({ pending: 3, scored: 2, failed: 1, skipped: 1, oldestPendingAt: 7, judgements: { judged: 0, agreed: 0 } });
      clock.advance(HOUR);
      expect(await store.status()).toEqual({
        pending: 2,
        scored: 2,
        failed: 1,
        skipped: 1,
        oldestPendingAt: NOW - 2 * MINUTE,
        judgements: { judged: 0, agreed: 0 },
      });
    });

    it('hide what has expired', async () => {
      const { store, articles, observed, clock } = begin(make);
      const old = seed('old', { publishedAt: NOW - store.retention.articles + HOUR });
      articles([old]);
      observed('wire', hourOf(old.publishedAt));
      const always = { from: 0, to: NOW + HOUR };
      const counted = async () => [
        (await store.hours({}, always)).length,
        (await store.observedHours(undefined, always)).length,
        (await store.modelChanges(always)).length,
        Number(Boolean(await store.strongest({}, always))),
      ];
      expect(await counted()).toEqual([1, 1, 1, 1]);
      clock.advance(HOUR);
      expect(await counted()).toEqual([0, 0, 0, 0]);
    });

    it('have a watermark that changes with what readers see', async () => {
      const { store, articles, clock } = begin(make);
      const first = await store.watermark();
      expect(await store.watermark()).toBe(first);
      articles([seed(1)]);
      const second = await store.watermark();
      clock.advance(HOUR);
      expect(new Set([first, second, await store.watermark()]).size).toBe(3);
    });
  });
}
