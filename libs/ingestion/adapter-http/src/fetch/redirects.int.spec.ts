import { FEED, fetcherBench, redirect, send } from '../testing/fetcher-bench';

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

  it('follows five and not six', async () => {
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
