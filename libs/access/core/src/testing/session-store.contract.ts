import type { Session } from '../domain/session';
import type { SessionStore } from '../ports/session-store.port';

const session: Session = {
  id: '0a1b2c3d4e5f6071',
  digest: 'd'.repeat(64),
  subject: 'anna',
  name: 'Anna Example',
  email: 'anna@example.org',
  role: 'write',
  grantedBy: 'settings-1',
  createdAt: 20_000,
  seenAt: 20_000,
  expiresAt: 90_000,
};
const { email: _none, ...withoutEmail } = session;
const older: Session = { ...withoutEmail, id: 'ffffffffffffffff', subject: 'bert', role: 'admin', createdAt: 10_000, expiresAt: 50_000 };

/** What every `SessionStore` promises. */
export function sessionStoreContract(name: string, make: () => SessionStore): void {
  describe(`SessionStore: ${name}`, () => {
    it('stores a session once per id', async () => {
      const sessions = make();
      expect([await sessions.add(session), await sessions.add({ ...session, name: 'other' }), await sessions.add(older)]).toEqual([true, false, true]);
      expect([await sessions.find(session.id), await sessions.find(older.id), await sessions.find('0000000000000000')]).toEqual([session, older, undefined]);
    });

    it('records the use of a session, and does not restore a removed one', async () => {
      const sessions = make();
      await sessions.add(session);
      await sessions.touch(session.id, { seenAt: 30_000, expiresAt: 100_000 });
      await sessions.touch(older.id, { seenAt: 30_000, expiresAt: 100_000 });
      expect([await sessions.find(session.id), await sessions.find(older.id)]).toEqual([{ ...session, seenAt: 30_000, expiresAt: 100_000 }, undefined]);
    });

    it('lists the oldest first, without expired ones', async () => {
      const sessions = make();
      await sessions.add(session);
      await sessions.add(older);
      expect(await sessions.list(49_999)).toEqual([older, session]);
      expect(await sessions.list(50_000)).toEqual([session]);
    });

    it('forgets removed ones: one, or all', async () => {
      const sessions = make();
      await sessions.add(session);
      expect([await sessions.remove(session.id), await sessions.remove(session.id), await sessions.find(session.id)]).toEqual([true, false, undefined]);
      await sessions.add(session);
      await sessions.add(older);
      expect([await sessions.removeAll(), await sessions.removeAll(), await sessions.list(0), await sessions.find(older.id)]).toEqual([2, 0, [], undefined]);
    });
  });
}
