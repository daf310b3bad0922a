import { anySentiment, expectedRollups, type StoreProbe } from '@barometer/events/testing';
import type { ArticleStore, PendingArticles, TopicCatalog } from '@barometer/ingestion';
import { MemoryArticleStore, MemoryPendingArticles, MemoryTopicCatalog } from '@barometer/ingestion-memory';
import { SqliteArticleStore, SqlitePendingArticles, SqliteTopicCatalog } from '@barometer/ingestion-sqlite';
import { articleNamed, idOf, NOW } from '@barometer/ingestion/testing';
import { DAY, HOUR, matchesPhrases, MINUTE } from '@barometer/kernel';
import type { TopicStore } from '@barometer/reporting';
import { MemoryTopicStore } from '@barometer/reporting-memory';
import { SqliteTopicStore } from '@barometer/reporting-sqlite';
import type { ScoreStore } from '@barometer/sentiment';
import { MemoryScoreStore } from '@barometer/sentiment-memory';
import { SqliteScoreStore } from '@barometer/sentiment-sqlite';
import { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryProbe } from '@barometer/storage-memory/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';
import fc from 'fast-check';

interface Stores {
  readonly articles: ArticleStore;
  readonly pending: PendingArticles;
  readonly catalog: TopicCatalog;
  readonly topics: TopicStore;
  readonly scores: ScoreStore;
  readonly probe: StoreProbe;
}

/** Does something and answers what a caller would see of it, which must be the same in every store. */
type Step = (stores: Stores, now: number) => Promise<unknown>;

const titles = ['Oil is up', 'Oil is down', 'Sun and wind', 'Wind turns', 'Rain', 'Snow', 'Oil and wind', 'Nothing'];
const rules = [['oil'], ['wind'], ['oil', 'sun'], ['rain']].map((anyOf) => ({ anyOf, allOf: [], noneOf: [] }));
const anIndex = fc.nat({ max: titles.length - 1 });
const aTopic = fc.constantFrom('energy', 'weather');

const add = fc.tuple(fc.uniqueArray(anIndex, { minLength: 1, maxLength: 4 }), fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 5 }), fc.boolean()).map(
  ([indexes, source, hours, changed]): Step =>
    async (stores, now) => {
      const known = await stores.catalog.rules();
      const articles = indexes.map((index) => {
        const title = titles[index] ?? '';
        const topics = known.filter((rule) => matchesPhrases(rule, title)).map(({ topicId, version }) => ({ topicId, version }));
        return articleNamed(title, { title: changed ? `${title}!` : title, sourceIds: [source], publishedAt: NOW + hours * HOUR, topics });
      });
      return [known, await stores.articles.addAll(articles, now)];
    },
);
const lease = fc.integer({ min: 1, max: 4 }).map(
  (limit): Step =>
    async ({ scores }, now) =>
      (await scores.lease({ now, limit, leaseMs: 10 * MINUTE, maxReceives: 3 })).map(({ token: _token, ...article }) => article),
);
const apply = fc.array(fc.tuple(anIndex, anySentiment), { maxLength: 4 }).map(
  (given): Step =>
    ({ scores }, now) =>
      scores.apply(
        given.map(([index, sentiment]) => ({ articleId: idOf(titles[index] ?? ''), sentiment })),
        now,
      ),
);
const giveBack = fc.tuple(anIndex, fc.boolean()).map(
  ([index, retry]): Step =>
    ({ scores }, now) =>
      scores.giveBack({ id: idOf(titles[index] ?? '') }, 'broken', retry ? now + HOUR : undefined),
);
const redrive = fc.constant<Step>(({ scores }, now) => scores.redrive(now));
const rescore = fc.tuple(anIndex, anySentiment).map(
  ([index, next]): Step =>
    async ({ scores }, now) => {
      const { items } = await scores.scored({ limit: 3, notRevision: 'r1' });
      const item = items[index];
      return [items, item && [...(await scores.replace([{ articleId: item.id, expected: item.sentiment, next }], now))]];
    },
);
const topic = fc.tuple(aTopic, fc.nat({ max: rules.length - 1 }), fc.boolean()).map(
  ([id, index, removed]): Step =>
    async ({ topics }, now) => {
      const rule = rules[index] ?? { anyOf: [], allOf: [], noneOf: [] };
      if (removed && index === 0) return topics.remove(id);
      const added = await topics.add({ id, name: id, ...rule, version: 1, createdAt: now, changedAt: now });
      return added || topics.change(id, { name: `${id} ${index}`, ...rule }, now);
    },
);
const backfill = fc.integer({ min: 1, max: 4 }).map(
  (limit): Step =>
    async ({ catalog }) => {
      const [job] = await catalog.jobs();
      if (!job) return undefined;
      const chunk = await catalog.candidates(job, NOW - DAY, limit);
      const matching = chunk.items.filter((item) => matchesPhrases(job, item.title)).map((item) => item.articleId);
      await catalog.applyChunk(job, matching, chunk.position);
      if (chunk.position === undefined) await catalog.finish(job);
      return [{ ...job, position: undefined }, chunk.items];
    },
);
const expire = fc.nat({ max: 4 }).map(
  (hours): Step =>
    ({ articles }) =>
      articles.removeExpired(NOW + 90 * DAY + (hours - 2) * HOUR),
);
const overdue = fc.constant<Step>(async ({ pending }, now) => {
  const waiting = await pending.overdue(now - 5 * MINUTE, 3);
  await pending.markDelivered(
    waiting.slice(0, 1).map((article) => article.id),
    now,
  );
  return waiting;
});

function memoryStores(): Stores {
  const db = new MemoryDatabase();
  return {
    articles: new MemoryArticleStore(db),
    pending: new MemoryPendingArticles(db),
    catalog: new MemoryTopicCatalog(db),
    topics: new MemoryTopicStore(db),
    scores: new MemoryScoreStore(db),
    probe: new MemoryProbe(db),
  };
}

function sqliteStores(db: ReturnType<typeof openDatabase>): Stores {
  return {
    articles: new SqliteArticleStore(db),
    pending: new SqlitePendingArticles(db),
    catalog: new SqliteTopicCatalog(db),
    topics: new SqliteTopicStore(db),
    scores: new SqliteScoreStore(db),
    probe: new SqliteProbe(db),
  };
}

/** Topics and scores and arrivals of all three domains over one store. */
describe('the stores in memory and in SQLite', () => {
  it('answer the same, hold the same, and keep the roll-ups, after any sequence of operations', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: add },
      { weight: 4, arbitrary: apply },
      lease,
      giveBack,
      redrive,
      rescore,
      topic,
      { weight: 3, arbitrary: backfill },
      { weight: 1, arbitrary: expire },
      overdue,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const db = openDatabase(':memory:');
        const [memory, sqlite] = [memoryStores(), sqliteStores(db)];
        for (const [index, run] of steps.entries()) {
          const now = NOW + index * MINUTE;
          expect(await run(sqlite, now)).toEqual(await run(memory, now));
        }
        const held = await sqlite.probe.articles();
        expect(held).toEqual(await memory.probe.articles());
        expect(await sqlite.probe.rollups()).toEqual(expectedRollups(held));
        expect(await memory.probe.rollups()).toEqual(expectedRollups(held));
        expect(await sqlite.scores.backlog()).toEqual(await memory.scores.backlog());
        expect(await sqlite.topics.list()).toEqual(await memory.topics.list());
        db.close();
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});
