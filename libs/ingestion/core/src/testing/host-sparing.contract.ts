import { err, HOUR, ManualClock, MINUTE } from '@barometer/kernel';
import { ListSources } from '../use-cases/list-sources.use-case';
import { PollSources } from '../use-cases/poll-sources.use-case';
import { FakeQueue } from './fake-articles';
import { exampleItem, FakeFetcher, FakeReader, type FakeAnswer } from './fake-feeds';
import { NOW, sourceNamed, type CreateIngestionHarness, type IngestionHarness } from './ingestion-harness';

const refusal = (httpStatus: number, more: { readonly retryAfterMs?: number; readonly host?: string } = {}): FakeAnswer =>
  err({ code: 'http-status', message: 'same.example was asked too often (HTTP 429).', httpStatus, ...more });

/** How polling treats a host that asks for fewer requests, in every store. */
export function hostSparingContract(name: string, create: CreateIngestionHarness): void {
  describe(`${name}: a host that asks for fewer requests`, () => {
    let store: IngestionHarness;
    beforeEach(async () => (store = await create()));
    afterEach(() => store.close());

    const address = (id: string, host = 'same.example') => `https://${host}/${id}`;

    async function setUp(refused: FakeAnswer) {
      const answers: Record<string, FakeAnswer> = { [address('a')]: refused };
      for (const url of [address('b'), address('c', 'www.same.example'), address('d', 'other.example')]) answers[url] = { items: [exampleItem('x')] };
      // The first source is due first, so that it is refused before another of its host is polled.
      await store.sources.add(sourceNamed('a', { url: address('a') }, { nextPollAt: NOW - HOUR }));
      for (const [id, host] of [
        ['b', 'same.example'],
        ['c', 'www.same.example'],
        ['d', 'other.example'],
      ] as const)
        await store.sources.add(sourceNamed(id, { url: address(id, host) }));
      const [clock, fetcher] = [new ManualClock(NOW), new FakeFetcher(answers)];
      const poll = new PollSources({ ...store, fetcher, reader: new FakeReader(), queue: new FakeQueue(), clock, detectLanguage: () => 'en', random: () => 0 });
      const asked = async (minutes: number): Promise<string[]> => {
        clock.set(NOW + minutes * MINUTE);
        fetcher.requests.length = 0;
        await poll.execute({ concurrency: 1 });
        return fetcher.requests.map(({ url }) => url.at(-1) ?? '').sort();
      };
      const health = async () => Object.fromEntries((await new ListSources({ sources: store.sources, clock }).execute()).map(({ id, health }) => [id, health]));
      return { answers, asked, health };
    }

    it.each([
      ['429', refusal(429, { retryAfterMs: 2 * HOUR })],
      ['503', refusal(503, { retryAfterMs: 2 * HOUR })],
    ])('with %s and a time gets no request before then; other hosts are not affected', async (_status, refused) => {
      const { answers, asked, health } = await setUp(refused);
      expect(await asked(0)).toEqual(['a', 'd']);
      const said = 'No feed of same.example is asked before 2026-01-15 12:20 UTC.';
      expect(await health()).toMatchObject({
        a: { status: 'failed', message: `same.example was asked too often (HTTP 429). ${said}`, nextPollAt: NOW + 2 * HOUR },
        b: { status: 'never', notices: [`same.example asked for fewer requests. ${said}`], nextPollAt: NOW + 2 * HOUR },
        c: { notices: [`same.example asked for fewer requests. ${said}`], nextPollAt: NOW + 2 * HOUR },
        d: { status: 'ok', nextPollAt: NOW + 15 * MINUTE },
      });
      expect((await health())['d']?.notices).toBeUndefined();
      expect(await asked(119)).toEqual(['d']);
      answers[address('a')] = { items: [] };
      expect(await asked(121)).toEqual(['a', 'b', 'c']);
      expect((await health())['b']?.notices).toBeUndefined();
    });

    it.each([
      ['absurd', 400 * 24 * HOUR, 24 * 60],
      ['none', undefined, 15],
      ['no', 0, 0],
    ])('is spared for a sensible time if the named time is %s', async (_what, retryAfterMs, minutes) => {
      const { asked } = await setUp(refusal(429, { ...(retryAfterMs !== undefined && { retryAfterMs }) }));
      expect(await asked(0)).toEqual(minutes === 0 ? ['a', 'b', 'c', 'd'] : ['a', 'd']);
      if (minutes === 0) return;
      expect((await asked(minutes - 1)).filter((id) => id !== 'd')).toEqual([]);
      expect(await asked(minutes + 1)).toEqual(expect.arrayContaining(['b', 'c']));
    });

    it('is the one that answered after a redirect, not the one that redirected', async () => {
      const { asked } = await setUp(refusal(429, { retryAfterMs: 2 * HOUR, host: 'other.example' }));
      expect(await asked(0)).toEqual(expect.arrayContaining(['a', 'b', 'c']));
      expect(await asked(60)).not.toContain('d');
      expect(await asked(121)).toContain('d');
    });
  });
}
