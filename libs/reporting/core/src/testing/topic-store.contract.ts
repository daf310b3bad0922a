import type { Topic } from '../domain/topic';
import type { TopicStore } from '../ports/topic-store.port';

/** A store, with functions that do what ingestion does in the same tables. */
export interface TopicStoreFixture {
  readonly store: TopicStore;
  /** Completes the back-fill of the newest version: readers see it from now on, and older versions are removed. */
  finish(topicId: string): void;
  /** Puts a scored article of the source `wire` into a version. */
  join(topicId: string, version: number): void;
  /** The versions of a topic that have a rule, and the scopes of its roll-ups, sorted. */
  traces(topicId: string): TopicTraces | Promise<TopicTraces>;
}

export interface TopicTraces {
  readonly versions: readonly number[];
  readonly scopes: readonly string[];
}

const gas: Topic = { id: 'gas', name: 'Gas', anyOf: ['gas', 'lng'], allOf: [], noneOf: ['tear gas'], version: 1, createdAt: 10, changedAt: 10 };
const next = { name: 'Gas', anyOf: ['gas'], allOf: ['price'], noneOf: [] };

/** What every `TopicStore` promises. */
export function topicStoreContract(name: string, make: () => TopicStoreFixture): void {
  describe(`TopicStore: ${name}`, () => {
    it('stores a topic as it was added, once per id', async () => {
      const { store } = make();
      expect([await store.add(gas), await store.add({ ...gas, name: 'Other' })]).toEqual([true, false]);
      await store.add({ ...gas, id: 'air', createdAt: 10 });
      await store.add({ ...gas, id: 'zoo', createdAt: 5 });
      expect((await store.list()).map(({ id }) => id)).toEqual(['zoo', 'air', 'gas']);
      expect([await store.find('gas'), await store.find('none')]).toEqual([gas, undefined]);
    });

    it('makes a new version for other phrases, which readers see when it is finished', async () => {
      const { store, finish, traces } = make();
      await store.add(gas);
      finish('gas');
      expect(await store.change('gas', next, 20)).toEqual({ ...gas, ...next, version: 2, readyVersion: 1, changedAt: 20 });
      expect((await traces('gas')).versions).toEqual([1, 2]);
      finish('gas');
      expect(await store.find('gas')).toMatchObject({ version: 2, readyVersion: 2, allOf: ['price'] });
    });

    it('makes none for another name or another order of phrases', async () => {
      const { store, finish } = make();
      await store.add(gas);
      finish('gas');
      expect(await store.change('gas', { ...gas, name: 'Fuel', anyOf: ['lng', 'gas'] }, 20)).toEqual({ ...gas, name: 'Fuel', readyVersion: 1, changedAt: 20 });
      expect(await store.change('none', next, 20)).toBeUndefined();
    });

    it('removes an unfinished version when it is replaced', async () => {
      const { store, finish, join, traces } = make();
      await store.add(gas);
      join('gas', 1);
      finish('gas');
      await store.change('gas', next, 20);
      join('gas', 2);
      await store.change('gas', { ...next, allOf: ['bill'] }, 30);
      expect(await store.find('gas')).toMatchObject({ version: 3, readyVersion: 1 });
      expect(await traces('gas')).toEqual({ versions: [1, 3], scopes: ['t:gas@1', 't:gas@1|s:wire'] });
    });

    it('replaces a first version that no reader has seen', async () => {
      const { store, join, traces } = make();
      await store.add(gas);
      join('gas', 1);
      expect(await store.change('gas', next, 20)).toEqual({ ...gas, ...next, version: 2, changedAt: 20 });
      expect(await traces('gas')).toEqual({ versions: [2], scopes: [] });
    });

    it('removes a topic with all its counts, and nothing of topics whose ids begin with the same letters', async () => {
      const { store, finish, join, traces } = make();
      for (const id of ['gas', 'gasoline']) {
        await store.add({ ...gas, id });
        join(id, 1);
        finish(id);
      }
      await store.change('gas', next, 20);
      join('gas', 2);
      expect([await store.remove('gas'), await store.remove('gas'), await store.find('gas')]).toEqual([true, false, undefined]);
      expect(await traces('gas')).toEqual({ versions: [], scopes: [] });
      expect(await traces('gasoline')).toEqual({ versions: [1], scopes: ['t:gasoline@1', 't:gasoline@1|s:wire'] });
    });
  });
}
