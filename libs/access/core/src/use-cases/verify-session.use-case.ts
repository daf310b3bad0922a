import { isSameDigest, sha256Hex, type Clock } from '@barometer/kernel';
import { endOfSession, SEEN_EVERY, sessionIdOf, type Session, type SessionLimits } from '../domain/session';
import type { SessionStore } from '../ports/session-store.port';

// As with keys: an unknown id takes as long as a wrong secret. No secret has this digest.
const NOBODY = '0'.repeat(64);

interface Deps {
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly limits: SessionLimits;
  readonly grantedBy: string;
}

/** The session of a token; `undefined` if it is unknown, has ended, or was given under other settings. */
export class VerifySession {
  constructor(private readonly deps: Deps) {}

  async execute(token: string): Promise<Session | undefined> {
    const { sessions, clock, limits, grantedBy } = this.deps;
    const id = sessionIdOf(token);
    if (id === undefined) return undefined;
    const session = await sessions.find(id);
    if (!isSameDigest(session?.digest ?? NOBODY, sha256Hex(token)) || !session) return undefined;
    const now = clock.now();
    if (session.grantedBy !== grantedBy || now >= endOfSession(session, limits)) return undefined;
    if (now - session.seenAt < SEEN_EVERY) return { ...session, expiresAt: endOfSession(session, limits) };
    const seen = { ...session, seenAt: now, expiresAt: endOfSession({ ...session, seenAt: now }, limits) };
    await sessions.touch(id, seen);
    return seen;
  }
}
