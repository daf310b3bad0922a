import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsFault } from '@barometer/aws';
import { AnalysisError } from '@barometer/sentiment-lambda';
import { dashboardUnderTest } from './testing/dashboard-under-test';
import { memoryBindings } from './testing/memory-bindings';
import { tokens } from './tokens';

describe('the dashboard function', () => {
  it('answers health to anyone, and the rest of the API only with a key', async () => {
    const { ask, addKey } = dashboardUnderTest(memoryBindings());
    expect(await ask('GET', '/healthz')).toMatchObject({ statusCode: 200, body: '{"status":"ok","version":"1.2.3"}' });
    expect((await ask('GET', '/api/v1/mood')).statusCode).toBe(401);
    expect((await ask('GET', '/api/v1/mood', { headers: await addKey('read') })).statusCode).toBe(200);
  });

  it('refuses changes without a key and with a read-only key, on every route', async () => {
    const { ask, addKey } = dashboardUnderTest(memoryBindings());
    const headers = await addKey('read');
    const { paths } = JSON.parse((await ask('GET', '/api/v1/openapi.json', { headers })).body) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [method.toUpperCase(), path.replace('{id}', 'x')] as const),
    );
    const changesNothing = new Set([
      'POST /api/v1/analyze',
      'POST /api/v1/sources/preview',
      'POST /api/v1/topics/preview',
      'POST /api/v1/alerts/backtest',
      'POST /api/v1/session',
      'DELETE /api/v1/session',
    ]);
    const changes = routes.filter(([method, path]) => method !== 'GET' && !changesNothing.has(`${method} ${path}`));
    expect(changes.length).toBeGreaterThanOrEqual(9);
    for (const [method, path] of changes) {
      const answers = [await ask(method, path), await ask(method, path, { headers })].map(({ statusCode }) => statusCode);
      expect([method, path, ...answers]).toEqual([method, path, 401, 403]);
    }
  });

  it('tells clients to poll, and keeps a session in a cookie that only travels encrypted', async () => {
    const { ask, addKey } = dashboardUnderTest(memoryBindings());
    const headers = await addKey('write');
    expect(JSON.parse((await ask('GET', '/api/v1/capabilities', { headers })).body)).toMatchObject({ live: 'poll', auth: { required: true, role: 'write' } });
    const session = await ask('POST', '/api/v1/session', { body: { key: headers.authorization.slice('Bearer '.length) } });
    expect(session.cookies?.[0]).toMatch(/HttpOnly; SameSite=Strict; Secure$/);
  });

  it('takes a comma in a search for a comma', async () => {
    const { ask, addKey } = dashboardUnderTest(memoryBindings());
    expect((await ask('GET', '/api/v1/articles?q=peace,war', { headers: await addKey('read') })).statusCode).toBe(200);
  });

  it('limits the rate by the address that Lambda reports, not by one that a header claims', async () => {
    const { ask } = dashboardUnderTest(memoryBindings(), { environment: { RATE_LIMIT: '2' } });
    const answers = [];
    for (const claimed of ['1.1.1.1', '2.2.2.2', '3.3.3.3'])
      answers.push((await ask('GET', '/api/v1/mood', { headers: { 'x-forwarded-for': claimed } })).statusCode);
    expect(answers).toEqual([401, 401, 429]);
  });

  it('serves the page of its bundle, text as text and pictures in base64', async () => {
    const webRoot = await mkdtemp(join(tmpdir(), 'barometer-page-'));
    await writeFile(join(webRoot, 'index.html'), '<title>Barometer</title>');
    await writeFile(join(webRoot, 'manifest.webmanifest'), '{"name":"Barometer"}');
    await writeFile(join(webRoot, 'sw.js'), 'self;');
    await writeFile(join(webRoot, 'icon.png'), Buffer.from([137, 80, 78, 71, 255]));
    try {
      const { ask } = dashboardUnderTest(memoryBindings(), { environment: { WEB_ROOT: webRoot } });
      expect(await ask('GET', '/')).toMatchObject({ statusCode: 200, isBase64Encoded: false, body: '<title>Barometer</title>' });
      expect(await ask('GET', '/manifest.webmanifest')).toMatchObject({
        isBase64Encoded: false,
        body: '{"name":"Barometer"}',
        headers: { 'content-type': 'application/manifest+json', 'cache-control': 'no-cache' },
      });
      expect(await ask('GET', '/sw.js')).toMatchObject({
        isBase64Encoded: false,
        body: 'self;',
        headers: { 'content-type': 'application/javascript; charset=utf-8', 'cache-control': 'no-cache' },
      });
      expect(await ask('GET', '/icon.png')).toMatchObject({
        statusCode: 200,
        isBase64Encoded: true,
        body: Buffer.from([137, 80, 78, 71, 255]).toString('base64'),
      });
    } finally {
      await rm(webRoot, { recursive: true });
    }
  });

  it('analyses texts, and says why when it cannot', async () => {
    const { ask, addKey, container } = dashboardUnderTest(memoryBindings());
    const headers = await addKey('read');
    const analyse = () => ask('POST', '/api/v1/analyze', { headers, body: { texts: ['Peace at last'] } });
    expect(JSON.parse((await analyse()).body)).toMatchObject({ results: [{ label: 'positive' }] });
    container.get(tokens.classifier).classify = () => Promise.reject(new AnalysisError('timeout', 'barometer-test-analysis did not answer within 12000 ms.'));
    expect(JSON.parse((await analyse()).body)).toMatchObject({ status: 503, detail: 'The analysis did not answer in time; try again.' });
  });

  it('keeps analysing after a throttled or slow answer, but not while it is denied', async () => {
    const { ask, addKey, container } = dashboardUnderTest(memoryBindings());
    const headers = await addKey('read');
    const analyse = async () => (await ask('POST', '/api/v1/analyze', { headers, body: { texts: ['Peace at last'] } })).statusCode;
    const watch = container.get(tokens.analysisWatch);
    const statuses = [];
    for (const kind of ['busy', 'unreachable', 'denied'] as const) {
      Object.assign(watch, { fault: new AwsFault(kind, kind, kind, undefined) });
      statuses.push(await analyse());
    }
    expect(statuses).toEqual([200, 200, 503]);
  });

  it('counts requests and failures', async () => {
    const { ask, telemetry } = dashboardUnderTest(memoryBindings());
    await ask('GET', '/healthz');
    expect(telemetry.metrics).toEqual({ Requests: 1, RequestsFailed: 0, RequestTime: expect.any(Number) });
  });

  it('refuses an event that is no request', async () => {
    const { send, telemetry } = dashboardUnderTest(memoryBindings());
    await expect(send({ Records: [] })).rejects.toThrow('no request of a Function URL');
    expect(telemetry.ended).toBe(1);
  });

  it('ends a request to a slow table in a problem document within its time limit', async () => {
    const { ask, addKey, container, telemetry } = dashboardUnderTest(memoryBindings(), { environment: { REQUEST_TIME_LIMIT_MS: '100' } });
    const headers = await addKey('read');
    container.get(tokens.reportStore).watermark = () => new Promise(() => undefined);
    const answer = await ask('GET', '/api/v1/mood', { headers });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 503, detail: 'The server could not answer within its time limit.', instance: '/api/v1/mood' });
    expect(telemetry.metrics).toMatchObject({ RequestsFailed: 1 });
  });

  it('shows in /readyz what is wrong, to callers with a key', async () => {
    const fault = new AwsFault(
      'denied',
      'AWS denies dynamodb:Query on the table "news": grant it to the role of this function.',
      'AWS denies access to the table.',
      undefined,
    );
    const { ask, addKey, container } = dashboardUnderTest(memoryBindings());
    const headers = await addKey('read');
    expect((await ask('GET', '/readyz', { headers })).statusCode).toBe(200);
    Object.assign(container.get(tokens.tableWatch), { fault });
    expect((await ask('GET', '/readyz')).statusCode).toBe(401);
    const answer = await ask('GET', '/readyz', { headers });
    expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
      503,
      { ready: false, parts: { store: { state: 'failed', message: fault.message }, model: { state: 'ok' } } },
    ]);
  });
});
