import { gzipSync } from 'node:zlib';
import { HOUR, SECOND } from '@barometer/kernel';
import { FeedsmithFeedReader } from '../index';
import { fetcherBench, redirect, send, sendRaw } from '../testing/fetcher-bench';

const bench = fetcherBench();
const host = () => `127.0.0.1:${bench.server.port}`;
const refused = async () => {
  const result = await bench.get();
  if (result.ok) throw new Error('It was not refused.');
  return result.error;
};
const page = (title: string, body = '') => `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`;

describe('what a status means, and what to do about it', () => {
  it.each<[number, string, RegExp]>([
    [400, 'http-status', /check the address/],
    [401, 'http-status', /name and a password.*another address/],
    [402, 'http-status', /payment/],
    [403, 'http-status', /refuses.*only browsers.*User-Agent for this source/],
    [404, 'http-status', /nothing at this address.*publisher's page/],
    [406, 'http-status', /refuses.*User-Agent/],
    [410, 'gone', /gone for good.*not asked any more.*another address/],
    [418, 'http-status', /answered with HTTP status 418/],
    [429, 'http-status', /too often/],
    [451, 'http-status', /legal reasons.*another country/],
    [500, 'http-status', /fault of its own.*again later/],
    [502, 'http-status', /server behind it.*again later/],
    [503, 'http-status', /overloaded or under repair.*again later/],
    [507, 'http-status', /fault of its own.*again later/],
    [522, 'http-status', /service in front of it.*again later/],
  ])('is explained for HTTP %i', async (status, code, words) => {
    bench.answer = send('no', { 'content-type': 'text/plain' }, status);
    const error = await refused();
    expect(error).toMatchObject({ code, httpStatus: status, host: '127.0.0.1' });
    expect(error.message).toMatch(words);
    expect(error.message).toContain(`${status}`);
    expect(error.message.startsWith(`${host()} `)).toBe(true);
  });

  it('is explained for a host that admits only browsers, which then admits one', async () => {
    bench.answer = (request, response) =>
      (/^Mozilla/.test(request.headers['user-agent'] ?? '')
        ? send('<rss/>')
        : sendRaw('HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'))(request, response);
    expect((await refused()).message).toBe(
      `${host()} refuses the request (HTTP 403): it may let in only browsers or programs that it knows. Try another User-Agent for this source.`,
    );
    expect(await bench.body({ userAgent: 'Mozilla/5.0 (compatible)' })).toBe('<rss/>');
  });

  it('names the host that answered, with its Retry-After, after a redirect', async () => {
    bench.answer = (request, response) =>
      (request.headers.host?.startsWith('localhost') ? send('', { 'retry-after': '7200' }, 429) : redirect(302, `http://localhost:${bench.server.port}/feed`))(
        request,
        response,
      );
    expect(await refused()).toMatchObject({ host: 'localhost', retryAfterMs: 2 * HOUR, message: expect.stringMatching(/^localhost:\d+ was asked too often/) });
  });
});

describe('a bot check', () => {
  it.each<[string, number, Record<string, string>, string, string]>([
    ['Cloudflare by a header', 403, { 'cf-mitigated': 'challenge' }, '', 'Cloudflare'],
    ['AWS WAF by a header', 405, { 'x-amzn-waf-action': 'captcha' }, '', 'AWS WAF'],
    ['Cloudflare', 403, {}, page('Just a moment...', '<script>window._cf_chl_opt={}</script>'), 'Cloudflare'],
    ['Cloudflare, the older one', 503, { 'retry-after': '60' }, page('Attention Required! | Cloudflare'), 'Cloudflare'],
    ['Imperva', 403, {}, page('', 'Request unsuccessful. Incapsula incident ID: 0-1'), 'Imperva'],
    ['DataDome', 403, {}, page('x.example', '<script src="https://ct.captcha-delivery.com/c.js"></script>'), 'DataDome'],
    ['Anubis', 401, {}, page('Making sure you&#39;re not a bot!'), 'Anubis'],
    ['another', 429, {}, page('Checking your browser before accessing'), 'its protection'],
  ])('is named: %s', async (_name, status, headers, body, whose) => {
    for (const [bytes, encoding] of [
      [Buffer.from(body), {}],
      [gzipSync(body), { 'content-encoding': 'gzip' }],
    ] as const) {
      bench.answer = send(bytes, { 'content-type': 'text/html; charset=utf-8', ...encoding, ...headers }, status);
      expect(await refused()).toMatchObject({ code: 'http-status', httpStatus: status });
      expect((await refused()).message).toBe(
        `${host()} checks first whether a person asks (${whose}, HTTP ${status}). No program that reads feeds passes that: try another User-Agent for this source, or ask the publisher for an address that is open to feed readers.`,
      );
    }
  });

  it('is named where it comes in place of the feed', async () => {
    bench.answer = send(page('Just a moment...', '<script>window._cf_chl_opt={}</script>'), { 'content-type': 'text/html' });
    const fetched = await bench.get();
    const read = fetched.ok && fetched.value.kind === 'document' && new FeedsmithFeedReader().read(fetched.value);
    expect(read).toMatchObject({
      ok: false,
      error: { code: 'html', message: expect.stringMatching(/^In place of the feed came a page that checks whether a person asks \(Cloudflare\)\. /) },
    });
  });

  it('is not reported if a page only has scripts of the same service, or is about it', async () => {
    bench.answer = send(
      page('Forbidden', '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><p>Is this a captcha?</p>'),
      { 'content-type': 'text/html' },
      403,
    );
    expect((await refused()).message).toContain('refuses the request (HTTP 403)');
  });

  it('is searched for only at the beginning of a page, and only for a moment', async () => {
    bench.answer = (_, response) => {
      response.writeHead(403, { 'content-type': 'text/html' });
      response.write(page('Forbidden'));
    };
    expect((await bench.get('/', { totalMs: 20 * SECOND })).ok).toBe(false);
    bench.answer = send(`${page('Forbidden')}${' '.repeat(64 * 1024)}${page('Just a moment...')}`, { 'content-type': 'text/html' }, 403);
    expect((await refused()).message).toContain('refuses the request');
  });
});
