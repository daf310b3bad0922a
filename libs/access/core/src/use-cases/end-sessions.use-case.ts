import { sessionIdOf } from '../domain/session';
import type { SessionStore } from '../ports/session-store.port';

/** Ends sessions at once, in every process on the store. */
export class EndSessions {
  constructor(private readonly deps: { readonly sessions: SessionStore }) {}

  /** `false` if there is none with this id. */
  one(id: string): Promise<boolean> {
    return this.deps.sessions.remove(id);
  }

  /** @returns how many there were */
  all(): Promise<number> {
    return this.deps.sessions.removeAll();
  }

  /** Ends the session of a token that is known to be valid. */
  async ofToken(token: string): Promise<void> {
    const id = sessionIdOf(token);
    if (id !== undefined) await this.deps.sessions.remove(id);
  }
}
