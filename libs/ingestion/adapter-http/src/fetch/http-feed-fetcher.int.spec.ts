import type { LookupAddress } from 'node:dns';
import type { IncomingMessage, ServerResponse } from 'node:http';
import net from 'node:net';
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { FetchedFeed } from '@barometer/ingestion';
import { ManualClock, SECOND } from '@barometer/kernel';
import { type LocalServer, startServer } from '../testing/local-server';
import { HttpFeedFetcher, type HttpFeedFetcherOptions } from './http-feed-fetcher';
import type { ResolveName } from './pinned-dispatcher';

const NOW = Date.UTC(2026, 0, 5, 12);
const FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>A feed that is here</title></channel></rss>';
const clock = new ManualClock(NOW);

let server: LocalServer;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const open: HttpFeedFetcher[] = [];

beforeAll(async () => void (server = await startServer((request, response) => answer(request, response))));
beforeEach(() => void (server.requests.length = 0));
afterEach(async () => void (await Promise.all(open.splice(0).map((fetcher) => fetcher.close()))));
afterAll(() => server.close());

function fetcherWith(options: Partial<HttpFeedFetcherOptions> = {}): HttpFeedFetcher {
  const fetcher = new HttpFeedFetcher({ allowPrivate: true, clock, ...options });
  open.push(fetcher);
  return fetcher;
}

const get = (path = '/', options?: Partial<HttpFeedFetcherOptions>) => fetcherWith(options).fetch({ url: `${server.origin}${path}` });

const send = (body: string | Buffer, headers: Record<string, string> = {}, status = 200) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status, headers);
  response.end(body);
};

const redirect = (status: number, location: string) => send('', { location }, status);

const textOf = (fetched: FetchedFeed): string => (fetched.kind === 'document' ? Buffer.from(fetched.body).toString() : fetched.kind);

async function body(options?: Partial<HttpFeedFetcherOptions>): Promise<string> {
  const result = await get('/', options);
  return result.ok ? textOf(result.value) : `${result.error.code}: ${result.error.message}`;
}

async function code(path = '/', options?: Partial<HttpFeedFetcherOptions>): Promise<string> {
  const result = await get(path, options);
  return result.ok ? 'ok' : result.error.code;
}

describe('asking', () => {
  it('names the project and sends the validators of the last answer', async () => {
    answer = send('', {}, 304);
    const result = await fetcherWith().fetch({ url: server.origin, etag: '"v1"', lastModified: 'Mon, 05 Jan 2026 00:00:00 GMT' });
    expect(result).toMatchObject({ ok: true, value: { kind: 'not-modified' } });
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': expect.stringContaining('Barometer'),
      'if-none-match': '"v1"',
      'if-modified-since': 'Mon, 05 Jan 2026 00:00:00 GMT',
    });
  });

  it('gives the document with its validators and freshness', async () => {
    answer = send(FEED, { etag: 'W/"2"', 'last-modified': 'x', 'cache-control': 'public, max-age=600', 'content-type': 'text/xml; charset=utf-8' });
    expect(await get('/feed')).toMatchObject({
      ok: true,
      value: { kind: 'document', etag: 'W/"2"', lastModified: 'x', maxAgeMs: 600 * SECOND, contentType: 'text/xml; charset=utf-8', url: `${server.origin}/feed`, httpStatus: 200 },
    });
  });

  it.each([
    [429, { 'retry-after': '120' }, { code: 'http-status', httpStatus: 429, retryAfterMs: 120 * SECOND }],
    [503, { 'retry-after': 'Mon, 05 Jan 2026 12:01:00 GMT' }, { code: 'http-status', httpStatus: 503, retryAfterMs: 60 * SECOND }],
    [404, {}, { code: 'http-status', httpStatus: 404 }],
    [410, {}, { code: 'gone', httpStatus: 410 }],
  ])('reports HTTP status %i', async (status, headers, error) => {
    answer = send('no', headers as Record<string, string>, status);
    expect(await get()).toMatchObject({ ok: false, error });
  });
});

describe('bodies', () => {
  const encodings: [string, string, Buffer][] = [
    ['gzip', 'gzip', gzipSync(FEED)],
    ['zlib as deflate', 'deflate', deflateSync(FEED)],
    ['bare deflate', 'deflate', deflateRawSync(FEED)],
    ['brotli', 'br', brotliCompressSync(FEED)],
    ['brotli over gzip', 'gzip, br', brotliCompressSync(gzipSync(FEED))],
    ['gzip without a label', '', gzipSync(FEED)],
    ['gzip under a wrong label', 'br', gzipSync(FEED)],
    ['text labelled gzip', 'gzip', Buffer.from(FEED)],
    ['text labelled br', 'br', Buffer.from(FEED)],
    ['text labelled deflate', 'deflate', Buffer.from(FEED)],
    ['an unknown label', 'x-none', Buffer.from(FEED)],
  ];
  it.each(encodings)('reads %s', async (_name, label, bytes) => {
    answer = send(bytes, label === '' ? {} : { 'content-encoding': label });
    expect(await body()).toBe(FEED);
  });

  it('stops a compressed bomb at the limit, while it is still being sent', async () => {
    const zeros = Buffer.alloc(2 ** 20);
    let sent = 0;
    answer = (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(response);
      const more = (): void => {
        if (response.destroyed || sent > 2 ** 30) return void gzip.destroy();
        sent += zeros.length;
        gzip.write(zeros, () => setImmediate(more));
      };
      more();
    };
    const before = process.memoryUsage.rss();
    expect(await code()).toBe('too-large');
    expect(sent).toBeLessThan(2 ** 30);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 2 ** 20);
  });

  it.each([
    ['a plain body beyond the limit', 'x'.repeat(2_000), {}, 'too-large: The document is larger than 0 MiB.'],
    ['damaged gzip', gzipSync(FEED).subarray(0, 40), { 'content-encoding': 'gzip' }, 'bad-encoding: The compressed document is damaged or cut off.'],
    ['five layers', FEED, { 'content-encoding': 'gzip, gzip, gzip, gzip, gzip' }, 'bad-encoding: The document is compressed too many times over.'],
  ])('refuses %s', async (_name, bytes, headers, message) => {
    answer = send(bytes, headers as Record<string, string>);
    expect(await body({ mostBytes: 1_000 })).toBe(message);
  });

  it('reports a connection that breaks before the promised length', async () => {
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write(FEED);
      setImmediate(() => request.socket.destroy());
    };
    expect(await code()).toBe('network');
  });

  it('reads no more than the promised length', async () => {
    answer = (request) => request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n<rss>and more');
    expect(await body()).toBe('<rss>');
  });

  it('reports an answer that is no HTTP', async () => {
    answer = (request) => request.socket.end('SSH-2.0-Example\r\n');
    expect(await code()).toBe('network');
  });
});

describe('time', () => {
  it.each([
    ['headers', () => undefined],
    ['a slow body', (response: ServerResponse) => void setInterval(() => response.write('<'), 20).unref()],
  ])('ends a request that waits for %s', async (_name, drip) => {
    answer = (_, response) => drip(response);
    expect(await code('/', { totalMs: 300 })).toBe('timeout');
  });

  it('ends a request whose name is never resolved', async () => {
    const result = await fetcherWith({ lookup: () => undefined, connectMs: 200 }).fetch({ url: 'http://silent.example/' });
    expect(result).toMatchObject({ ok: false, error: { code: 'timeout' } });
  });

  it('counts all redirects together', async () => {
    answer = (_, response) => void setTimeout(() => redirect(302, '/again')(_, response), 150);
    expect(await code('/', { totalMs: 300 })).toBe('timeout');
  });
});

describe('redirects', () => {
  const chain = (...statuses: number[]) => {
    answer = (request, response) => {
      const step = Number(request.url?.slice(1) ?? 0);
      const status = statuses[step];
      (status === undefined ? send(FEED) : redirect(status, `/${step + 1}`))(request, response);
    };
  };

  it.each([
    [[301, 308], 2],
    [[308], 1],
  ])('reports the new address after %j', async (statuses, last) => {
    chain(...statuses);
    expect(await get('/0')).toMatchObject({ ok: true, value: { movedTo: `${server.origin}/${last}`, url: `${server.origin}/${last}` } });
  });

  it.each([[[302]], [[301, 307]], [[303, 301]]])('keeps the address after %j', async (statuses) => {
    chain(...statuses);
    const result = await get('/0');
    expect(result).toMatchObject({ ok: true, value: { url: `${server.origin}/${statuses.length}` } });
    expect(result.ok && 'movedTo' in result.value).toBe(false);
  });

  it('follows five and not six', async () => {
    chain(302, 302, 302, 302, 302);
    expect(await code('/0')).toBe('ok');
    chain(302, 302, 302, 302, 302, 302);
    expect(await code('/0')).toBe('too-many-redirects');
    expect(server.requests).toHaveLength(12);
  });

  it.each([
    ['file:///etc/passwd', 'invalid-url'],
    ['http://user:secret@127.0.0.1/', 'invalid-url'],
    ['http://10.0.0.1/', 'forbidden-address'],
    ['http://[::ffff:169.254.169.254]/latest', 'forbidden-address'],
    ['//0x7f.0.0.2/', 'forbidden-address'],
  ])('does not follow one to %s', async (location, expected) => {
    answer = redirect(302, location);
    expect(await code('/', { mayConnect: (address) => address === '127.0.0.1' })).toBe(expected);
    expect(server.requests).toHaveLength(1);
  });
});

describe('addresses', () => {
  const nowhere: ResolveName = (_name, _options, callback) => callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);

  const resolving = (...answers: string[][]) => {
    const asked: string[] = [];
    const lookup: ResolveName = (hostname, _options, callback) => {
      const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(hostname);
      callback(null, addresses.map((address): LookupAddress => ({ address, family: net.isIP(address) })));
    };
    return { asked, lookup };
  };

  it.each(['http://127.0.0.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://[::1]/', 'http://[::ffff:7f00:1]/', 'http://0/', 'http://169.254.169.254/latest/meta-data/'])(
    'refuses %s without a connection',
    async (url) => {
      const connect = jest.spyOn(net.Socket.prototype, 'connect');
      const result = await fetcherWith({ allowPrivate: false }).fetch({ url });
      expect(result).toMatchObject({ ok: false, error: { code: 'forbidden-address' } });
      expect(connect).not.toHaveBeenCalled();
      connect.mockRestore();
    },
  );

  it('refuses a name of which any address is private', async () => {
    const { lookup } = resolving(['127.0.0.1', '93.184.216.34']);
    const result = await fetcherWith({ allowPrivate: false, lookup }).fetch({ url: `http://mixed.example:${server.port}/` });
    expect(result).toMatchObject({ ok: false, error: { code: 'forbidden-address' } });
    expect(server.requests).toHaveLength(0);
  });

  it('connects to the address that was checked, also when the name answers differently later', async () => {
    answer = send(FEED);
    const { asked, lookup } = resolving(['127.0.0.1'], ['127.0.0.2']);
    const seen: string[] = [];
    const mayConnect = (address: string) => seen.push(address) > 0 && address === '127.0.0.1';
    const fetcher = fetcherWith({ lookup, mayConnect });
    const url = `http://rebind.example:${server.port}/`;
    expect(await fetcher.fetch({ url })).toMatchObject({ ok: true });
    expect([asked, seen]).toEqual([['rebind.example'], ['127.0.0.1']]);
    await fetcher.close();
    const again = await fetcherWith({ lookup, mayConnect }).fetch({ url });
    expect(again).toMatchObject({ ok: false, error: { code: 'forbidden-address' } });
    expect(server.requests).toHaveLength(1);
  });

  it('refuses a name that a redirect leads to when it is private', async () => {
    answer = redirect(301, `http://inside.example:${server.port}/`);
    const { lookup } = resolving(['127.0.0.2']);
    expect(await code('/', { lookup, mayConnect: (address) => address === '127.0.0.1' })).toBe('forbidden-address');
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['not a url', 'invalid-url'],
    ['ftp://example.org/feed', 'invalid-url'],
    ['http://me:hunter2@example.org/', 'invalid-url'],
    ['http://hunter2@example.org/', 'invalid-url'],
    ['http://:hunter2@example.org/', 'invalid-url'],
    ['http://127.0.0.1:25/', 'invalid-url'],
  ])('refuses %s', async (url, expected) => {
    const result = await fetcherWith({ lookup: nowhere }).fetch({ url });
    expect(result).toMatchObject({ ok: false, error: { code: expected } });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('reports a name that does not resolve, and a closed port', async () => {
    expect(await fetcherWith({ lookup: nowhere }).fetch({ url: 'http://nowhere.example/' })).toMatchObject({ ok: false, error: { code: 'dns' } });
    const closed = await startServer(() => undefined);
    await closed.close();
    expect(await fetcherWith().fetch({ url: closed.origin })).toMatchObject({ ok: false, error: { code: 'connect' } });
  });

  it('reports a server without TLS as such', async () => {
    answer = send(FEED);
    const result = await fetcherWith().fetch({ url: server.origin.replace('http:', 'https:') });
    expect(result).toMatchObject({ ok: false, error: { code: 'tls' } });
  });
});

describe('NewsAPI', () => {
  const KEY = 'top-secret-key';
  const newsApi = (options: Partial<HttpFeedFetcherOptions> = {}) =>
    fetcherWith({ newsApiBase: `${server.origin}/v2/`, newsApiKey: () => Promise.resolve(KEY), ...options });

  it('sends the key in a header only', async () => {
    answer = send('{"status":"ok","articles":[]}', { 'content-type': 'application/json' });
    const result = await newsApi().fetch({ url: 'newsapi:top-headlines?country=us' });
    expect(result).toMatchObject({ ok: true, value: { kind: 'document' } });
    expect(server.requests[0]?.url).toBe('/v2/top-headlines?country=us&pageSize=100');
    expect(server.requests[0]?.headers['x-api-key']).toBe(KEY);
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  it.each([
    ['newsapi:sources', 'invalid-url'],
    ['newsapi:top-headlines/../../x', 'invalid-url'],
    ['newsapi:everything?q=a&apiKey=abc', 'invalid-url'],
  ])('refuses %s', async (url, expected) => {
    expect(await newsApi().fetch({ url })).toMatchObject({ ok: false, error: { code: expected } });
  });

  it('says that a key is missing or refused', async () => {
    const without = await newsApi({ newsApiKey: () => Promise.resolve(undefined) }).fetch({ url: 'newsapi:everything?q=a' });
    expect(without).toMatchObject({ ok: false, error: { code: 'missing-key' } });
    answer = send('{"status":"error"}', {}, 401);
    expect(await newsApi().fetch({ url: 'newsapi:everything?q=a' })).toMatchObject({ ok: false, error: { code: 'missing-key', httpStatus: 401 } });
  });

  it('asks no more after the quota was refused, until it is time', async () => {
    const time = new ManualClock(NOW);
    answer = send('{"status":"error","code":"rateLimited"}', { 'retry-after': '3600' }, 429);
    const fetcher = newsApi({ clock: time });
    const quota = { ok: false, error: { code: 'quota', httpStatus: 429 } };
    expect(await fetcher.fetch({ url: 'newsapi:everything?q=a' })).toMatchObject({ ...quota, error: { retryAfterMs: 3600 * SECOND } });
    time.advance(600 * SECOND);
    expect(await fetcher.fetch({ url: 'newsapi:everything?q=b' })).toMatchObject({ ...quota, error: { retryAfterMs: 3000 * SECOND } });
    expect(server.requests).toHaveLength(1);
    time.advance(3001 * SECOND);
    answer = send('{"status":"ok","articles":[]}');
    expect(await fetcher.fetch({ url: 'newsapi:everything?q=b' })).toMatchObject({ ok: true });
  });

  it('stays inside the daily number of requests', async () => {
    answer = send('{"status":"ok","articles":[]}');
    const fetcher = newsApi({ newsApiDailyRequests: 2 });
    const codes: string[] = [];
    for (let request = 0; request < 3; request += 1) {
      const result = await fetcher.fetch({ url: 'newsapi:everything?q=a' });
      codes.push(result.ok ? 'ok' : result.error.code);
    }
    expect(codes).toEqual(['ok', 'ok', 'quota']);
  });

  it('takes the key along no redirect', async () => {
    answer = redirect(302, 'http://elsewhere.example/');
    expect(await newsApi().fetch({ url: 'newsapi:everything?q=a' })).toMatchObject({ ok: false, error: { code: 'too-many-redirects' } });
    expect(server.requests).toHaveLength(1);
  });
});
