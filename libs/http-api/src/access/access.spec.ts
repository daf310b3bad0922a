import type { InjectOptions } from 'fastify';
import { capabilitiesSchema } from '../contract';
import { fakeDependencies, READ_KEY, WRITE_KEY } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

const elsewhere = { loopback: false };
const bearer = (key: string) => ({ host: 'mood.example', authorization: `Bearer ${key}` });
const nobody = { host: 'mood.example' };

/** Every route, with an address and a body that it would accept. */
async function allRoutes(): Promise<{ method: string; url: string; options: Omit<InjectOptions, 'method' | 'url'> }[]> {
  const document = (await (await testApi(fakeDependencies().deps)).ask('GET', '/api/v1/openapi.json')).json();
  const bodies: Record<string, unknown> = {
    '/api/v1/analyze': { texts: ['x'] },
    '/api/v1/sources/preview': { url: 'https://x.example' },
    '/api/v1/topics/preview': { anyOf: ['x'] },
  };
  return Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      url: path.replace('{id}', path.includes('articles') ? 'd'.repeat(26) : 'daily') + (path.endsWith('breakdown') ? '?by=topic' : ''),
      options: bodies[path] ? { payload: bodies[path] as object } : {},
    })),
  );
}

const open = new Set([
  'GET /healthz',
  'GET /api/v1/session',
  'POST /api/v1/session',
  'DELETE /api/v1/session',
  'GET /api/v1/session/sign-in',
  'GET /api/v1/session/callback',
]);
const administers = (url: string) => url.startsWith('/api/v1/sessions');
const readable = new Set(['POST /api/v1/analyze', 'POST /api/v1/sources/preview', 'POST /api/v1/topics/preview', 'POST /api/v1/alerts/backtest']);

describe('on an address of the network', () => {
  it('serves no route without a key, except health and signing in', async () => {
    const { ask } = await testApi(fakeDependencies(elsewhere).deps);
    for (const { method, url, options } of await allRoutes()) {
      const response = await ask(method, url, { ...options, headers: nobody });
      const isOpen = open.has(`${method} ${url}`);
      expect([method, url, response.statusCode === 401]).toEqual([method, url, !isOpen]);
      if (!isOpen) expect(response.headers['www-authenticate']).toContain('Bearer');
    }
  });

  it('requires a write key for every change, and a read key for everything else', async () => {
    const routes = (await allRoutes()).filter(({ url }) => !url.endsWith('/live'));
    for (const { method, url, options } of routes) {
      const { ask } = await testApi(fakeDependencies(elsewhere).deps);
      const changes = method !== 'GET' && !open.has(`${method} ${url}`) && !readable.has(`${method} ${url}`);
      const [read, write] = [
        await ask(method, url, { ...options, headers: bearer(READ_KEY) }),
        await ask(method, url, { ...options, headers: bearer(WRITE_KEY) }),
      ];
      expect([method, url, read.statusCode === 403]).toEqual([method, url, changes || administers(url)]);
      expect([method, url, [401, 403, 500].includes(write.statusCode)]).toEqual([method, url, administers(url)]);
    }
    expect(routes.length).toBeGreaterThan(25);
  });

  it('refuses keys that are wrong, revoked or malformed', async () => {
    const { deps, roles } = fakeDependencies(elsewhere);
    const { ask } = await testApi(deps);
    for (const authorization of ['Bearer nonsense', 'Bearer', `Basic ${READ_KEY}`, `Bearer ${'x'.repeat(9999)}`, READ_KEY]) {
      expect(problemOf(await ask('GET', '/api/v1/mood', { headers: { ...nobody, authorization } })).status).toBe(401);
    }
    expect((await ask('GET', '/api/v1/mood', { headers: bearer(READ_KEY) })).statusCode).toBe(200);
    roles.delete(READ_KEY);
    expect((await ask('GET', '/api/v1/mood', { headers: bearer(READ_KEY) })).statusCode).toBe(401);
  });

  it('requires a key at unknown addresses of the API, however they are written', async () => {
    const { ask } = await testApi(fakeDependencies(elsewhere).deps);
    for (const url of ['/api/v1/nothing', '/api', '//api/v1/mood', '/%61pi/v1/mood', '/api/v1/mood/', '/api/v1/../v1/mood', '/api/v1/docs.css', '/x.php']) {
      expect([url, (await ask('GET', url, { headers: nobody })).statusCode]).toEqual([url, 401]);
    }
  });
});

describe('a session', () => {
  const signIn = async (protocol = 'http') => {
    const { deps } = fakeDependencies({ ...elsewhere, trustProxy: true });
    const { ask } = await testApi(deps);
    const headers = { ...nobody, 'x-forwarded-proto': protocol };
    return { ask, response: await ask('POST', '/api/v1/session', { payload: { key: READ_KEY }, headers }) };
  };

  it('exchanges a key for a cookie that no script and no other site can use', async () => {
    const { response } = await signIn();
    expect(response.json()).toEqual({ role: 'read' });
    expect(response.headers['set-cookie']).toBe(`barometer_session=${READ_KEY}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict`);
    expect((await signIn('https')).response.headers['set-cookie']).toMatch(/; Secure$/);
  });

  it('serves with the cookie, in the role of its key, until the session ends', async () => {
    const { ask } = await signIn();
    const headers = { ...nobody, cookie: `theme=dark; barometer_session=${READ_KEY}` };
    expect(capabilitiesSchema.parse((await ask('GET', '/api/v1/capabilities', { headers })).json()).auth).toEqual({ required: true, role: 'read' });
    expect((await ask('POST', '/api/v1/sources/daily/poll', { headers })).statusCode).toBe(403);
    const out = await ask('DELETE', '/api/v1/session', { headers });
    expect([out.statusCode, out.headers['set-cookie']]).toEqual([204, 'barometer_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict']);
  });

  it('is refused for a wrong key', async () => {
    const { ask } = await testApi(fakeDependencies(elsewhere).deps);
    for (const key of ['wrong', 'x; Path=/evil', `${READ_KEY}\r\nset-cookie: a=b`]) {
      const response = await ask('POST', '/api/v1/session', { payload: { key }, headers: nobody });
      expect([response.statusCode, response.headers['set-cookie']]).toEqual([401, undefined]);
    }
    expect(problemOf(await ask('POST', '/api/v1/session', { payload: {}, headers: nobody })).errors?.[0]?.field).toBe('key');
  });

  it('cannot be used by a page of another origin', async () => {
    const { ask } = await testApi(fakeDependencies(elsewhere).deps);
    const cookie = `barometer_session=${WRITE_KEY}`;
    const poll = (more: Record<string, string>) => ask('POST', '/api/v1/sources/daily/poll', { headers: { ...nobody, cookie, ...more } });
    expect((await poll({ origin: 'https://mood.example' })).statusCode).toBe(202);
    expect((await poll({ origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await poll({ origin: 'null' })).statusCode).toBe(403);
    expect((await poll({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
  });
});

describe('on loopback', () => {
  it.each([
    ['127.0.0.1:4600', 200],
    ['localhost', 200],
    ['[::1]:4600', 200],
    ['127.8.8.8', 200],
    ['barometer.localhost:4600', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example:4600', 403],
    ['192.168.0.5:4600', 403],
    ['localhost@evil.example', 403],
    ['127.0.0.1@evil.example', 403],
  ])('answers the host "%s" with %i', async (host, status) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('GET', '/api/v1/mood', { headers: { host } });
    expect(response.statusCode).toBe(status);
    if (status === 403) expect(problemOf(response).errors?.[0]?.field).toBe('Host');
  });

  it.each([
    ['http://127.0.0.1:4600', 200],
    ['http://localhost:5173', 200],
    ['http://[::1]:4600', 200],
    ['https://evil.example', 403],
    ['null', 403],
    ['http://localhost.evil.example', 403],
    ['file://', 403],
  ])('answers the origin "%s" with %i', async (origin, status) => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect((await ask('GET', '/api/v1/mood', { headers: { origin } })).statusCode).toBe(status);
  });

  it('refuses changes sent from other sites, and allows links', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await ask('POST', '/api/v1/sources/daily/poll', { headers })).statusCode).toBe(403);
    expect((await ask('DELETE', '/api/v1/sources/daily', { headers })).statusCode).toBe(403);
    expect((await ask('GET', '/api/v1/mood', { headers })).statusCode).toBe(200);
  });

  it('admits a listed origin, and says so to the browser', async () => {
    const { ask } = await testApi(fakeDependencies({ allowedOrigins: ['https://board.example'] }).deps);
    const response = await ask('GET', '/api/v1/mood', { headers: { origin: 'https://board.example' } });
    expect([response.statusCode, response.headers['access-control-allow-origin']]).toEqual([200, 'https://board.example']);
    const plain = await (await testApi(fakeDependencies().deps)).ask('GET', '/api/v1/mood', { headers: { origin: 'http://localhost:1' } });
    expect(plain.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the rate limit', () => {
  it('counts by key, and by address if there is no valid key', async () => {
    const { ask } = await testApi(fakeDependencies({ ...elsewhere, rateLimit: 2 }).deps);
    const statuses = async (headers: Record<string, string>) => [
      (await ask('GET', '/api/v1/mood', { headers })).statusCode,
      (await ask('GET', '/api/v1/mood', { headers })).statusCode,
    ];
    expect(await statuses(bearer(READ_KEY))).toEqual([200, 200]);
    const over = await ask('GET', '/api/v1/mood', { headers: bearer(READ_KEY) });
    expect([over.statusCode, problemOf(over).type]).toEqual([429, '/api/v1/docs#problem-too-many-requests']);
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
    expect(await statuses(bearer(WRITE_KEY))).toEqual([200, 200]);
    expect(await statuses(bearer('guess-1'))).toEqual([401, 401]);
    expect((await ask('GET', '/api/v1/mood', { headers: bearer('guess-2') })).statusCode).toBe(429);
    expect((await ask('GET', '/healthz', { headers: nobody })).statusCode).toBe(200);
    expect((await ask('GET', '/api/v1/nothing', { headers: bearer('guess-3') })).statusCode).toBe(429);
  });

  it('lets nobody lock out the owner of this computer', async () => {
    const { ask } = await testApi(fakeDependencies({ rateLimit: 1 }).deps);
    for (let request = 0; request < 3; request += 1) expect((await ask('GET', '/api/v1/mood')).statusCode).toBe(200);
  });
});
