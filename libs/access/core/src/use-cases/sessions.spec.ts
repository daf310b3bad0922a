import { DAY, HOUR, ManualClock, MINUTE, sha256Hex } from '@barometer/kernel';
import type { Session } from '../domain/session';
import type { SessionStore } from '../ports/session-store.port';
import { EndSessions } from './end-sessions.use-case';
import { ListSessions } from './list-sessions.use-case';
import { StartSession } from './start-session.use-case';
import { VerifySession } from './verify-session.use-case';

function fakeSessions(): SessionStore & { readonly kept: Map<string, Session>; touched: number } {
  const kept = new Map<string, Session>();
  return {
    kept,
    touched: 0,
    add: async (session) => !kept.has(session.id) && Boolean(kept.set(session.id, session)),
    find: async (id) => kept.get(id),
    async touch(id, { seenAt, expiresAt }) {
      this.touched += 1;
      const known = kept.get(id);
      if (known) kept.set(id, { ...known, seenAt, expiresAt });
    },
    list: async (now) => [...kept.values()].filter(({ expiresAt }) => expiresAt > now),
    remove: async (id) => kept.delete(id),
    removeAll: async () => {
      const { size } = kept;
      kept.clear();
      return size;
    },
  };
}

const limits = { idle: 2 * HOUR, max: DAY };
const anna = { subject: 'anna', name: 'Anna', email: 'anna@example.org' };

async function started() {
  const sessions = fakeSessions();
  const clock = new ManualClock(9);
  const deps = { sessions, clock, limits, grantedBy: 'settings-1' };
  const { token, session } = await new StartSession(deps).execute(anna, 'write');
  const verify = new VerifySession(deps);
  return { sessions, clock, deps, token, session, verify };
}

describe('a session', () => {
  it('is stored without its token', async () => {
    const { sessions, token, session } = await started();
    expect(token).toMatch(/^bas_[0-9a-f]{16}_[0-9a-f]{64}$/);
    expect(session).toEqual({
      ...anna,
      id: token.slice(4, 20),
      digest: sha256Hex(token),
      role: 'write',
      grantedBy: 'settings-1',
      createdAt: 9,
      seenAt: 9,
      expiresAt: 9 + 2 * HOUR,
    });
    expect(JSON.stringify([...sessions.kept])).not.toContain(token.slice(21));
  });

  it('gets another id if one is taken', async () => {
    const { deps, sessions } = await started();
    const refuse = jest.fn(sessions.add).mockResolvedValueOnce(false);
    const { session } = await new StartSession({ ...deps, sessions: { ...sessions, add: refuse } }).execute(anna, 'read');
    expect([refuse.mock.calls.length, refuse.mock.calls[0]?.[0].id === session.id]).toEqual([2, false]);
  });

  it('ends after a long time without use, and its use is recorded every five minutes', async () => {
    const { clock, token, verify, sessions } = await started();
    clock.advance(4 * MINUTE);
    expect([(await verify.execute(token))?.seenAt, sessions.touched]).toEqual([9, 0]);
    clock.advance(2 * HOUR - 4 * MINUTE - 1);
    expect([(await verify.execute(token))?.expiresAt, sessions.touched]).toEqual([9 + 4 * HOUR - 1, 1]);
    clock.advance(2 * HOUR);
    expect(await verify.execute(token)).toBeUndefined();
  });

  it('ends after its maximum time, however busy it is', async () => {
    const { clock, token, verify } = await started();
    for (let hour = 1; hour < 24; hour += 1) {
      clock.advance(HOUR);
      expect((await verify.execute(token))?.role).toBe('write');
    }
    clock.advance(HOUR - 1);
    expect((await verify.execute(token))?.expiresAt).toBe(9 + DAY);
    clock.advance(1);
    expect(await verify.execute(token)).toBeUndefined();
  });

  it('ends when the settings that gave its role change, or its maximum time', async () => {
    const { deps, token, clock } = await started();
    expect(await new VerifySession({ ...deps, grantedBy: 'settings-2' }).execute(token)).toBeUndefined();
    clock.advance(HOUR);
    expect(await new VerifySession({ ...deps, limits: { idle: HOUR, max: DAY } }).execute(token)).toBeUndefined();
    expect(await new VerifySession(deps).execute(token)).toBeDefined();
  });

  it('is not valid when any part of its token is wrong', async () => {
    const { token, verify } = await started();
    const other = token.endsWith('0') ? '1' : '0';
    for (const text of [
      token.slice(0, -1) + other,
      `${token}0`,
      token.toUpperCase(),
      token.replace('bas_', 'bar_'),
      '',
      `bas_${'0'.repeat(16)}_${'0'.repeat(64)}`,
    ]) {
      expect(await verify.execute(text)).toBeUndefined();
    }
  });

  it('is listed until it ends, and can be ended by its holder and by others', async () => {
    const { deps, token, session, verify } = await started();
    const { end, list } = { end: new EndSessions(deps), list: new ListSessions(deps) };
    const second = await new StartSession(deps).execute({ subject: 'bert', name: 'Bert' }, 'admin');
    expect((await list.execute()).map(({ subject }) => subject)).toEqual(['anna', 'bert']);
    expect([await end.one(session.id), await end.one(session.id), await verify.execute(token)]).toEqual([true, false, undefined]);
    await end.ofToken(second.token);
    await end.ofToken('nonsense');
    expect(await list.execute()).toEqual([]);
    const third = await new StartSession(deps).execute(anna, 'read');
    expect([await end.all(), await verify.execute(third.token)]).toEqual([1, undefined]);
  });
});
