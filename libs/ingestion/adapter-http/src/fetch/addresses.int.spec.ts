import type { LookupAddress } from 'node:dns';
import net from 'node:net';
import { FEED, fetcherBench, redirect, send } from '../testing/fetcher-bench';
import { startServer } from '../testing/local-server';
import type { ResolveName } from '@barometer/guarded-http';

const bench = fetcherBench();

describe('addresses', () => {
  const nowhere: ResolveName = (_name, _options, callback) => callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);

  const resolving = (...answers: string[][]) => {
    const asked: string[] = [];
    const lookup: ResolveName = (hostname, _options, callback) => {
      const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(hostname);
      callback(
        null,
        addresses.map((address): LookupAddress => ({ address, family: net.isIP(address) })),
      );
    };
    return { asked, lookup };
  };

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://0/',
    'http://169.254.169.254/latest/meta-data/',
  ])('refuses %s without a connection', async (url) => {
    const connect = jest.spyOn(net.Socket.prototype, 'connect');
    const result = await bench.fetcherWith({ allowPrivate: false }).fetch({ url });
    expect(result).toMatchObject({ ok: false, error: { code: 'forbidden-address' } });
    expect(connect).not.toHaveBeenCalled();
    connect.mockRestore();
  });

  it('refuses a name if any of its addresses is private', async () => {
    const { lookup } = resolving(['127.0.0.1', '93.184.216.34']);
    const result = await bench.fetcherWith({ allowPrivate: false, lookup }).fetch({ url: `http://mixed.example:${bench.server.port}/` });
    expect(result).toMatchObject({ ok: false, error: { code: 'forbidden-address' } });
    expect(bench.server.requests).toHaveLength(0);
  });

  it('connects to the address that was checked, even if the name resolves differently later', async () => {
    bench.answer = send(FEED);
    const { asked, lookup } = resolving(['127.0.0.1'], ['127.0.0.2']);
    const seen: string[] = [];
    const mayConnect = (address: string) => seen.push(address) > 0 && address === '127.0.0.1';
    const fetcher = bench.fetcherWith({ lookup, mayConnect });
    const url = `http://rebind.example:${bench.server.port}/`;
    expect(await fetcher.fetch({ url })).toMatchObject({ ok: true });
    expect([asked, seen]).toEqual([['rebind.example'], ['127.0.0.1']]);
    await fetcher.close();
    const again = await bench.fetcherWith({ lookup, mayConnect }).fetch({ url });
    expect(again).toMatchObject({ ok: false, error: { code: 'forbidden-address' } });
    expect(bench.server.requests).toHaveLength(1);
  });

  it('refuses a redirect to a name with a private address', async () => {
    bench.answer = redirect(301, `http://inside.example:${bench.server.port}/`);
    const { lookup } = resolving(['127.0.0.2']);
    expect(await bench.code('/', { lookup, mayConnect: (address) => address === '127.0.0.1' })).toBe('forbidden-address');
    expect(bench.server.requests).toHaveLength(1);
  });

  it.each([
    ['not a url', 'invalid-url'],
    ['ftp://example.org/feed', 'invalid-url'],
    ['http://me:hunter2@example.org/', 'invalid-url'],
    ['http://hunter2@example.org/', 'invalid-url'],
    ['http://:hunter2@example.org/', 'invalid-url'],
    ['http://127.0.0.1:25/', 'invalid-url'],
  ])('refuses %s', async (url, expected) => {
    const result = await bench.fetcherWith({ lookup: nowhere }).fetch({ url });
    expect(result).toMatchObject({ ok: false, error: { code: expected } });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('reports a name that does not resolve, and a closed port', async () => {
    expect(await bench.fetcherWith({ lookup: nowhere }).fetch({ url: 'http://nowhere.example/' })).toMatchObject({ ok: false, error: { code: 'dns' } });
    const closed = await startServer(() => undefined);
    await closed.close();
    expect(await bench.fetcherWith().fetch({ url: closed.origin })).toMatchObject({ ok: false, error: { code: 'connect' } });
  });

  it('reports a server without TLS as such', async () => {
    bench.answer = send(FEED);
    const result = await bench.fetcherWith().fetch({ url: bench.server.origin.replace('http:', 'https:') });
    expect(result).toMatchObject({ ok: false, error: { code: 'tls' } });
  });
});
