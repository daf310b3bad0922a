import { EndSessions, ListSessions, StartSession, VerifySession, type SessionStore, type SignInSettings } from '@barometer/access';
import type { Clock } from '@barometer/kernel';
import type { SignInUseCases } from '../dependencies';

/** The part of sign-in that talks to the provider. */
export type SignInProvider = Pick<SignInUseCases, 'begin' | 'finish' | 'signOutAddress'>;

interface Parts {
  readonly settings: Pick<SignInSettings, 'limits' | 'grantedBy'>;
  readonly sessions: SessionStore;
  readonly clock: Clock;
  /** Loads the code that talks to the provider: few requests need it, and no start does. */
  readonly load: () => Promise<SignInProvider>;
}

/** Combines sign-in and its sessions from their parts. */
export function signInUseCases({ settings: { limits, grantedBy }, sessions, clock, load }: Parts): SignInUseCases {
  let provider: Promise<SignInProvider> | undefined;
  const loaded = () => (provider ??= load());
  const deps = { sessions, clock, limits, grantedBy };
  return {
    begin: async (request) => (await loaded()).begin(request),
    finish: async (answer) => (await loaded()).finish(answer),
    signOutAddress: async (returnTo) => (await loaded()).signOutAddress(returnTo),
    start: new StartSession(deps),
    verify: new VerifySession(deps),
    list: new ListSessions(deps),
    end: new EndSessions(deps),
  };
}
