import type { IncomingMessage } from 'node:http';
import { FEED, fetcherBench, send, sendRaw } from '../testing/fetcher-bench';
import type { Answer } from '../testing/local-server';
import type { ResolveName } from '@barometer/guarded-http';

const bench = fetcherBench();

const lookup: ResolveName = (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]);
const fetch = (host: string, path = '/', options = {}) =>
  bench.fetcherWith({ lookup, ...options }).fetch({ url: `http://${host}:${bench.server.port}${path}` });
const onward = (location: string, ...cookies: string[]): Answer => send('', { location, ...(cookies.length > 0 && { 'set-cookie': cookies }) }, 302);
const asked = () => bench.server.requests.map(({ headers }) => headers.cookie ?? '');

/** Answers by host name and path. */
const site = (pages: Record<string, Answer>): void => {
  bench.answer = (request, response) => (pages[`${request.headers.host?.split(':')[0]}${request.url}`] ?? send(FEED))(request, response);
};

describe('cookies along a chain of redirects', () => {
  it('pass a site that sets one and redirects to itself', async () => {
    bench.answer = (request: IncomingMessage, response) =>
      (request.headers.cookie?.includes('visited=yes') ? send(FEED) : onward('/feed', 'visited=yes; Path=/'))(request, response);
    expect(await fetch('daily.example', '/feed')).toMatchObject({ ok: true, value: { kind: 'document' } });
    expect(asked()).toEqual(['', 'visited=yes']);
  });

  it('are collected, replaced and removed as the site demands', async () => {
    site({
      'daily.example/': onward('/2', 'a=1', 'b=1; Path=/'),
      'daily.example/2': onward('/3', 'a=2', 'c=3; Path=/other'),
      'daily.example/3': onward('/4', 'b=; Max-Age=0', 'd=4; Expires=Thu, 01 Jan 1970 00:00:00 GMT'),
    });
    expect(await fetch('daily.example')).toMatchObject({ ok: true });
    expect(asked()).toEqual(['', 'a=1; b=1', 'a=2; b=1', 'a=2']);
  });

  it.each([
    ['without a name', 'visited', 'visited'],
    ['with raw bytes of UTF-8', 'city=Z\xc3\xbcrich; Path=/', 'city=Z\xc3\xbcrich'],
    ['with signs that need quotes', 'a={"b":"c, d"}; Path=/', 'a={"b":"c, d"}'],
    ['with attributes that are none', 'a=b; Expires=soon; ;; Colour=red', 'a=b'],
  ])('are sent back as they came: %s', async (_what, cookie, sent) => {
    bench.answer = (request, response) =>
      (request.headers.cookie === sent ? send(FEED) : sendRaw(`HTTP/1.1 302 Found\r\nSet-Cookie: ${cookie}\r\nLocation: /feed\r\nContent-Length: 0\r\n\r\n`))(
        request,
        response,
      );
    expect(await fetch('daily.example', '/feed')).toMatchObject({ ok: true, value: { kind: 'document' } });
    expect(asked()).toEqual(['', sent]);
  });

  it('end with the chain: the next request has none', async () => {
    site({ 'daily.example/': onward('/feed', 'visited=yes; Path=/; Max-Age=86400') });
    const fetcher = bench.fetcherWith({ lookup });
    for (let time = 0; time < 2; time += 1) await fetcher.fetch({ url: `http://daily.example:${bench.server.port}/` });
    expect(asked()).toEqual(['', 'visited=yes', '', 'visited=yes']);
  });

  it('go to no other site, and come back to their own', async () => {
    const at = (host: string, path: string) => `http://${host}:${bench.server.port}${path}`;
    site({
      'daily.example/': onward(at('consent.invalid', '/'), 'session=secret; Path=/', 'wide=1; Domain=daily.example'),
      'consent.invalid/': onward(at('sub.daily.example', '/'), 'theirs=1', 'forged=1; Domain=daily.example'),
      'sub.daily.example/': onward(at('daily.example', '/feed')),
    });
    expect(await fetch('daily.example')).toMatchObject({ ok: true });
    expect(asked()).toEqual(['', '', 'wide=1', 'session=secret; wide=1']);
  });

  it.each(['co.uk', 'uk', 'github.io'])('are never taken for all of %s', async (suffix) => {
    site({ [`one.${suffix}/`]: onward(`http://two.${suffix}:${bench.server.port}/`, `all=1; Domain=${suffix}`, `dot=1; Domain=.${suffix}`) });
    expect(await fetch(`one.${suffix}`)).toMatchObject({ ok: true });
    expect(asked()).toEqual(['', '']);
  });

  it('for https only are not sent over http, and invalid ones are skipped', async () => {
    site({ 'daily.example/': onward('/feed', 'key=1; Secure', '__Host-key=1; Path=/', '', '=', 'plain=1') });
    expect(await fetch('daily.example')).toMatchObject({ ok: true });
    expect(asked()).toEqual(['', 'plain=1']);
  });

  it('do not prolong it: a site that redirects forever is abandoned after five', async () => {
    bench.answer = onward('/', 'again=yes');
    expect(await fetch('daily.example')).toMatchObject({
      ok: false,
      error: { code: 'too-many-redirects', message: expect.stringMatching(/in a circle.*User-Agent/) },
    });
    expect(bench.server.requests).toHaveLength(6);
  });

  it('prevent a move: an address that opens only with a cookie is not stored', async () => {
    bench.answer = (request, response) =>
      (request.headers.cookie ? send(FEED) : send('', { location: '/feed?checked=1', 'set-cookie': 'visited=yes' }, 301))(request, response);
    const result = await fetch('daily.example', '/feed');
    expect(result.ok && 'movedTo' in result.value).toBe(false);
  });
});
