import fc from 'fast-check';
import { fakeDependencies } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

describe('problem documents', () => {
  it('say what does not exist', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('GET', '/api/v1/nothing?secret=1'))).toEqual({
      type: '/api/v1/docs#problem-not-found',
      title: 'There is no such thing here',
      status: 404,
      detail: 'Nothing is served at this address.',
      instance: '/api/v1/nothing',
    });
    expect(problemOf(await ask('GET', '/api/v1/%zz')).status).toBe(400);
  });

  it.each([
    ['POST', '/api/v1/mood', 'GET, HEAD'],
    ['DELETE', '/api/v1/articles/x', 'GET, HEAD'],
    ['PUT', '/api/v1/sources/daily', 'GET, HEAD, PATCH, DELETE'],
    ['GET', '/api/v1/analyze', 'POST'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('say which methods %s %s accepts', async (method, url, allow) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask(method, url);
    expect([problemOf(response).status, response.headers.allow]).toEqual([405, allow]);
  });

  it.each([
    ['/api/v1/articles?limit=0', 'limit', 'must be a whole number from 1 to 100'],
    ['/api/v1/articles?label=angry', 'label', 'must be one of "negative", "neutral", "positive"'],
    ['/api/v1/mood?topic=a&topic=b', 'topic', 'must be of type string, not array'],
  ])('name the wrong field of %s in words', async (url, field, message) => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('GET', url))).toMatchObject({ status: 400, detail: `${field}: ${message}`, errors: [{ field, message }] });
  });

  it('name a field that is missing, and one that is too small', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('POST', '/api/v1/sources', { payload: { intervalMinutes: -5 } });
    expect(problemOf(response).errors).toEqual([
      { field: 'url', message: 'is missing' },
      { field: 'intervalMinutes', message: 'must be at least 1' },
    ]);
  });

  it('hide unexpected errors, and log them', async () => {
    const { deps, logged } = fakeDependencies();
    const { ask } = await testApi({ ...deps, real: { ...deps.real, mood: { execute: () => Promise.reject(new Error('password is hunter2')) } } });
    const response = await ask('GET', '/api/v1/mood?topic=energy');
    expect(problemOf(response)).toMatchObject({ status: 500, detail: 'The server could not answer; its log says why.' });
    expect(response.body).not.toContain('hunter2');
    expect(response.headers.etag).toBeUndefined();
    expect(logged[0]).toMatch(/^GET \/api\/v1\/mood: .*hunter2/);
  });

  it('show of an outage only what anyone may see', async () => {
    const { deps, logged } = fakeDependencies();
    const cause = Object.assign(new Error('table barometer-7 is gone'), { statusCode: 503, publicMessage: 'The table does not exist.' });
    const outage = new Error('The store could not read.', { cause });
    const { ask } = await testApi({ ...deps, real: { ...deps.real, mood: { execute: () => Promise.reject(outage) } } });
    const response = await ask('GET', '/api/v1/mood');
    expect(problemOf(response)).toMatchObject({ status: 503, detail: 'The table does not exist.' });
    expect(response.headers['retry-after']).toBe('5');
    expect(logged).toEqual([]);
  });

  it('end a request that takes too long, and ignore its late answer', async () => {
    const { deps, logged } = fakeDependencies({ requestTimeoutMs: 20 });
    const slow = Promise.withResolvers<never>();
    const { ask } = await testApi({ ...deps, real: { ...deps.real, mood: { execute: () => slow.promise } } });
    expect(problemOf(await ask('GET', '/api/v1/mood'))).toMatchObject({ status: 503, detail: 'The server could not answer within its time limit.' });
    slow.reject(new Error('too late'));
    expect((await ask('GET', '/healthz')).statusCode).toBe(200);
    expect(logged).toEqual([]);
  });

  it('replace a response that breaks its schema, with status 500', async () => {
    const { deps, logged } = fakeDependencies();
    const { ask } = await testApi({ ...deps, version: undefined as unknown as string });
    expect(problemOf(await ask('GET', '/api/v1/capabilities')).status).toBe(500);
    expect(logged).toHaveLength(1);
  });

  it('name at most twenty fields', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const problem = problemOf(await ask('POST', '/api/v1/analyze', { payload: { texts: Array.from({ length: 64 }, () => '') } }));
    expect(problem.errors).toHaveLength(20);
  });
});

describe('any request', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      'topic',
      'source',
      'from',
      'to',
      'period',
      'bucket',
      'tz',
      'by',
      'limit',
      'cursor',
      'q',
      'label',
      'state',
      '24h',
      '7d',
      '9999d',
      '-1',
      '1e9',
      'NaN',
      '2026-11-23',
      '0001-01-01',
      '9999-12-31T23:59:59.999Z',
      '2026-11-23T00:00:00+14:00',
      'UTC',
      'Asia/Kathmandu',
      'positive',
      '__proto__',
      'constructor',
      '1-0-',
      '%',
      'a[b]=c',
    ),
  );
  const query = fc
    .array(fc.tuple(words, words), { maxLength: 5 })
    .map((pairs) => pairs.map(([key, value]) => `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`).join('&'));
  const path = fc.constantFrom('mood', 'timeline', 'breakdown', 'articles', 'topics', 'sources', 'status', `articles/${'a'.repeat(26)}`);

  it('is answered or refused, never failed: queries', async () => {
    const { deps, logged } = fakeDependencies({ rateLimit: 1_000_000 });
    const { ask } = await testApi(deps);
    await fc.assert(
      fc.asyncProperty(path, query, async (where, what) => {
        const { statusCode } = await ask('GET', `/api/v1/${where}?${what}`);
        expect([200, 400, 404]).toContain(statusCode);
      }),
      {
        numRuns: 400,
        examples: [
          ['timeline', 'period=90d&bucket=hour&tz=Asia/Kathmandu'],
          ['mood', 'from=0001-01-01&to=0001-01-02'],
          ['articles', 'from=0001-01-01&to=9999-12-31'],
        ],
      },
    );
    expect(logged).toEqual([]);
  });

  it('is answered or refused, never failed: raw addresses', async () => {
    const { deps, logged } = fakeDependencies({ rateLimit: 1_000_000 });
    const { ask } = await testApi(deps);
    const raw = fc.string({ unit: fc.constantFrom('%', '2', 'f', 'z', '/', '.', '?', '&', '=', '[', ']', ';', ':', '*', 'a', '\\', '~'), maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(raw, async (text) => {
        expect((await ask('GET', `/api/v1/articles${text}`)).statusCode).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
    expect(logged).toEqual([]);
  });

  it('is answered or refused, never failed: bodies', async () => {
    const { deps, logged } = fakeDependencies({ rateLimit: 1_000_000 });
    const { ask } = await testApi(deps);
    const where = fc.constantFrom('analyze', 'topics', 'topics/preview', 'sources', 'sources/preview', 'session');
    const body = fc.oneof(
      fc.json(),
      fc.record({ texts: fc.array(fc.string({ unit: 'binary' })) }).map((value) => JSON.stringify(value)),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(where, body, async (address, payload) => {
        const { statusCode } = await ask('POST', `/api/v1/${address}`, { payload, headers: { 'content-type': 'application/json' } });
        expect(statusCode).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
    expect(logged).toEqual([]);
  });
});
