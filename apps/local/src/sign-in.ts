import type { SignInSettings } from '@barometer/access';
import { signInUseCases, type SignInUseCases } from '@barometer/http-api';
import { SettingsError, systemClock } from '@barometer/kernel';
import type { Container } from 'inversify';
import { readSecretFile } from './secret-file';
import { tokens } from './tokens';

/** With the file that holds the client's secret. */
export interface LocalSignIn extends SignInSettings {
  readonly secretFile: string;
}

/** The code that talks to the provider; its packages are loaded only if sign-in is configured. */
export async function loadProvider(settings: LocalSignIn) {
  const { OidcSignIn } = await import('@barometer/access-oidc');
  return new OidcSignIn({ settings, secret: () => clientSecret(settings), clock: systemClock });
}

export const localSignIn = (container: Container, settings: LocalSignIn): SignInUseCases =>
  signInUseCases({ settings, sessions: container.get(tokens.sessionStore), clock: container.get(tokens.clock), load: () => loadProvider(settings) });

async function clientSecret({ secretFile }: LocalSignIn): Promise<string> {
  const secret = await readSecretFile('OIDC_CLIENT_SECRET_FILE', secretFile);
  if (secret === '') throw new SettingsError(`OIDC_CLIENT_SECRET_FILE ${secretFile} is empty`);
  return secret;
}

/**
 * Runs before anyone signs in. Without the secret sign-in cannot work, so that the start fails; a provider that does
 * not answer now may do so later, and keys work meanwhile.
 * @throws SettingsError if the secret cannot be read
 */
export async function prepareSignIn(settings: LocalSignIn | undefined, log: (line: string) => void): Promise<void> {
  if (!settings) return;
  await clientSecret(settings);
  void loadProvider(settings).then(async (provider) => {
    const found = await provider.look();
    if (!found.ok) log(`Nobody can sign in at ${settings.issuer} now, and every sign-in tries again; keys work. ${found.error.message}`);
  });
}
