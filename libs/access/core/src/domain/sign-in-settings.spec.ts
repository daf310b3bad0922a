import { HOUR, readEnvironment, SettingsError } from '@barometer/kernel';
import * as z from 'zod';
import { signInOf, signInSettings } from './sign-in-settings';

const read = (environment: Record<string, string>) => signInOf(readEnvironment(z.object(signInSettings), environment));
const least = { OIDC_ISSUER: 'https://id.example.org/realms/news', OIDC_CLIENT_ID: 'barometer', OIDC_READERS: '*' };

it('is off unless an issuer is named', () => expect(read({})).toBeUndefined());

it('reads the rules of the roles', () => {
  expect(read({ ...least, OIDC_WRITERS: ' groups=editors , Anna@Example.org,', OIDC_SESSION_IDLE_HOURS: '2' })).toEqual({
    issuer: least.OIDC_ISSUER,
    clientId: 'barometer',
    scopes: 'openid profile email',
    allowPrivate: false,
    limits: { idle: 2 * HOUR, max: 168 * HOUR },
    grantedBy: expect.stringMatching(/^[0-9a-f]{16}$/),
    rules: {
      read: [{ kind: 'everybody' }],
      write: [
        { kind: 'claim', claim: 'groups', value: 'editors' },
        { kind: 'email', email: 'anna@example.org' },
      ],
      admin: [],
    },
  });
});

it('distinguishes settings that give other roles, and no others', () => {
  const grant = (more: Record<string, string> = {}) => read({ ...least, ...more })?.grantedBy;
  expect(grant({ OIDC_SCOPES: 'openid', OIDC_SESSION_MAX_HOURS: '1' })).toBe(grant());
  const all = [
    grant(),
    grant({ OIDC_WRITERS: 'groups=a' }),
    grant({ OIDC_ADMINS: 'groups=a' }),
    grant({ OIDC_CLIENT_ID: 'other' }),
    grant({ OIDC_ISSUER: 'https://other.example' }),
  ];
  expect(new Set(all).size).toBe(all.length);
});

it.each<[string, Record<string, string>, string]>([
  ['an issuer without a client', { OIDC_CLIENT_ID: '' }, 'OIDC_CLIENT_ID must be set with OIDC_ISSUER: it is what the provider calls this Barometer'],
  ['nobody who may', { OIDC_READERS: ' , ' }, 'OIDC_READERS, OIDC_WRITERS or OIDC_ADMINS must say who may sign in with OIDC_ISSUER: without a rule nobody can'],
  [
    'plain http',
    { OIDC_ISSUER: 'http://id.example.org' },
    'OIDC_ISSUER must be an https address (it is "http://id.example.org"); only with OIDC_ALLOW_PRIVATE_ISSUER=1 may it be http',
  ],
  ['no address', { OIDC_ISSUER: 'id.example.org' }, 'OIDC_ISSUER must be the address of the issuer, such as https://id.example.org (it is "id.example.org")'],
  [
    'a rule that is none',
    { OIDC_WRITERS: 'editors' },
    'OIDC_WRITERS must be e-mail addresses and claims such as groups=editors, with commas between (it is "editors")',
  ],
  ['everybody who writes', { OIDC_WRITERS: '*' }, 'OIDC_WRITERS must name people or groups: only OIDC_READERS may be * (it is "*")'],
  ['everybody who administers', { OIDC_ADMINS: 'groups=a,*' }, 'OIDC_ADMINS must name people or groups: only OIDC_READERS may be * (it is "groups=a,*")'],
  ['scopes without openid', { OIDC_SCOPES: 'profile email' }, 'OIDC_SCOPES must be scopes with spaces between, openid among them (it is "profile email")'],
  ['no time at all', { OIDC_SESSION_IDLE_HOURS: '0' }, 'OIDC_SESSION_IDLE_HOURS must be a whole number from 1 to 720 (it is "0")'],
])('refuses %s', (_what, environment, message) => {
  expect(() => read({ ...least, ...environment })).toThrow(new SettingsError(message));
});

it('takes http from a provider that may be private', () =>
  expect(read({ ...least, OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_ALLOW_PRIVATE_ISSUER: '1' })?.allowPrivate).toBe(true));
