import type { ServerResponse } from 'node:http';
import { SECOND } from '@barometer/kernel';
import { FEED, fetcherBench, redirect, send } from '../testing/fetcher-bench';

const bench = fetcherBench();

describe('requests', () => {
  it('name the project and send the validators of the last answer', async () => {
    bench.answer = send('', {}, 304);
    const result = await bench.fetcherWith().fetch({ url: bench.server.origin, etag: '"v1"', lastModified: 'Mon, 05 Jan 2026 00:00:00 GMT' });
    expect(result).toMatchObject({ ok: true, value: { kind: 'not-modified' } });
    expect(bench.server.requests[0]?.headers).toMatchObject({
      'user-agent': expect.stringContaining('Barometer'),
      'if-none-match': '"v1"',
      'if-modified-since': 'Mon, 05 Jan 2026 00:00:00 GMT',
    });
  });

  it("use the User-Agent of the request, else the configured one, else Barometer's, on every hop", async () => {
    bench.answer = (request, response) => (request.url === '/' ? redirect(302, '/feed') : send(FEED))(request, response);
    const url = bench.server.origin;
    const told = bench.fetcherWith({ userAgent: 'Told/1.0' });
    for (const userAgent of ['Own/1.0 (x; y)', undefined]) await told.fetch({ url, ...(userAgent !== undefined && { userAgent }) });
    await bench.fetcherWith({ userAgent: undefined }).fetch({ url });
    const names = bench.server.requests.map(({ headers }) => headers['user-agent']);
    expect(names).toEqual([...Array(2).fill('Own/1.0 (x; y)'), ...Array(2).fill('Told/1.0'), ...Array(2).fill(expect.stringMatching(/^Barometer\//))]);
  });

  it('return the document with its validators and freshness', async () => {
    bench.answer = send(FEED, { etag: 'W/"2"', 'last-modified': 'x', 'cache-control': 'public, max-age=600', 'content-type': 'text/xml; charset=utf-8' });
    expect(await bench.get('/feed')).toMatchObject({
      ok: true,
      value: {
        kind: 'document',
        etag: 'W/"2"',
        lastModified: 'x',
        maxAgeMs: 600 * SECOND,
        contentType: 'text/xml; charset=utf-8',
        url: `${bench.server.origin}/feed`,
        httpStatus: 200,
      },
    });
  });

  it.each([
    [429, { 'retry-after': '120' }, { code: 'http-status', httpStatus: 429, retryAfterMs: 120 * SECOND }],
    [503, { 'retry-after': 'Mon, 05 Jan 2026 12:01:00 GMT' }, { code: 'http-status', httpStatus: 503, retryAfterMs: 60 * SECOND }],
    [404, {}, { code: 'http-status', httpStatus: 404 }],
    [410, {}, { code: 'gone', httpStatus: 410 }],
  ])('report HTTP status %i', async (status, headers, error) => {
    bench.answer = send('no', headers as Record<string, string>, status);
    expect(await bench.get()).toMatchObject({ ok: false, error });
  });
});

describe('requests with a time limit', () => {
  it.each([
    ['headers', () => undefined],
    ['a slow body', (response: ServerResponse) => void setInterval(() => response.write('<'), 20).unref()],
  ])('end while waiting for %s', async (_name, drip) => {
    bench.answer = (_, response) => drip(response);
    expect(await bench.code('/', { totalMs: 300 })).toBe('timeout');
  });

  it('end if a name is never resolved', async () => {
    const result = await bench.fetcherWith({ lookup: () => undefined, connectMs: 200 }).fetch({ url: 'http://silent.example/' });
    expect(result).toMatchObject({ ok: false, error: { code: 'timeout' } });
  });

  it('count all redirects together', async () => {
    bench.answer = (_, response) => void setTimeout(() => redirect(302, '/again')(_, response), 150);
    expect(await bench.code('/', { totalMs: 300 })).toBe('timeout');
  });
});
