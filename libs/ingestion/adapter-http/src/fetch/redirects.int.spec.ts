import { FEED, fetcherBench, redirect, send, sendRaw } from '../testing/fetcher-bench';

const bench = fetcherBench();

describe('redirects', () => {
  const chain = (...statuses: number[]) => {
    bench.answer = (request, response) => {
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
    expect(await bench.get('/0')).toMatchObject({ ok: true, value: { movedTo: `${bench.server.origin}/${last}`, url: `${bench.server.origin}/${last}` } });
  });

  it.each([[[302]], [[301, 307]], [[303, 301]]])('keeps the address after %j', async (statuses) => {
    chain(...statuses);
    const result = await bench.get('/0');
    expect(result).toMatchObject({ ok: true, value: { url: `${bench.server.origin}/${statuses.length}` } });
    expect(result.ok && 'movedTo' in result.value).toBe(false);
  });

  it('follows five but not six', async () => {
    chain(302, 302, 302, 302, 302);
    expect(await bench.code('/0')).toBe('ok');
    chain(302, 302, 302, 302, 302, 302);
    expect(await bench.code('/0')).toBe('too-many-redirects');
    expect(bench.server.requests).toHaveLength(12);
  });

  it.each([
    ['file:///etc/passwd', 'invalid-url'],
    ['http://user:secret@127.0.0.1/', 'invalid-url'],
    ['http://10.0.0.1/', 'forbidden-address'],
    ['http://[::ffff:169.254.169.254]/latest', 'forbidden-address'],
    ['//0x7f.0.0.2/', 'forbidden-address'],
  ])('does not follow one to %s', async (location, expected) => {
    bench.answer = redirect(302, location);
    expect(await bench.code('/', { mayConnect: (address) => address === '127.0.0.1' })).toBe(expected);
    expect(bench.server.requests).toHaveLength(1);
  });
});

describe('where a redirect leads', () => {
  /** A redirect with these bytes: the text in UTF-8, or with `latin1` one byte a character. */
  const leading = (status: number, location: string, encoding: BufferEncoding = 'utf8') => {
    const head = Buffer.from(`HTTP/1.1 ${status} Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`, encoding);
    bench.answer = (request, response) => (request.url === '/start' ? sendRaw(head) : send(FEED))(request, response);
  };

  it.each<[string, string, BufferEncoding]>([
    ['/nouvelles-été', '/nouvelles-%C3%A9t%C3%A9', 'utf8'],
    [
      '/новости/лента?тема=мир',
      '/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0?%D1%82%D0%B5%D0%BC%D0%B0=%D0%BC%D0%B8%D1%80',
      'utf8',
    ],
    ['新闻.xml', '/%E6%96%B0%E9%97%BB.xml', 'utf8'],
    ['/été%20à/feed', '/%C3%A9t%C3%A9%20%C3%A0/feed', 'utf8'],
    ['/a feed with spaces.xml', '/a%20feed%20with%20spaces.xml', 'utf8'],
    ['?seite=Ä', '/start?seite=%C3%84', 'utf8'],
    ['./neu/../feed', '/feed', 'utf8'],
    // A Latin-1 server identifies its page by these bytes, which are not valid UTF-8.
    ['/nouvelles-été?à=ü', '/nouvelles-%E9t%E9?%E0=%FC', 'latin1'],
  ])('is read from the bytes of %s as %s', async (location, path, encoding) => {
    leading(301, location, encoding);
    const there = `${bench.server.origin}${path}`;
    expect(await bench.get('/start')).toMatchObject({ ok: true, value: { url: there, movedTo: there } });
    expect(bench.server.requests.map(({ url }) => url)).toEqual(['/start', path]);
  });

  it.each<[string, BufferEncoding]>([
    ['utf8', 'utf8'],
    ['Latin-1', 'latin1'],
  ])('may be a host with umlauts in %s', async (_name, encoding) => {
    leading(302, `http://bücher.example:${bench.server.port}/feed`, encoding);
    const asked: string[] = [];
    await bench.get('/start', { lookup: (name, _options, callback) => (asked.push(name), callback(null, [{ address: '127.0.0.1', family: 4 }])) });
    expect(asked).toEqual(['xn--bcher-kva.example']);
  });

  it('is read once if repeated, and stored without its fragment', async () => {
    bench.answer = (request, response) =>
      (request.url === '/start' ? send('', { location: ['/new#items', '/new#items'] }, 301) : send(FEED))(request, response);
    expect(await bench.get('/start')).toMatchObject({ ok: true, value: { movedTo: `${bench.server.origin}/new` } });
  });

  it.each([
    ['an address that is none', { location: 'http://[broken/feed' }],
    ['a host that is none', { location: 'http://a b.example/' }],
    ['bytes that no host can have', { location: 'http://\xff\xfe%ff.example/' }],
    ['nothing', { location: '' }],
    ['two places', { location: ['/one', '/two'] }],
    ['no Location at all', {}],
  ])('is a named failure if it is %s', async (_name, headers) => {
    bench.answer = send('', headers as Record<string, string>, 301);
    const result = await bench.get('/start');
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-redirect', httpStatus: 301, message: expect.stringContaining('redirect') } });
    expect(bench.server.requests).toHaveLength(1);
  });
});
