import { capabilitiesSchema, sessionStateSchema, sessionsSchema } from '../contract';
import type { ApiConfig } from '../dependencies';
import { fakeDependencies, READ_KEY, WRITE_KEY } from '../testing/fake-dependencies';
import { fakeSignIn } from '../testing/fake-sign-in';
import { problemOf, testApi } from '../testing/test-api';

const nobody = { host: 'mood.example' };
const SESSION = '/api/v1/session';

async function api(config: Partial<ApiConfig> = {}) {
  const { deps, clock, logged } = fakeDependencies({ loopback: false, ...config });
  const fake = fakeSignIn(clock);
  const { ask } = await testApi({ ...deps, signIn: fake.signIn });
  const base = config.basePath ?? '';
  /** Signs a person in, and answers the headers of their browser. */
  const signIn = async (as: string, role: string) => {
    await ask('GET', `${base}${SESSION}/sign-in`, { headers: nobody });
    const { headers } = await ask('GET', `${base}${SESSION}/callback?as=${as}&role=${role}`, { headers: { ...nobody, cookie: 'barometer_sign_in=sealed' } });
    const cookie = [headers['set-cookie']].flat().find((line) => String(line).startsWith('barometer_session=')) ?? '';
    return { ...nobody, cookie: cookie.split(';', 1)[0] ?? '' };
  };
  return { ...fake, ask, signIn, clock, logged };
}

const own = { origin: 'https://mood.example' };

describe('signing in at a provider', () => {
  it('sends the browser there, with a cookie for its return', async () => {
    const { ask, asked } = await api({ trustProxy: true });
    const gone = await ask('GET', `${SESSION}/sign-in?returnTo=${encodeURIComponent('/?topic=energy&q=a%20b')}`, {
      headers: { ...nobody, 'x-forwarded-proto': 'https' },
    });
    expect([gone.statusCode, gone.headers.location, gone.headers['cache-control']]).toEqual([303, 'https://id.example/auth?state=s', 'no-store']);
    expect(gone.headers['set-cookie']).toEqual(['barometer_sign_in=sealed-22; Path=/api/v1/session; Max-Age=600; HttpOnly; SameSite=Lax; Secure']);
    expect(asked).toEqual([{ redirectUri: 'https://mood.example/api/v1/session/callback', returnTo: '/?topic=energy&q=a%20b' }]);
  });

  it('receives it back, begins a session and shows the view that it left', async () => {
    const { ask, asked, kept } = await api();
    await ask('GET', `${SESSION}/sign-in?returnTo=/sources`, { headers: nobody });
    const back = await ask('GET', `${SESSION}/callback?as=anna&role=write`, { headers: { ...nobody, cookie: 'barometer_sign_in=sealed' } });
    const [session] = [...kept.values()];
    expect([back.statusCode, back.headers.location, asked.length]).toEqual([303, '/sources', 1]);
    expect(back.headers['set-cookie']).toEqual([
      'barometer_sign_in=; Path=/api/v1/session; Max-Age=0; HttpOnly; SameSite=Lax',
      expect.stringMatching(new RegExp(`^barometer_session=bas_${session?.id}_[0-9a-f]{64}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict$`)),
    ]);
  });

  it('uses the address in PUBLIC_URL, and the base path', async () => {
    const { ask, asked, signIn } = await api({ basePath: '/tools/mood', publicUrl: 'https://news.example/tools/mood' });
    const headers = await signIn('anna', 'read');
    expect(asked[0]?.redirectUri).toBe('https://news.example/tools/mood/api/v1/session/callback');
    const gone = await ask('GET', `/tools/mood${SESSION}/sign-in`, { headers: nobody });
    expect(String(gone.headers['set-cookie'])).toContain('; Path=/tools/mood/api/v1/session; ');
    const failed = await ask('GET', `/tools/mood${SESSION}/callback`, { headers: nobody });
    expect(failed.headers.location).toBe('/tools/mood/?sign-in=expired');
    expect((await ask('DELETE', `/tools/mood${SESSION}`, { headers })).json()).toEqual({
      providerSignOut: 'https://id.example/end?to=https%3A%2F%2Fnews.example%2Ftools%2Fmood%2F',
    });
  });

  it.each(['cancelled', 'refused', 'expired', 'unreachable', 'rejected'])('reports to the page that it was %s, and to the operator why', async (code) => {
    const { ask, logged, kept } = await api();
    const back = await ask('GET', `${SESSION}/callback?fail=${code}&code=secret-code`, { headers: { ...nobody, cookie: 'barometer_sign_in=sealed' } });
    expect([back.statusCode, back.headers.location, String(back.headers['set-cookie'])]).toEqual([
      303,
      `/?sign-in=${code}`,
      expect.stringMatching(/^barometer_sign_in=; .*Max-Age=0/),
    ]);
    expect([logged, kept.size]).toEqual([[`It failed: ${code}.`], 0]);
  });

  it('keeps working with keys while the provider is down', async () => {
    const { ask, provider } = await api();
    provider.isDown = true;
    const gone = await ask('GET', `${SESSION}/sign-in`, { headers: nobody });
    expect([gone.statusCode, gone.headers.location, gone.headers['set-cookie']]).toEqual([303, '/?sign-in=unreachable', undefined]);
    expect((await ask('GET', '/api/v1/mood', { headers: { ...nobody, authorization: `Bearer ${READ_KEY}` } })).statusCode).toBe(200);
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a\nb', `/${'a'.repeat(1_001)}`, ''])(
    'redirects only to the page: %j',
    async (returnTo) => {
      const { ask, asked } = await api();
      expect(problemOf(await ask('GET', `${SESSION}/sign-in?returnTo=${encodeURIComponent(returnTo)}`, { headers: nobody })).errors?.[0]?.field).toBe(
        'returnTo',
      );
      expect(asked).toEqual([]);
    },
  );

  it('does not exist unless it is configured', async () => {
    const { ask } = await testApi(fakeDependencies({ loopback: false }).deps);
    for (const path of ['sign-in', 'callback'])
      expect(problemOf(await ask('GET', `${SESSION}/${path}`, { headers: nobody })).detail).toBe(
        'This Barometer has no sign-in provider: OIDC_ISSUER is not set.',
      );
    expect((await ask('GET', SESSION, { headers: nobody })).json()).toEqual({ required: true, provider: false, by: null, role: null });
    const token = `bas_${'0'.repeat(16)}_${'0'.repeat(64)}`;
    expect((await ask('GET', '/api/v1/mood', { headers: { ...nobody, cookie: `barometer_session=${token}` } })).statusCode).toBe(401);
  });

  it('ends the previous session of the same browser', async () => {
    const { ask, signIn, kept } = await api();
    const headers = await signIn('anna', 'read');
    await ask('GET', `${SESSION}/callback?as=bert`, { headers: { ...nobody, cookie: `${headers.cookie}; barometer_sign_in=sealed` } });
    expect([...kept.values()].map(({ name }) => name)).toEqual(['bert']);
  });
});

describe('a session after a sign-in', () => {
  it.each([
    ['read', 200, 403, 403],
    ['write', 200, 202, 403],
    ['admin', 200, 202, 200],
  ])('with the role %s may read, change and administer what it should', async (role, reads, changes, administers) => {
    const { ask, signIn } = await api();
    const headers = { ...(await signIn('anna', role)), ...own };
    expect([
      (await ask('GET', '/api/v1/mood', { headers })).statusCode,
      (await ask('POST', '/api/v1/sources/daily/poll', { headers })).statusCode,
      (await ask('GET', '/api/v1/sessions', { headers })).statusCode,
    ]).toEqual([reads, changes, administers]);
    expect(capabilitiesSchema.parse((await ask('GET', '/api/v1/capabilities', { headers })).json()).auth).toEqual({ required: true, role });
  });

  it('says whose it is, and the same for a key and for this computer', async () => {
    const { ask, signIn, clock } = await api();
    const state = async (headers: Record<string, string>) => sessionStateSchema.parse((await ask('GET', SESSION, { headers })).json());
    expect(await state(await signIn('anna', 'write'))).toEqual({
      required: true,
      provider: true,
      by: 'sign-in',
      role: 'write',
      name: 'anna',
      email: 'anna@example.org',
      expiresAt: new Date(clock.now() + 3_600_000).toISOString(),
    });
    expect(await state({ ...nobody, authorization: `Bearer ${READ_KEY}` })).toEqual({
      required: true,
      provider: true,
      by: 'key',
      role: 'read',
      name: 'key to read',
    });
    expect(await state(nobody)).toEqual({ required: true, provider: true, by: null, role: null });
    const alone = await testApi(fakeDependencies().deps);
    expect((await alone.ask('GET', SESSION)).json()).toEqual({ required: false, provider: false, by: 'computer', role: 'write' });
  });

  it("ends after its time, by signing out, and with the provider's own session", async () => {
    const { ask, signIn, clock, provider, kept } = await api();
    const reads = async (headers: Record<string, string>) => (await ask('GET', '/api/v1/mood', { headers })).statusCode;
    const first = await signIn('anna', 'read');
    clock.advance(3_600_000);
    expect(await reads(first)).toBe(401);
    kept.clear();
    const second = await signIn('anna', 'read');
    const out = await ask('DELETE', SESSION, { headers: second });
    expect([out.statusCode, out.json(), await reads(second), kept.size]).toEqual([
      200,
      { providerSignOut: 'https://id.example/end?to=http%3A%2F%2Fmood.example%2F' },
      401,
      0,
    ]);
    expect(out.headers['set-cookie']).toContain('barometer_session=; ');
    provider.endsSessions = false;
    const third = await signIn('anna', 'read');
    expect([(await ask('DELETE', SESSION, { headers: third })).statusCode, await reads(third)]).toEqual([204, 401]);
  });

  it('works only in a cookie', async () => {
    const { ask, signIn } = await api();
    const token = (await signIn('anna', 'admin')).cookie.replace('barometer_session=', '');
    expect((await ask('GET', '/api/v1/mood', { headers: { ...nobody, authorization: `Bearer ${token}` } })).statusCode).toBe(401);
    expect((await ask('GET', `/feeds/articles.json?key=${token}`, { headers: nobody })).statusCode).toBe(401);
    expect((await ask('POST', SESSION, { headers: nobody, payload: { key: token } })).statusCode).toBe(401);
  });

  it('changes nothing on request of another page', async () => {
    const { ask, signIn } = await api({ allowedOrigins: ['https://board.example'] });
    for (const cookie of [(await signIn('anna', 'admin')).cookie, `barometer_session=${WRITE_KEY}`]) {
      const status = async (more: Record<string, string>) =>
        (await ask('POST', '/api/v1/sources/daily/poll', { headers: { ...nobody, cookie, ...more } })).statusCode;
      expect([
        await status({}),
        await status({ origin: 'https://board.example' }),
        await status({ origin: 'https://evil.example' }),
        await status({ origin: 'null' }),
      ]).toEqual([403, 403, 403, 403]);
      expect([
        await status({ 'sec-fetch-site': 'same-site' }),
        await status({ 'sec-fetch-site': 'cross-site' }),
        await status({ ...own, 'sec-fetch-site': 'cross-site' }),
      ]).toEqual([403, 403, 403]);
      expect([await status(own), await status({ 'sec-fetch-site': 'same-origin' }), await status({ 'sec-fetch-site': 'none' })]).toEqual([202, 202, 202]);
    }
    expect(
      (await ask('POST', '/api/v1/sources/daily/poll', { headers: { ...nobody, authorization: `Bearer ${WRITE_KEY}`, origin: 'https://board.example' } }))
        .statusCode,
    ).toBe(202);
  });

  it('has its own rate limit', async () => {
    const { ask, signIn } = await api({ rateLimit: 4 });
    const [anna, bert] = [await signIn('anna', 'read'), await signIn('bert', 'read')];
    const statuses = async (headers: Record<string, string>) => {
      const codes: number[] = [];
      for (let request = 0; request < 5; request += 1) codes.push((await ask('GET', '/api/v1/mood', { headers })).statusCode);
      return codes;
    };
    for (const headers of [anna, bert]) expect(await statuses(headers)).toEqual([200, 200, 200, 200, 429]);
  });
});

describe('an administrator', () => {
  it('sees who is signed in, and ends one session or all', async () => {
    const { ask, signIn, clock } = await api();
    const [admin, anna] = [{ ...(await signIn('dora', 'admin')), ...own }, await signIn('anna', 'write')];
    const { items } = sessionsSchema.parse((await ask('GET', '/api/v1/sessions', { headers: admin })).json());
    const at = new Date(clock.now()).toISOString();
    expect(items).toEqual(
      [
        ['dora', 'admin', true],
        ['anna', 'write', false],
      ].map(([name, role, current]) => ({
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        name,
        email: `${String(name)}@example.org`,
        role,
        current,
        createdAt: at,
        seenAt: at,
        expiresAt: new Date(clock.now() + 3_600_000).toISOString(),
      })),
    );
    expect((await ask('DELETE', `/api/v1/sessions/${items[1]?.id}`, { headers: admin })).statusCode).toBe(204);
    expect((await ask('GET', '/api/v1/mood', { headers: anna })).statusCode).toBe(401);
    expect(problemOf(await ask('DELETE', `/api/v1/sessions/${items[1]?.id}`, { headers: admin })).status).toBe(404);
    expect(problemOf(await ask('DELETE', '/api/v1/sessions/x', { headers: admin })).errors?.[0]?.field).toBe('id');
    await signIn('anna', 'write');
    expect((await ask('DELETE', '/api/v1/sessions', { headers: admin })).json()).toEqual({ ended: 2 });
    expect((await ask('GET', '/api/v1/sessions', { headers: admin })).statusCode).toBe(401);
  });

  it('is no holder of a key, and does not exist on a computer that needs none', async () => {
    const { ask } = await api();
    expect(problemOf(await ask('GET', '/api/v1/sessions', { headers: { ...nobody, authorization: `Bearer ${WRITE_KEY}` } })).detail).toContain('OIDC_ADMINS');
    expect((await (await testApi(fakeDependencies().deps)).ask('GET', '/api/v1/sessions')).statusCode).toBe(403);
  });
});
