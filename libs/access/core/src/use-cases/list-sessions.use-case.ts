import type { Clock } from '@barometer/kernel';
import type { Session } from '../domain/session';
import type { SessionStore } from '../ports/session-store.port';

/** Who is signed in, the oldest session first. */
export class ListSessions {
  constructor(private readonly deps: { readonly sessions: SessionStore; readonly clock: Clock }) {}

  execute(): Promise<readonly Session[]> {
    return this.deps.sessions.list(this.deps.clock.now());
  }
}
