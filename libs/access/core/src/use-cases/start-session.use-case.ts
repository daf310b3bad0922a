import { randomHex, sha256Hex, type Clock } from '@barometer/kernel';
import { endOfSession, writeSessionToken, type Person, type Session, type SessionLimits, type SessionRole } from '../domain/session';
import type { SessionStore } from '../ports/session-store.port';

const ID_BYTES = 8;
const SECRET_BYTES = 32;

/** A new session: the token for its cookie, and what is stored of it. */
export interface NewSession {
  readonly token: string;
  readonly session: Session;
}

interface Deps {
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly limits: SessionLimits;
  /** Identifies the settings that give roles; see `Session.grantedBy`. */
  readonly grantedBy: string;
}

/** Begins the session of a person who has signed in. Only the digest of its token is stored. */
export class StartSession {
  constructor(private readonly deps: Deps) {}

  async execute(person: Person, role: SessionRole): Promise<NewSession> {
    const { sessions, clock, limits, grantedBy } = this.deps;
    const now = clock.now();
    for (;;) {
      const id = randomHex(ID_BYTES);
      const token = writeSessionToken(id, randomHex(SECRET_BYTES));
      const session: Session = {
        ...person,
        id,
        digest: sha256Hex(token),
        role,
        grantedBy,
        createdAt: now,
        seenAt: now,
        expiresAt: endOfSession({ createdAt: now, seenAt: now }, limits),
      };
      if (await sessions.add(session)) return { token, session };
    }
  }
}
