import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApi } from './build-api';
import { isBasePath, withoutBasePath } from './base-path';
import { fakeDependencies, READ_KEY, WRITE_KEY } from './testing/fake-dependencies';
import { problemOf, testApi } from './testing/test-api';

const basePath = '/tools/barometer';
const nobody = { host: 'mood.example' };
const bearer = (key: string) => ({ ...nobody, authorization: `Bearer ${key}` });

describe('below a base path', () => {
  let webRoot: string;
  beforeAll(() => {
    webRoot = mkdtempSync(join(tmpdir(), 'barometer-base-'));
    writeFileSync(
      join(webRoot, 'index.html'),
      '<meta name="barometer-base" content="" /><link href="./icon.svg"><script type="module" src="./assets/index.js"></script>',
    );
    writeFileSync(join(webRoot, 'icon.svg'), '<svg/>');
    for (const name of ['sw.js', 'manifest.webmanifest']) writeFileSync(join(webRoot, name), '{}');
  });
  afterAll(() => rmSync(webRoot, { recursive: true }));

  const api = async (more: Parameters<typeof fakeDependencies>[0] = {}) =>
    testApi({ ...fakeDependencies({ loopback: false, basePath, ...more }).deps, webRoot });

  it('serves the page, its views and its files, all linked there', async () => {
    const { ask } = await api();
    for (const url of [basePath, `${basePath}/`, `${basePath}?period=7d`, `${basePath}/index.html`, `${basePath}/articles/x`]) {
      const { statusCode, headers, body } = await ask('GET', url, { headers: nobody });
      expect([url, statusCode, headers['content-type'], headers['cache-control']]).toEqual([url, 200, 'text/html; charset=utf-8', 'no-cache']);
      expect(body).toBe(
        `<meta name="barometer-base" content="${basePath}" /><link href="${basePath}/icon.svg"><script type="module" src="${basePath}/assets/index.js"></script>`,
      );
    }
    expect((await ask('GET', `${basePath}/icon.svg`, { headers: nobody })).body).toBe('<svg/>');
    for (const name of ['sw.js', 'manifest.webmanifest'])
      expect([name, (await ask('GET', `${basePath}/${name}`, { headers: nobody })).headers['cache-control']]).toEqual([name, 'no-cache']);
    expect((await ask('HEAD', `${basePath}/`, { headers: nobody })).statusCode).toBe(200);
  });

  it('serves the API and health, and links within it', async () => {
    const { ask } = await api();
    const headers = bearer(WRITE_KEY);
    expect((await ask('GET', `${basePath}/api/v1/mood`, { headers })).statusCode).toBe(200);
    expect((await ask('GET', `${basePath}/healthz`)).statusCode).toBe(200);
    const added = await ask('POST', `${basePath}/api/v1/topics`, { headers, payload: { name: 'Whales', anyOf: ['whale'] } });
    expect([added.statusCode, added.headers.location]).toEqual([201, `${basePath}/api/v1/topics/whales`]);
    const source = await ask('POST', `${basePath}/api/v1/sources`, { headers, payload: { url: 'https://whales.example/feed', name: 'Whales' } });
    expect([source.statusCode, String(source.headers.location)]).toEqual([201, expect.stringMatching(new RegExp(`^${basePath}/api/v1/sources/`))]);
    const missing = problemOf(await ask('GET', `${basePath}/api/v1/articles/${'z'.repeat(26)}?q=x`, { headers }));
    expect([missing.type, missing.instance]).toEqual([`${basePath}/api/v1/docs#problem-not-found`, `${basePath}/api/v1/articles/${'z'.repeat(26)}`]);
  });

  it('offers feeds with links below it, and accepts their keys there', async () => {
    const { deps, roles } = fakeDependencies({ loopback: false, basePath });
    roles.set('bm_feed0000_secret', { role: 'feed', feed: 'articles?label=negative' });
    const { ask } = await testApi({ ...deps, webRoot });
    const feed = await ask('GET', `${basePath}/feeds/articles.json?label=negative&key=bm_feed0000_secret`, { headers: nobody });
    expect(JSON.parse(feed.body)).toMatchObject({
      selfUrl: `http://mood.example${basePath}/feeds/articles.json?label=negative`,
      pageUrl: `http://mood.example${basePath}/?label=negative`,
    });
  });

  it('serves its documentation there', async () => {
    const { ask } = await api();
    const document = (await ask('GET', `${basePath}/api/v1/openapi.json`, { headers: bearer(READ_KEY) })).json();
    expect([document.servers, Object.keys(document.paths).every((path) => !path.startsWith(basePath))]).toEqual([[{ url: basePath }], true]);
    const { body } = await ask('GET', `${basePath}/api/v1/docs`, { headers: bearer(READ_KEY) });
    for (const words of [
      `href="${basePath}/icon.svg"`,
      `href="${basePath}/api/v1/docs.css"`,
      `href="${basePath}/api/v1/openapi.json"`,
      `<a href="${basePath}/">`,
      `<code>${basePath}/api/v1/mood</code>`,
    ])
      expect(body).toContain(words);
  });

  it('limits its cookie to it', async () => {
    const { ask } = await api();
    const signedIn = await ask('POST', `${basePath}/api/v1/session`, { headers: nobody, payload: { key: READ_KEY } });
    expect(signedIn.headers['set-cookie']).toContain(`; Path=${basePath}; `);
    expect((await ask('DELETE', `${basePath}/api/v1/session`, { headers: nobody })).headers['set-cookie']).toContain(`; Path=${basePath}; `);
  });

  it('serves the same if a proxy strips the path, and nothing under another path', async () => {
    const { ask } = await api();
    expect((await ask('GET', '/', { headers: nobody })).body).toContain(`href="${basePath}/icon.svg"`);
    expect((await ask('GET', '/api/v1/mood', { headers: bearer(READ_KEY) })).statusCode).toBe(200);
    expect((await ask('GET', '/api/v1/mood', { headers: nobody })).statusCode).toBe(401);
    for (const url of [`${basePath}x/api/v1/mood`, '/tools/api/v1/mood.json', `${basePath}${basePath}/icon.svg`]) {
      expect([url, (await ask('GET', url, { headers: bearer(READ_KEY) })).statusCode]).toEqual([url, url.endsWith('svg') || url.endsWith('json') ? 404 : 200]);
    }
  });
});

describe('a proxy', () => {
  const claims = { ...bearer(WRITE_KEY), 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'mood.example' };
  const cookieOf = async (trustProxy: number | string[] | undefined, remoteAddress: string) => {
    const { ask } = await testApi(fakeDependencies({ loopback: false, ...(trustProxy !== undefined && { trustProxy }) }).deps);
    const { statusCode, headers } = await ask('POST', '/api/v1/session', {
      payload: { key: READ_KEY },
      remoteAddress,
      headers: { ...claims, host: '127.0.0.1:4600', origin: 'https://mood.example' },
    });
    return [statusCode, /; Secure$/.test(String(headers['set-cookie']))];
  };

  it.each([
    [1, '10.0.0.1'],
    [2, '::1'],
    [1, '::ffff:172.17.0.1'],
    [['192.0.2.1'], '192.0.2.1'],
    [['192.0.2.0/24'], '192.0.2.1'],
    [['10.0.0.1', 'uniquelocal'], '192.168.1.1'],
  ])('that is trusted (%j) says how and under which address the browser sent a request', async (trustProxy, from) => {
    expect(await cookieOf(trustProxy, from)).toEqual([200, true]);
  });

  it.each([
    [undefined, '192.0.2.1'],
    [1, '192.0.2.1'],
    [2, '2001:db8::1'],
    [['192.0.2.1'], '192.0.2.2'],
    [['loopback'], '192.0.2.1'],
  ])('that is not trusted (%j) is ignored', async (trustProxy, from) => {
    expect(await cookieOf(trustProxy, from)).toEqual([403, false]);
  });

  it('is counted, if proxies are trusted by number', async () => {
    const app = await buildApi(fakeDependencies({ loopback: false, trustProxy: 2 }).deps);
    app.get('/ip', { config: { access: 'public' } }, async (request) => request.ip);
    const ip = async (chain: string, remoteAddress = '10.0.0.1') =>
      (await app.inject({ url: '/ip', remoteAddress, headers: { ...nobody, 'x-forwarded-for': chain } })).body;
    expect([await ip('1.1.1.1, 203.0.113.7, 198.51.100.1'), await ip('203.0.113.7'), await ip('1.1.1.1', '203.0.113.9')]).toEqual([
      '203.0.113.7',
      '203.0.113.7',
      '203.0.113.9',
    ]);
  });

  it('that changes the host is reported with the headers that it has to pass on', async () => {
    const { ask } = await testApi(fakeDependencies({ loopback: false, trustProxy: 1 }).deps);
    const refused = problemOf(
      await ask('POST', '/api/v1/sources/daily/poll', { headers: { ...bearer(WRITE_KEY), host: '127.0.0.1:4600', origin: 'https://mood.example' } }),
    );
    expect([refused.status, refused.detail]).toEqual([
      403,
      expect.stringContaining('A proxy has to pass on the Host that the browser asked for, or X-Forwarded-Host with TRUST_PROXY naming that proxy.'),
    ]);
    const alone = problemOf(await (await testApi(fakeDependencies().deps)).ask('GET', '/api/v1/mood', { headers: nobody }));
    expect(alone.detail).toContain('Behind a proxy, TRUST_PROXY has to name that proxy.');
  });

  it('that is trusted says whom the rate limit counts; nothing else does', async () => {
    const statuses = async (trustProxy: string[]) => {
      const { ask } = await testApi(fakeDependencies({ loopback: false, rateLimit: 1, trustProxy }).deps);
      const from = async (address: string) =>
        (await ask('GET', '/api/v1/mood', { remoteAddress: '192.0.2.1', headers: { ...nobody, 'x-forwarded-for': address } })).statusCode;
      return [await from('203.0.113.7'), await from('203.0.113.8'), await from('203.0.113.7')];
    };
    expect(await statuses(['192.0.2.1'])).toEqual([401, 401, 429]);
    expect(await statuses(['192.0.2.9'])).toEqual([401, 429, 429]);
  });
});

it.each([
  ['/a', '/'],
  ['/a/', '/'],
  ['/a?x=1', '/?x=1'],
  ['/a/b?x=/a', '/b?x=/a'],
  ['/ab', '/ab'],
  ['/b', '/b'],
  ['/a//b', '//b'],
  ['/A/b', '/A/b'],
  ['', ''],
])('%s under /a is %s', (url, expected) => expect(withoutBasePath(url, '/a')).toBe(expected));

it.each(['/a', '/a/b', '/...', '/.well-known'])('%s is a valid base path', (path) => expect(isBasePath(path)).toBe(true));
it.each(['', 'a', '/', '/a/', '//a', '/..', '/a/..', '/a/.', '/a?b', '/a#b', '/a\\b', '/a\n', '/a:b', '/a"b', '/<a>'])('%j is not', (path) =>
  expect(isBasePath(path)).toBe(false),
);
