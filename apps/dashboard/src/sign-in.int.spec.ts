import { CLIENT_ID, CLIENT_SECRET, startProvider, throughProvider } from '@barometer/access-oidc/testing';
import { MemoryDatabase } from '@barometer/storage-memory';
import { dashboardUnderTest } from './testing/dashboard-under-test';
import { memoryBindings } from './testing/memory-bindings';

jest.mock('./client-secret', () => ({ clientSecret: () => async () => 'a secret of a test, of at least 32 characters' }));
jest.setTimeout(60_000);

const HOME = 'https://abc.lambda-url.eu-central-1.on.aws';

/** The cookies of an answer, as the browser sends them with the next request. */
const cookiesOf = (cookies: readonly string[] = []) => cookies.map((line) => line.split(';', 1)[0]).join('; ');

it('signs in at one instance, continues at another, and signs out of all', async () => {
  expect(CLIENT_SECRET).toBe('a secret of a test, of at least 32 characters');
  const provider = await startProvider({ redirectUris: [`${HOME}/api/v1/session/callback`], signedOutUris: [`${HOME}/`] });
  const database = new MemoryDatabase();
  const environment = {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT_ID,
    OIDC_SECRET_ID: 'any',
    OIDC_WRITERS: 'groups=editors',
    OIDC_ALLOW_PRIVATE_ISSUER: '1',
  };
  const [one, other, third] = [0, 1, 2].map(() => dashboardUnderTest(memoryBindings(database), { environment })) as [
    ReturnType<typeof dashboardUnderTest>,
    ReturnType<typeof dashboardUnderTest>,
    ReturnType<typeof dashboardUnderTest>,
  ];
  try {
    const gone = await one.ask('GET', '/api/v1/session/sign-in');
    expect([gone.statusCode, gone.cookies?.[0]]).toEqual([
      303,
      expect.stringMatching(/^barometer_sign_in=.*; Path=\/api\/v1\/session; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/),
    ]);
    const back = new URL(await throughProvider(gone.headers['location'] ?? '', { as: 'anna' }));
    expect(`${back.origin}${back.pathname}`).toBe(`${HOME}/api/v1/session/callback`);
    // The browser returns to another instance: all that is needed for the rest of the sign-in is in the cookie.
    const come = await other.ask('GET', `${back.pathname}${back.search}`, { headers: { cookie: cookiesOf(gone.cookies) } });
    expect([come.statusCode, come.headers['location'], come.cookies?.[1]]).toEqual([
      303,
      '/',
      expect.stringMatching(/^barometer_session=bas_.*; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure$/),
    ]);
    const headers = { cookie: cookiesOf(come.cookies), origin: HOME };
    expect((await third.ask('POST', '/api/v1/sources/none/poll', { headers })).statusCode).toBe(404);
    const out = await third.ask('DELETE', '/api/v1/session', { headers });
    expect([out.statusCode, JSON.parse(out.body)]).toEqual([200, { providerSignOut: expect.stringContaining(`${provider.issuer}/session/end?`) }]);
    expect((await one.ask('GET', '/api/v1/mood', { headers })).statusCode).toBe(401);
  } finally {
    await provider.close();
  }
});
