import type { SessionStore } from '@barometer/access';
import type { AwsFault } from '@barometer/aws';
import { signInUseCases, type SignInUseCases } from '@barometer/http-api';
import type { Clock } from '@barometer/kernel';
import type { RemoteSignIn } from './config';

interface Parts {
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly report: (fault: AwsFault) => void;
}

/** Sign-ins are rare: the first one loads the code for the provider and reads the secret. Sessions need neither. */
export const remoteSignIn = (settings: RemoteSignIn, { sessions, clock, report }: Parts): SignInUseCases =>
  signInUseCases({ settings, sessions, clock, load: async () => (await import('./elsewhere-on-demand')).createProvider(settings, { clock, report }) });
