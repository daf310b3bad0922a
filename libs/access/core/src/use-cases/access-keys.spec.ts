import { ManualClock, sha256Hex } from '@barometer/kernel';
import type { AccessKey, AccessKeys } from '../ports/access-keys.port';
import { AddAccessKey } from './add-access-key.use-case';
import { ListAccessKeys } from './list-access-keys.use-case';
import { RevokeAccessKey } from './revoke-access-key.use-case';
import { TakeFirstKey } from './take-first-key.use-case';
import { VerifyAccessKey } from './verify-access-key.use-case';

function fakeKeys(): AccessKeys & { readonly kept: Map<string, AccessKey> } {
  const kept = new Map<string, AccessKey>();
  return {
    kept,
    add: async (key) => !kept.has(key.id) && Boolean(kept.set(key.id, key)),
    list: async () => [...kept.values()],
    find: async (id) => kept.get(id),
    remove: async (id) => kept.delete(id),
  };
}

describe('access keys', () => {
  it('are shown once and stored as a digest', async () => {
    const keys = fakeKeys();
    const { key, record } = await new AddAccessKey({ keys, clock: new ManualClock(9) }).execute({ name: 'laptop', role: 'write' });
    expect(key).toMatch(/^bar_[0-9a-f]{8}_[0-9a-f]{64}$/);
    expect(record).toEqual({ id: key.slice(4, 12), name: 'laptop', role: 'write', digest: sha256Hex(key), createdAt: 9 });
    expect(await new ListAccessKeys({ keys }).execute()).toEqual([record]);
    expect(JSON.stringify([...keys.kept])).not.toContain(key.slice(13));
  });

  it('are random, and get another id if one is taken', async () => {
    const keys = fakeKeys();
    const refuse = jest.fn(keys.add).mockResolvedValueOnce(false);
    const add = new AddAccessKey({ keys: { ...keys, add: refuse }, clock: new ManualClock(9) });
    const { record } = await add.execute({ name: 'a', role: 'read' });
    expect([refuse.mock.calls.length, refuse.mock.calls[0]?.[0].id === record.id]).toEqual([2, false]);
  });

  it('have their role until they are revoked', async () => {
    const keys = fakeKeys();
    const { key, record } = await new AddAccessKey({ keys, clock: new ManualClock(9) }).execute({ name: 'a', role: 'read' });
    const verify = new VerifyAccessKey({ keys });
    expect(await verify.execute(key)).toEqual({ name: 'a', role: 'read' });
    expect(await new RevokeAccessKey({ keys }).execute(record.id)).toBe(true);
    expect([await verify.execute(key), await new RevokeAccessKey({ keys }).execute(record.id)]).toEqual([undefined, false]);
  });

  it('contain the feed that they are for', async () => {
    const keys = fakeKeys();
    const { key } = await new AddAccessKey({ keys, clock: new ManualClock(9) }).execute({ name: 'a', role: 'feed', feed: 'stories' });
    expect(await new VerifyAccessKey({ keys }).execute(key)).toEqual({ name: 'a', role: 'feed', feed: 'stories' });
  });

  it('may begin with one that was made elsewhere, as long as there is no other', async () => {
    const keys = fakeKeys();
    const first = new TakeFirstKey({ keys, clock: new ManualClock(9) });
    const text = (digit: string) => `bar_${digit.repeat(8)}_${digit.repeat(64)}`;
    expect(await first.execute('correct horse battery staple')).toEqual({
      ok: false,
      error: { message: expect.stringContaining('holds no key: one is "bar_"') },
    });
    expect(await first.execute(text('1'))).toEqual({
      ok: true,
      value: { id: '11111111', name: 'first key', role: 'write', digest: sha256Hex(text('1')), createdAt: 9 },
    });
    expect(await first.execute(text('2'))).toEqual({ ok: true, value: undefined });
    expect([await new VerifyAccessKey({ keys }).execute(text('1')), await new VerifyAccessKey({ keys }).execute(text('2'))]).toEqual([
      { name: 'first key', role: 'write' },
      undefined,
    ]);
  });

  it('give no access when any part of them is wrong', async () => {
    const keys = fakeKeys();
    const { key } = await new AddAccessKey({ keys, clock: new ManualClock(9) }).execute({ name: 'a', role: 'write' });
    const other = key.endsWith('0') ? '1' : '0';
    const wrong = [
      key.slice(0, -1) + other,
      `${key}0`,
      key.slice(0, -1),
      key.toUpperCase(),
      ` ${key}`,
      `${key}\n`,
      key.slice(4),
      '',
      'bar_',
      '\u0000',
      `bar_00000000_${'0'.repeat(64)}`,
    ];
    for (const text of wrong) expect(await new VerifyAccessKey({ keys }).execute(text)).toBeUndefined();
  });
});
