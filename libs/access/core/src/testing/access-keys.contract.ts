import type { AccessKey, AccessKeys } from '../ports/access-keys.port';

const key: AccessKey = { id: '0a1b2c3d', name: 'laptop', role: 'read', digest: 'd'.repeat(64), createdAt: 20 };

/** What every `AccessKeys` promises. */
export function accessKeysContract(name: string, make: () => AccessKeys): void {
  describe(`AccessKeys: ${name}`, () => {
    it('stores a key once per id', async () => {
      const keys = make();
      expect([await keys.add(key), await keys.add({ ...key, name: 'other' })]).toEqual([true, false]);
      expect([await keys.find(key.id), await keys.find('00000000')]).toEqual([key, undefined]);
    });

    it('stores the feed of a key', async () => {
      const keys = make();
      const forFeed: AccessKey = { ...key, role: 'feed', feed: 'articles?label=positive' };
      await keys.add(forFeed);
      expect([await keys.find(key.id), await keys.list()]).toEqual([forFeed, [forFeed]]);
    });

    it('lists the oldest first', async () => {
      const keys = make();
      const older: AccessKey = { ...key, id: 'ffffffff', role: 'write', createdAt: 10 };
      await keys.add(key);
      await keys.add(older);
      expect(await keys.list()).toEqual([older, key]);
    });

    it('forgets a key that is removed', async () => {
      const keys = make();
      await keys.add(key);
      expect([await keys.remove(key.id), await keys.remove(key.id)]).toEqual([true, false]);
      expect([await keys.list(), await keys.find(key.id)]).toEqual([[], undefined]);
    });
  });
}
