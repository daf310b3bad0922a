import { EndSessions, ListSessions, StartSession, VerifySession, type Session, type SessionRole, type SignInFailure } from '@barometer/access';
import { err, ok, type Clock } from '@barometer/kernel';
import type { SignInUseCases } from '../dependencies';

/** A provider that signs in the person in the query, as `as=NAME&role=ROLE`, or fails with `fail=CODE`. */
export function fakeSignIn(clock: Clock) {
  const kept = new Map<string, Session>();
  const sessions = {
    add: async (session: Session) => Boolean(kept.set(session.id, session)),
    find: async (id: string) => kept.get(id),
    touch: async () => undefined,
    list: async (now: number) => [...kept.values()].filter(({ expiresAt }) => expiresAt > now),
    remove: async (id: string) => kept.delete(id),
    removeAll: async () => {
      const { size } = kept;
      kept.clear();
      return size;
    },
  };
  const deps = { sessions, clock, limits: { idle: 3_600_000, max: 7_200_000 }, grantedBy: 'settings' };
  const asked: { redirectUri: string; returnTo: string }[] = [];
  const provider = { isDown: false, endsSessions: true };
  const signIn: SignInUseCases = {
    begin: async (request) => {
      if (provider.isDown) return err({ code: 'unreachable', message: 'The provider does not answer.' });
      asked.push(request);
      return ok({ location: 'https://id.example/auth?state=s', pending: `sealed-${request.returnTo.length}` });
    },
    finish: async ({ query, pending }) => {
      const answer = new URLSearchParams(query);
      if (pending === undefined) return err({ code: 'expired', message: 'This browser has not begun it.' });
      const code = answer.get('fail') as SignInFailure | null;
      if (code) return err({ code, message: `It failed: ${code}.` });
      const name = answer.get('as') ?? '';
      return ok({
        person: { subject: name, name, email: `${name}@example.org` },
        role: (answer.get('role') ?? 'read') as SessionRole,
        returnTo: asked.at(-1)?.returnTo ?? '/',
      });
    },
    signOutAddress: async (returnTo) => (provider.endsSessions ? `https://id.example/end?to=${encodeURIComponent(returnTo)}` : undefined),
    start: new StartSession(deps),
    verify: new VerifySession(deps),
    list: new ListSessions(deps),
    end: new EndSessions(deps),
  };
  return { signIn, kept, asked, provider };
}
