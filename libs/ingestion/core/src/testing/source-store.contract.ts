import { DAY, HOUR, MINUTE, SECOND } from '@barometer/kernel';
import type { SourceHealth } from '../domain/source';
import type { SourceLease } from '../ports/source-store.port';
import { NOW, present, sourceNamed, type CreateIngestionHarness, type IngestionHarness } from './ingestion-harness';

const LEASE = 5 * MINUTE;
const polled: SourceHealth = {
  status: 'ok',
  nextPollAt: NOW + HOUR,
  lastPolledAt: NOW,
  lastSuccessAt: NOW,
  httpStatus: 200,
  failures: 0,
  polls: 1,
  articles: 3,
  bytesSaved: 0,
  lastBytes: 900,
  etag: '"1"',
  lastModified: 'Thu, 15 Jan 2026 10:00:00 GMT',
};

/** What every `SourceStore` promises. */
export function sourceStoreContract(name: string, create: CreateIngestionHarness): void {
  describe(`${name}: source store`, () => {
    let store: IngestionHarness;
    beforeEach(async () => (store = await create()));
    afterEach(() => store.close());

    const addAll = async (...sources: ReturnType<typeof sourceNamed>[]) => {
      for (const source of sources) expect(await store.sources.add(source)).toBe(true);
    };
    const lease = async (now = NOW, limit = 10) => store.sources.leaseDue(now, limit, LEASE);
    const leasedIds = async (now = NOW, limit = 10) => (await lease(now, limit)).map((one) => one.source.id);
    const leaseOne = async (now = NOW): Promise<SourceLease> => present((await lease(now, 1))[0]);

    describe('keeping', () => {
      it('returns every field, and lists by name', async () => {
        const full = sourceNamed(
          'b',
          { name: 'zeta', homepage: 'https://b.example', language: 'en', groups: ['Business', 'News/World'], userAgent: 'Mozilla/5.0 (compatible)' },
          polled,
        );
        await addAll(full, sourceNamed('c', { name: 'Alpha' }), sourceNamed('a', { name: 'beta' }));
        expect(await store.sources.find('b')).toEqual(full);
        expect((await store.sources.list()).map((source) => source.name)).toEqual(['Alpha', 'beta', 'zeta']);
        expect(await store.sources.find('nobody')).toBeUndefined();
      });

      it('refuses an id or a url that is there already', async () => {
        await addAll(sourceNamed('a'));
        expect(await store.sources.add(sourceNamed('a', { url: 'https://elsewhere.example/' }))).toBe(false);
        expect(await store.sources.add(sourceNamed('b', { url: sourceNamed('a').url }))).toBe(false);
        expect(await store.sources.list()).toEqual([sourceNamed('a')]);
      });

      it('adds many, and reports for each whether it was added', async () => {
        await addAll(sourceNamed('a'));
        const many = [
          sourceNamed('b', {}, polled),
          sourceNamed('a', { url: 'https://elsewhere.example/' }),
          sourceNamed('c', { url: sourceNamed('a').url }),
          sourceNamed('b', { url: 'https://twice.example/' }),
          sourceNamed('d', { url: sourceNamed('b').url }),
          sourceNamed('e'),
        ];
        expect(await store.sources.addAll(many)).toEqual([true, false, false, false, false, true]);
        expect(await store.sources.list()).toEqual([sourceNamed('a'), sourceNamed('b', {}, polled), sourceNamed('e')]);
        expect(await store.sources.addAll([])).toEqual([]);
      });

      it('adds more than one write can hold, around those that exist', async () => {
        const many = Array.from({ length: 130 }, (_, index) => sourceNamed(`s${String(index).padStart(3, '0')}`));
        await addAll(...[0, 64, 129].map((index) => present(many[index])));
        const before = await store.watermark();
        expect(await store.sources.addAll(many)).toEqual(many.map((_, index) => ![0, 64, 129].includes(index)));
        expect(await store.sources.list()).toEqual(many);
        expect(await store.watermark()).not.toBe(before);
        expect(await store.sources.remove('s007')).toBe(true);
        expect(await store.sources.addAll(many.slice(6, 9))).toEqual([false, true, false]);
      });

      it('changes the given fields and keeps the others', async () => {
        await addAll(sourceNamed('a', {}, polled));
        const changed = sourceNamed('a', { name: 'New name', intervalMinutes: 60, paused: true }, polled);
        expect(await store.sources.change('a', { name: 'New name', intervalMinutes: 60, paused: true })).toEqual(changed);
        expect(await store.sources.find('a')).toEqual(changed);
        expect(await store.sources.change('nobody', { name: 'x' })).toBeUndefined();
      });

      it('keeps groups until an empty list removes them', async () => {
        await addAll(sourceNamed('a', {}, polled));
        const grouped = sourceNamed('a', { groups: ['News/World', 'Tech'] }, polled);
        expect(await store.sources.change('a', { groups: ['News/World', 'Tech'] })).toEqual(grouped);
        expect(await store.sources.change('a', { name: grouped.name })).toEqual(grouped);
        expect((await store.sources.leaseDue(NOW + HOUR, 1, LEASE))[0]?.source).toEqual(grouped);
        expect(await store.sources.change('a', { groups: [] })).toEqual(sourceNamed('a', {}, polled));
        expect(await store.sources.find('a')).toEqual(sourceNamed('a', {}, polled));
      });

      it('changes many in their present state, and reports which existed', async () => {
        const many = Array.from({ length: 50 }, (_, index) => sourceNamed(`s${String(index).padStart(3, '0')}`, { groups: [`G${index % 2}`] }));
        await store.sources.addAll(many);
        const before = await store.watermark();
        const ids = [...many.map(({ id }) => id), 'nobody', 's000'];
        const changed = await store.sources.changeEach(ids, ({ groups = [] }) => ({ groups: [...groups, 'All'], paused: true }));
        const expected = many.map(({ groups = [], ...rest }) => ({ ...rest, groups: [...groups, 'All'], paused: true }));
        expect(changed).toEqual(expected);
        expect(await store.sources.list()).toEqual(expected);
        expect(await store.watermark()).not.toBe(before);
        expect(await store.sources.changeEach(['nobody'], () => ({ paused: false }))).toEqual([]);
      });

      it('changes many during a poll, which keeps its lease', async () => {
        await addAll(sourceNamed('a'), sourceNamed('b'));
        const held = await leaseOne();
        await store.sources.changeEach(['a', 'b'], () => ({ groups: ['News'] }));
        expect(await store.sources.complete(held, polled)).toBe(true);
        expect(await store.sources.find(held.source.id)).toEqual({ ...sourceNamed(held.source.id, { groups: ['News'] }, polled) });
      });

      it('removes many, and frees their urls and hosts', async () => {
        const many = Array.from({ length: 30 }, (_, index) => sourceNamed(`s${String(index).padStart(3, '0')}`));
        await store.sources.addAll(many);
        await leaseOne();
        expect(await store.sources.removeEach([...many.slice(0, 29).map(({ id }) => id), 'nobody'])).toEqual(many.slice(0, 29).map(({ id }) => id));
        expect(await store.sources.list()).toEqual(many.slice(29));
        expect(await store.sources.addAll(many)).toEqual(many.map((_, index) => index < 29));
        expect(await store.sources.removeEach([])).toEqual([]);
      });

      it("keeps a source's own User-Agent until an empty one removes it", async () => {
        await addAll(sourceNamed('a', {}, polled));
        const own = sourceNamed('a', { userAgent: 'Example/1.0' }, polled);
        expect(await store.sources.change('a', { userAgent: 'Example/1.0' })).toEqual(own);
        expect(await store.sources.change('a', { name: own.name })).toEqual(own);
        expect((await store.sources.leaseDue(NOW + HOUR, 1, LEASE))[0]?.source).toEqual(own);
        expect(await store.sources.change('a', { userAgent: '' })).toEqual(sourceNamed('a', {}, polled));
        expect(await store.sources.find('a')).toEqual(sourceNamed('a', {}, polled));
      });

      it('refuses a change to the url of another, and allows its own', async () => {
        await addAll(sourceNamed('a'), sourceNamed('b'));
        expect(await store.sources.change('b', { url: sourceNamed('a').url, name: 'x' })).toBe('url-taken');
        expect(await store.sources.find('b')).toEqual(sourceNamed('b'));
        expect(await store.sources.change('b', { url: sourceNamed('b').url })).toEqual(sourceNamed('b'));
      });

      it('discards with a new url what was learned about the old one, and ends the lease', async () => {
        await addAll(sourceNamed('a', {}, { ...polled, status: 'gone', nextPollAt: NOW }), sourceNamed('b'));
        const held = present((await lease()).find((one) => one.source.id === 'b'));
        for (const id of ['a', 'b']) await store.sources.change(id, { url: `https://new-${id}.example/feed` });
        expect(present(await store.sources.find('a')).health).toEqual({
          status: 'never',
          nextPollAt: NOW,
          failures: 0,
          polls: 1,
          articles: 3,
          bytesSaved: 0,
          lastBytes: 0,
        });
        expect(await store.sources.complete(held, polled)).toBe(false);
        expect(await leasedIds()).toEqual(['b', 'a']);
      });

      it('removes one, and reports if there is none', async () => {
        await addAll(sourceNamed('a'));
        expect([await store.sources.remove('a'), await store.sources.remove('a')]).toEqual([true, false]);
        expect(await store.sources.list()).toEqual([]);
      });

      it('returns copies: changing a result changes nothing', async () => {
        await addAll(sourceNamed('a'));
        const read = present(await store.sources.find('a'));
        Object.assign(read.health, { failures: 9 });
        expect(await store.sources.find('a')).toEqual(sourceNamed('a'));
      });
    });

    describe('leasing', () => {
      it('leases what is due, oldest first, up to the limit', async () => {
        const at = (minutes: number) => ({ nextPollAt: NOW - minutes * MINUTE });
        await addAll(sourceNamed('a', {}, at(1)), sourceNamed('b', {}, at(3)), sourceNamed('c', {}, at(2)), sourceNamed('later', {}, at(-1)));
        expect(await leasedIds(NOW, 2)).toEqual(['b', 'c']);
        expect(await leasedIds()).toEqual(['a']);
        expect(await leasedIds()).toEqual([]);
      });

      it('leaves out what is paused or gone', async () => {
        await addAll(sourceNamed('a', { paused: true }), sourceNamed('b', {}, { status: 'gone' }), sourceNamed('c'));
        expect(await leasedIds()).toEqual(['c']);
      });

      it('leases one source a host, and none where a lease runs', async () => {
        const on = (id: string) => sourceNamed(id, { url: `https://same.example/${id}` });
        await addAll(on('a'), on('b'), sourceNamed('c'));
        const [first] = await lease();
        expect(await leasedIds()).toEqual([]);
        expect(await store.sources.complete(present(first), polled)).toBe(true);
        expect(await leasedIds()).toEqual(['b']);
      });

      describe('a host that asked to be left alone', () => {
        const on = (id: string, health: Partial<SourceHealth> = {}, host = 'same.example') => sourceNamed(id, { url: `https://${host}/${id}` }, health);
        const refused = (until: number, host = 'same.example'): SourceHealth => ({
          ...polled,
          status: 'failed',
          httpStatus: 429,
          nextPollAt: until,
          sparedHost: { host, until },
        });

        it('is spared by all its sources until then; after that, other sources come first', async () => {
          await addAll(on('a', { nextPollAt: NOW - HOUR }), on('b'), on('c', {}, 'www.same.example'), on('d', { nextPollAt: NOW + MINUTE }, 'other.example'));
          const [first] = await lease(NOW, 1);
          expect(await store.sources.complete(present(first), refused(NOW + HOUR))).toBe(true);
          expect(await leasedIds(NOW)).toEqual([]);
          expect(await leasedIds(NOW + HOUR - 1)).toEqual(['d']);
          expect(await leasedIds(NOW + HOUR, 1)).toEqual(['b']);
        });

        it('is the one that answered: not the one that redirected to it', async () => {
          await addAll(on('a', { nextPollAt: NOW - HOUR }), on('b'), on('c', {}, 'there.example'));
          await store.sources.complete(present((await lease(NOW, 1))[0]), refused(NOW + HOUR, 'there.example'));
          expect(await leasedIds(NOW + MINUTE)).toEqual(['b']);
        });

        it('is spared by sources added later too, but not if a poll was requested', async () => {
          await addAll(on('a', refused(NOW + HOUR)));
          await addAll(on('b'), on('c'));
          expect(await leasedIds(NOW + MINUTE)).toEqual([]);
          await store.sources.makeDue('c', NOW + MINUTE);
          const [asked] = await lease(NOW + MINUTE);
          expect(asked?.source.id).toBe('c');
          await store.sources.complete(present(asked), { ...polled, nextPollAt: NOW + 2 * MINUTE });
          expect(await leasedIds(NOW + 3 * MINUTE)).toEqual([]);
        });

        it('is no longer spared once the refused source gets an answer, or is removed', async () => {
          await addAll(on('a', refused(NOW + HOUR)), on('b'), on('x', refused(NOW + HOUR, 'x.example'), 'x.example'), on('y', {}, 'x.example'));
          await store.sources.makeDue('a', NOW);
          await store.sources.complete(await leaseOne(), polled);
          await store.sources.remove('x');
          expect((await leasedIds()).sort()).toEqual(['b', 'y']);
        });

        it('is not spared until a time that only a clock that was ahead could have set', async () => {
          await addAll(on('a', { ...refused(NOW + 30 * DAY), lastPolledAt: NOW + 29 * DAY }), on('c', refused(NOW + 2 * DAY, 'c.example'), 'c.example'));
          expect((await leasedIds()).sort()).toEqual(['a', 'c']);
        });
      });

      it('treats all queries to NewsAPI as one host', async () => {
        const newsapi = (id: string) => sourceNamed(id, { kind: 'newsapi', url: `newsapi:q=${id}` });
        await addAll(newsapi('a'), newsapi('b'));
        expect(await leasedIds()).toEqual(['a']);
      });

      it('ends a lease after its time', async () => {
        await addAll(sourceNamed('a'));
        await lease();
        expect(await leasedIds(NOW + LEASE - 1)).toEqual([]);
        expect(await leasedIds(NOW + LEASE)).toEqual(['a']);
      });

      it('stores what a poll learned, and ends the lease', async () => {
        await addAll(sourceNamed('a'));
        expect(await store.sources.complete(await leaseOne(), polled)).toBe(true);
        expect((await store.sources.find('a'))?.health).toEqual(polled);
        expect(await leasedIds(NOW + HOUR - 1)).toEqual([]);
        expect(await leasedIds(NOW + HOUR)).toEqual(['a']);
      });

      it('stores nothing under a lost lease', async () => {
        await addAll(sourceNamed('a'));
        const lost = await leaseOne();
        const held = await leaseOne(NOW + LEASE);
        expect(await store.sources.complete(lost, { ...polled, message: 'late' })).toBe(false);
        expect((await store.sources.find('a'))?.health).toEqual(sourceNamed('a').health);
        expect(await store.sources.complete(held, polled)).toBe(true);
        expect(await store.sources.complete(held, { ...polled, polls: 9 })).toBe(false);
        expect((await store.sources.find('a'))?.health).toEqual(polled);
      });

      it('stores nothing for a source that was removed, or added again', async () => {
        await addAll(sourceNamed('a'));
        const held = await leaseOne();
        await store.sources.remove('a');
        expect(await store.sources.complete(held, polled)).toBe(false);
        await addAll(sourceNamed('a'));
        expect(await store.sources.complete(held, polled)).toBe(false);
      });

      it('keeps a change that its owner made during the poll', async () => {
        await addAll(sourceNamed('a'));
        const held = await leaseOne();
        await store.sources.change('a', { name: 'Renamed' });
        await store.sources.complete(held, polled);
        expect(await store.sources.find('a')).toEqual(sourceNamed('a', { name: 'Renamed' }, polled));
      });

      it('follows a move to a new url, unless another source has it', async () => {
        await addAll(sourceNamed('a', {}, { nextPollAt: NOW - HOUR }), sourceNamed('b'));
        await store.sources.complete(await leaseOne(), polled, 'https://moved.example/feed');
        await store.sources.complete(await leaseOne(), polled, 'https://moved.example/feed');
        expect((await store.sources.list()).map((source) => source.url)).toEqual(['https://moved.example/feed', sourceNamed('b').url]);
        expect((await store.sources.find('b'))?.health).toEqual(polled);
      });
    });

    describe('after a clock that was ahead', () => {
      it.each([
        ['eight hours', 8 * HOUR],
        ['three days', 3 * DAY],
        ['years', 2_000 * DAY],
      ])('by %s, everything that was polled or added then is due', async (_by, jump) => {
        const ahead = NOW + jump;
        await addAll(
          sourceNamed('polled', {}, { lastPolledAt: ahead, nextPollAt: ahead + 15 * MINUTE }),
          sourceNamed('added', { addedAt: ahead }, { nextPollAt: ahead }),
          sourceNamed('fresh', {}, { lastPolledAt: NOW - MINUTE, nextPollAt: NOW + 14 * MINUTE }),
          sourceNamed('waits', {}, { lastPolledAt: NOW - MINUTE, nextPollAt: NOW + 23 * HOUR }),
        );
        expect((await leasedIds(NOW)).sort()).toEqual(['added', 'polled']);
      });

      it('a next poll further ahead than the longest wait is due', async () => {
        await addAll(sourceNamed('a', {}, { lastPolledAt: NOW - HOUR, nextPollAt: NOW + 25 * HOUR }));
        expect(await leasedIds()).toEqual(['a']);
      });

      it('a lease of that time blocks nothing, and is lost', async () => {
        await addAll(sourceNamed('a', { addedAt: NOW }), sourceNamed('b', { url: 'https://a.example/other', addedAt: NOW }));
        const held = await leaseOne(NOW + 8 * HOUR);
        const [again] = await lease(NOW);
        expect(present(again).source.id).toBe('a');
        expect([await store.sources.complete(held, polled), await store.sources.complete(present(again), polled)]).toEqual([false, true]);
      });

      it('two clocks that differ by seconds cause no trouble', async () => {
        await addAll(sourceNamed('a', {}, { lastPolledAt: NOW + 30 * SECOND, nextPollAt: NOW + 15 * MINUTE }));
        expect(await leasedIds()).toEqual([]);
      });
    });

    describe('making due', () => {
      it('makes a source due now, a gone one too', async () => {
        await addAll(sourceNamed('a', {}, { nextPollAt: NOW + HOUR }), sourceNamed('b', {}, { status: 'gone', nextPollAt: NOW + HOUR }));
        expect([await store.sources.makeDue('a', NOW), await store.sources.makeDue('b', NOW), await store.sources.makeDue('nobody', NOW)]).toEqual([
          true,
          true,
          false,
        ]);
        expect((await leasedIds()).sort()).toEqual(['a', 'b']);
      });

      it('keeps a source due that was made due during a poll', async () => {
        await addAll(sourceNamed('a'));
        const held = await leaseOne();
        expect(await store.sources.makeDue('a', NOW + MINUTE)).toBe(true);
        expect(await leasedIds(NOW + MINUTE)).toEqual([]);
        await store.sources.complete(held, polled);
        const again = await leaseOne(NOW + MINUTE);
        expect(await store.sources.complete(again, polled)).toBe(true);
        expect(await leasedIds(NOW + 2 * MINUTE)).toEqual([]);
      });
    });
  });
}
