import { CANARY_AGAIN, CANARY_EVERY, CANARY_LATE, canarySentences, type CanaryStore } from '@barometer/canary';
import type { ArticleIngested } from '@barometer/events';
import { ManualClock } from '@barometer/kernel';
import { SendCanary } from '@barometer/ingestion';
import { MemoryCanaryStore, MemoryDatabase } from '@barometer/storage-memory';
import { detectLanguage, FeedsmithFeedReader } from './index';

const start = Date.UTC(2026, 10, 27, 12);
const model = { id: 'm', revision: '1' };

function setUp(canaries: CanaryStore = new MemoryCanaryStore(new MemoryDatabase())) {
  const clock = new ManualClock(start);
  const sent: string[] = [];
  const queue = { send: async (events: readonly ArticleIngested[]) => void sent.push(...events.map(({ articleId }) => articleId)) };
  const another = () => new SendCanary({ canaries, reader: new FeedsmithFeedReader(), queue, clock, detectLanguage });
  const last = async () => (await canaries.read())!;
  const answer = async (label: 'positive' | 'negative' | 'neutral', afterMs = 900) =>
    canaries.answer((await last()).id, { label, tone: 0, model, answeredAt: (await last()).sentAt + afterMs });
  return { clock, canaries, sent, queue, another, canary: another(), last, answer };
}

it('sends a sentence through a feed into the store and onto the queue, and the other sentence a quarter of an hour later', async () => {
  const { canary, clock, sent, last, answer } = setUp();
  expect(await canary.execute()).toEqual({ state: 'waiting', sentAt: start });
  const first = await last();
  expect(first).toMatchObject({ ...canarySentences[0], summary: '', sentAt: start });
  await answer('positive');
  clock.advance(CANARY_EVERY - 1);
  expect(await canary.execute()).toMatchObject({ state: 'right', tookMs: 900 });
  expect(sent).toEqual([first.id]);
  clock.advance(1);
  expect(await canary.execute()).toMatchObject({ state: 'right', sentAt: start });
  expect(await last()).toMatchObject(canarySentences[1]);
  expect(sent).toEqual([first.id, (await last()).id]);
  await answer('positive');
  expect(await canary.execute()).toMatchObject({ state: 'wrong', expected: 'negative', label: 'positive' });
});

it('announces a canary again whose hint may be lost, until it is late', async () => {
  const { canary, clock, sent, last } = setUp();
  await canary.execute();
  const { id } = await last();
  clock.advance(CANARY_AGAIN);
  await canary.execute();
  expect(sent).toEqual([id, id]);
  clock.advance(CANARY_LATE - CANARY_AGAIN + 1);
  expect((await canary.execute()).state).toBe('late');
  clock.advance(CANARY_EVERY - CANARY_LATE);
  expect((await canary.execute()).state).toBe('late');
  expect(sent).toHaveLength(3);
});

it('drops a canary if nothing was running to answer it, and sends at once if the clock was set back', async () => {
  const { canary, clock, last } = setUp();
  await canary.execute();
  clock.advance(8 * CANARY_EVERY);
  expect(await canary.execute()).toEqual({ state: 'waiting', sentAt: clock.now() });
  clock.advance(-4 * CANARY_EVERY);
  await canary.execute();
  expect((await last()).sentAt).toBe(clock.now());
});

it('is sent by only one of two processes', async () => {
  const { canary, another, sent } = setUp();
  await Promise.all([canary.execute(), another().execute()]);
  expect(sent).toHaveLength(1);
});

it('continues after the queue has refused a hint', async () => {
  const { canary, clock, queue, sent } = setUp();
  jest.spyOn(queue, 'send').mockRejectedValueOnce(new Error('no queue'));
  await expect(canary.execute()).rejects.toThrow('no queue');
  clock.advance(CANARY_AGAIN);
  await canary.execute();
  expect(sent).toHaveLength(1);
});

it('reports a sentence that its feed changes', async () => {
  const { canaries, clock, queue } = setUp();
  const deps = { canaries, queue, clock, detectLanguage };
  const broken = new SendCanary({ ...deps, reader: { read: () => ({ ok: false, error: { code: 'malformed', message: 'no.' } }) } });
  await expect(broken.execute()).rejects.toThrow("The canary's feed cannot be read: no.");
  const foreign = new SendCanary({ ...deps, reader: new FeedsmithFeedReader(), detectLanguage: () => 'fr' });
  await expect(foreign.execute()).rejects.toThrow('not scored (language)');
  expect(await canaries.read()).toBeUndefined();
});
