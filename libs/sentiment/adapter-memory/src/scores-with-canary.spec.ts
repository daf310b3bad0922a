import { CANARY_LATE, canaryIdOf, canarySentences, type CanaryRecord } from '@barometer/canary';
import { articleIdOf, ManualClock, MINUTE } from '@barometer/kernel';
import { ScoreArticles, ScoreDeliveries, ScoresWithCanary } from '@barometer/sentiment';
import { scoreStoreContract } from '@barometer/sentiment/testing';
import { MemoryCanaryStore, MemoryDatabase } from '@barometer/storage-memory';
import { MemoryProbe } from '@barometer/storage-memory/testing';
import { KeywordClassifier, MemoryScoreStore } from './index';

const start = Date.UTC(2026, 10, 27, 12);
const withCanary = (db: MemoryDatabase, now = () => start) =>
  new ScoresWithCanary({ scores: new MemoryScoreStore(db), canaries: new MemoryCanaryStore(db), now });

scoreStoreContract('memory with a canary', async () => {
  const db = new MemoryDatabase();
  return {
    retention: db.retention,
    scores: withCanary(db),
    again: () => withCanary(db),
    probe: new MemoryProbe(db),
    watermark: async () => db.watermark(),
    close: async () => undefined,
  };
});

function setUp(classifier = new KeywordClassifier()) {
  const [db, clock] = [new MemoryDatabase(), new ManualClock(start)];
  const [canaries, probe] = [new MemoryCanaryStore(db), new MemoryProbe(db)];
  const again = () => withCanary(db, () => clock.now());
  const store = again();
  const articles = (of = store) => new ScoreArticles({ classifier, store: of, clock, random: () => 0 });
  const deliveries = (of = store) => new ScoreDeliveries({ classifier, store: of, clock });
  const send = async (sentAt = clock.now(), index: 0 | 1 = 0): Promise<CanaryRecord> => {
    const canary = { id: canaryIdOf(sentAt), sentAt, summary: '', ...canarySentences[index] };
    await canaries.send(canary, (await canaries.read())?.id);
    store.announced([canary.id]);
    return canary;
  };
  return { db, clock, canaries, probe, store, again, articles, deliveries, send };
}

it('answers a canary that was announced, alone, outside every count', async () => {
  const { db, canaries, probe, articles, send } = setUp();
  for (const name of ['one', 'two']) await probe.addArticle({ id: articleIdOf(name), title: 'A disaster', publishedAt: start, sourceIds: ['daily'] });
  const before = db.watermark();
  await send();
  expect(await articles().execute()).toEqual({ leased: 1, scored: 0, failed: 0, retried: 0 });
  expect((await canaries.read())?.answer).toMatchObject({ label: 'positive', answeredAt: start, model: { id: 'keywords-for-tests' } });
  expect([db.watermark(), db.articles.size, db.rollups.size]).toEqual([before, 2, 0]);
  expect(await articles().execute()).toMatchObject({ leased: 2, scored: 2 });
});

it('finds a canary that was sent before the process began, and stops looking once it is answered', async () => {
  const { canaries, again, articles, send } = setUp();
  await send();
  const started = again();
  expect((await articles(started).execute()).leased).toBe(1);
  const read = jest.spyOn(MemoryCanaryStore.prototype, 'read');
  for (let round = 0; round < 3; round += 1) await articles(started).execute();
  expect(read).toHaveBeenCalledTimes(1);
  read.mockRestore();
  expect((await canaries.read())?.answer).toBeDefined();
});

it('retries a canary after an error, scores articles meanwhile, and stops once it is late', async () => {
  const classifier = new KeywordClassifier();
  const { clock, canaries, articles, send } = setUp(classifier);
  const classify = jest.spyOn(classifier, 'classify').mockRejectedValue(new Error('no model'));
  await send();
  expect(await articles().execute()).toEqual({ leased: 1, scored: 0, failed: 0, retried: 1 });
  expect((await articles().execute()).leased).toBe(0);
  clock.advance(MINUTE);
  expect((await articles().execute()).retried).toBe(1);
  clock.advance(CANARY_LATE);
  classify.mockRestore();
  expect((await articles().execute()).leased).toBe(0);
  expect((await canaries.read())?.answer).toBeUndefined();
  await send(clock.now(), 1);
  expect((await articles().execute()).leased).toBe(1);
  expect((await canaries.read())?.answer?.label).toBe('negative');
});

it('answers a canary that a queue delivers, once, and counts nothing', async () => {
  const { canaries, deliveries, send } = setUp();
  const { id } = await send();
  const message = { articleId: id, receives: 1 };
  const nothing = { scored: 0, failed: 0, known: 0, retry: [] };
  expect(await deliveries().execute([message])).toEqual(nothing);
  const first = await canaries.read();
  expect(first?.answer?.label).toBe('positive');
  expect(
    await deliveries().execute([
      { ...message, receives: 2 },
      { articleId: canaryIdOf(1), receives: 3 },
    ]),
  ).toEqual(nothing);
  expect(await canaries.read()).toEqual(first);
});

it('lets a queue redeliver a canary whose scoring failed, and gives up once it is late', async () => {
  const classifier = new KeywordClassifier();
  const { clock, deliveries, send } = setUp(classifier);
  jest.spyOn(classifier, 'classify').mockRejectedValue(new Error('no model'));
  const message = { articleId: (await send()).id, receives: 9 };
  expect(await deliveries().execute([message])).toMatchObject({ retry: [message], failed: 0 });
  clock.advance(CANARY_LATE + 1);
  expect(await deliveries().execute([message])).toMatchObject({ retry: [], known: 0 });
});

it('scores articles where the canary cannot be read', async () => {
  const { articles, probe, send } = setUp();
  await send();
  await probe.addArticle({ id: articleIdOf('one'), title: 'Peace at last', publishedAt: start, sourceIds: ['daily'] });
  const read = jest.spyOn(MemoryCanaryStore.prototype, 'read').mockRejectedValueOnce(new Error('no such table'));
  expect((await articles().execute()).scored).toBe(1);
  read.mockRestore();
});
