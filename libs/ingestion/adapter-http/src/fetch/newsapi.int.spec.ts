import { ManualClock, SECOND } from '@barometer/kernel';
import { fetcherBench, NOW, redirect, send } from '../testing/fetcher-bench';
import type { HttpFeedFetcherOptions } from './http-feed-fetcher';

const bench = fetcherBench();

describe('NewsAPI', () => {
  const KEY = 'top-secret-key';
  const newsApi = (options: Partial<HttpFeedFetcherOptions> = {}) =>
    bench.fetcherWith({ newsApiBase: `${bench.server.origin}/v2/`, newsApiKey: () => Promise.resolve(KEY), ...options });

  it('sends the key in a header only', async () => {
    bench.answer = send('{"status":"ok","articles":[]}', { 'content-type': 'application/json' });
    const result = await newsApi().fetch({ url: 'newsapi:top-headlines?country=us' });
    expect(result).toMatchObject({ ok: true, value: { kind: 'document' } });
    expect(bench.server.requests[0]?.url).toBe('/v2/top-headlines?country=us&pageSize=100');
    expect(bench.server.requests[0]?.headers['x-api-key']).toBe(KEY);
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  it.each([
    ['newsapi:sources', 'invalid-url'],
    ['newsapi:top-headlines/../../x', 'invalid-url'],
    ['newsapi:everything?q=a&apiKey=abc', 'invalid-url'],
  ])('refuses %s', async (url, expected) => {
    expect(await newsApi().fetch({ url })).toMatchObject({ ok: false, error: { code: expected } });
  });

  it('reports a missing or refused key', async () => {
    const without = await newsApi({ newsApiKey: () => Promise.resolve(undefined) }).fetch({ url: 'newsapi:everything?q=a' });
    expect(without).toMatchObject({ ok: false, error: { code: 'missing-key' } });
    bench.answer = send('{"status":"error"}', {}, 401);
    expect(await newsApi().fetch({ url: 'newsapi:everything?q=a' })).toMatchObject({ ok: false, error: { code: 'missing-key', httpStatus: 401 } });
  });

  it('sends no more requests after the quota was exceeded, until the time is over', async () => {
    const time = new ManualClock(NOW);
    bench.answer = send('{"status":"error","code":"rateLimited"}', { 'retry-after': '3600' }, 429);
    const fetcher = newsApi({ clock: time });
    const quota = { ok: false, error: { code: 'quota', httpStatus: 429 } };
    expect(await fetcher.fetch({ url: 'newsapi:everything?q=a' })).toMatchObject({ ...quota, error: { retryAfterMs: 3600 * SECOND } });
    time.advance(600 * SECOND);
    expect(await fetcher.fetch({ url: 'newsapi:everything?q=b' })).toMatchObject({ ...quota, error: { retryAfterMs: 3000 * SECOND } });
    expect(bench.server.requests).toHaveLength(1);
    time.advance(3001 * SECOND);
    bench.answer = send('{"status":"ok","articles":[]}');
    expect(await fetcher.fetch({ url: 'newsapi:everything?q=b' })).toMatchObject({ ok: true });
  });

  it('stays within the daily number of requests', async () => {
    bench.answer = send('{"status":"ok","articles":[]}');
    const fetcher = newsApi({ newsApiDailyRequests: 2 });
    const codes: string[] = [];
    for (let request = 0; request < 3; request += 1) {
      const result = await fetcher.fetch({ url: 'newsapi:everything?q=a' });
      codes.push(result.ok ? 'ok' : result.error.code);
    }
    expect(codes).toEqual(['ok', 'ok', 'quota']);
  });

  it('does not pass the key on to a redirect', async () => {
    bench.answer = redirect(302, 'http://elsewhere.example/');
    expect(await newsApi().fetch({ url: 'newsapi:everything?q=a' })).toMatchObject({ ok: false, error: { code: 'too-many-redirects' } });
    expect(bench.server.requests).toHaveLength(1);
  });
});
