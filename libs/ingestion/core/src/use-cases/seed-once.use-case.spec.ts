import type { SeedRecord } from '../ports/seed-record.port';
import { SeedOnce } from './seed-once.use-case';

function setUp(isNew: boolean) {
  const states = new Map<string, 'begun' | 'done'>();
  const record: SeedRecord = { state: async (list) => states.get(list), note: async (list, state) => void states.set(list, state) };
  const added: string[] = [];
  const seed = (add = async (list: string[]) => added.push(...list)) =>
    new SeedOnce({ record }).execute('topics', { isNew: async () => isNew, read: () => ['a', 'b'], add });
  return { states, added, seed, record };
}

describe('SeedOnce', () => {
  it('adds the list to a new store, once', async () => {
    const { seed, added, states } = setUp(true);
    expect([await seed(), await seed()]).toEqual([2, 0]);
    expect([added, states.get('topics'), states.get('sources')]).toEqual([['a', 'b'], 'done', undefined]);
  });

  it('adds nothing to a store that is not new, neither now nor when it looks new later', async () => {
    const { seed, added, record } = setUp(false);
    expect(await seed()).toBe(0);
    expect(await new SeedOnce({ record }).execute('topics', { isNew: async () => true, read: () => ['c'], add: async (list) => added.push(...list) })).toBe(0);
    expect(added).toEqual([]);
  });

  it('continues after an interruption, though the store is no longer empty', async () => {
    const { seed, states, record } = setUp(true);
    await expect(seed(async () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
    expect(states.get('topics')).toBe('begun');
    expect(await new SeedOnce({ record }).execute('topics', { isNew: async () => false, read: () => ['b'], add: async (list) => list.length })).toBe(1);
    expect(states.get('topics')).toBe('done');
  });

  it('records nothing if the list cannot be used', async () => {
    const { states, record } = setUp(true);
    const read = () => {
      throw new Error('no list');
    };
    await expect(new SeedOnce({ record }).execute('sources', { isNew: async () => true, read, add: async () => 1 })).rejects.toThrow('no list');
    expect(states.size).toBe(0);
  });
});
