import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeDependencies } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

describe('the page', () => {
  let webRoot: string;
  beforeAll(() => {
    webRoot = mkdtempSync(join(tmpdir(), 'barometer-page-'));
    mkdirSync(join(webRoot, 'assets'));
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Barometer</title>');
    writeFileSync(join(webRoot, 'favicon.svg'), '<svg/>');
    writeFileSync(join(webRoot, 'sw.js'), 'addEventListener("install", () => {});');
    writeFileSync(join(webRoot, 'manifest.webmanifest'), '{"name":"Barometer"}');
    writeFileSync(join(webRoot, 'assets', 'index-Ab3_d-9Z.js'), 'export {};');
  });
  afterAll(() => rmSync(webRoot, { recursive: true }));

  it('is served with its views, and its hashed files with a long cache time', async () => {
    const { ask } = await testApi({ ...fakeDependencies().deps, webRoot });
    for (const url of ['/', '/index.html', '/articles/x', '/?period=7d']) {
      const { statusCode, headers, body } = await ask('GET', url);
      expect([url, statusCode, headers['content-type'], headers['cache-control']]).toEqual([url, 200, 'text/html; charset=utf-8', 'no-cache']);
      expect(body).toContain('Barometer');
    }
    const script = await ask('GET', '/assets/index-Ab3_d-9Z.js');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await ask('GET', '/favicon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it('serves the service worker and the manifest to everyone, revalidated each time, with the policy of the page', async () => {
    const { ask } = await testApi({ ...fakeDependencies({ loopback: false }).deps, webRoot });
    const headers = { host: 'mood.example' };
    const page = await ask('GET', '/', { headers });
    for (const [url, type] of [
      ['/sw.js', 'application/javascript; charset=utf-8'],
      ['/manifest.webmanifest', 'application/manifest+json'],
    ] as const) {
      const answer = await ask('GET', url, { headers });
      expect([url, answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([url, 200, type, 'no-cache']);
      expect(answer.headers['content-security-policy']).toBe(page.headers['content-security-policy']);
      // The worker is above everything it serves, so it needs no wider scope than its own folder.
      expect(answer.headers).not.toHaveProperty('service-worker-allowed');
    }
    expect(page.headers['content-security-policy']).toMatch(/default-src 'self'.*manifest-src 'self'/);
    expect(page.headers['content-security-policy']).not.toMatch(/unsafe|worker-src/);
  });

  it('is not served in place of missing files, the API or other methods', async () => {
    const { ask } = await testApi({ ...fakeDependencies().deps, webRoot });
    for (const url of ['/assets/gone-12345678.js', '/api/v1/nothing', '/api', '/robots.txt', '/..%2f..%2fetc/passwd.x']) {
      expect([url, problemOf(await ask('GET', url)).status]).toEqual([url, 404]);
    }
    expect(problemOf(await ask('POST', '/articles')).status).toBe(404);
  });

  it('needs no key, since it contains no data; the API does', async () => {
    const { ask } = await testApi({ ...fakeDependencies({ loopback: false }).deps, webRoot });
    const headers = { host: 'mood.example' };
    expect((await ask('GET', '/', { headers })).statusCode).toBe(200);
    expect((await ask('GET', '/assets/index-Ab3_d-9Z.js', { headers })).statusCode).toBe(200);
    for (const url of ['/api/v1/mood', '/api/v1/nothing', '/api/v1/docs', '/readyz']) {
      expect([url, (await ask('GET', url, { headers })).statusCode]).toEqual([url, 401]);
    }
  });

  it('says how to build it if it is missing', async () => {
    const { ask } = await testApi({ ...fakeDependencies().deps, webRoot: join(webRoot, 'gone') });
    const response = await ask('GET', '/');
    expect([response.statusCode, response.headers['content-type']]).toEqual([503, 'text/plain; charset=utf-8']);
    expect(response.body).toContain('npx nx build web');
  });
});
