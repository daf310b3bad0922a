import type { LookupAddress } from 'node:dns';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guardedFetch, type ResolveName } from './index';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serverOf(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const rule = 'which may not be asked';
const resolvesTo =
  (address: string): ResolveName =>
  (_name, _options, callback) =>
    callback(null, [{ address, family: 4 } satisfies LookupAddress]);

describe('guardedFetch', () => {
  it('sends a request and reads the answer, and follows no redirect', async () => {
    const url = await serverOf((request, response) =>
      (request.url === '/away' ? response.writeHead(302, { location: '/' }) : response.writeHead(200)).end('here'),
    );
    const fetch = guardedFetch({ allowPrivate: true }, rule);
    const answer = await fetch(url, { method: 'POST', body: 'a=1' });
    expect([answer.status, await answer.text()]).toEqual([200, 'here']);
    expect((await fetch(`${url}/away`, {})).status).toBe(302);
  });

  it.each(['http://127.0.0.1:9/', 'http://[::1]:9/', 'http://10.0.0.1/', 'http://169.254.169.254/latest'])('does not connect to %s', async (address) => {
    await expect(guardedFetch({ allowPrivate: false }, rule)(address, {})).rejects.toThrow(
      `${new URL(address).hostname} is an address of a private or local network, which may not be asked.`,
    );
  });

  it('does not connect to a name that resolves to a private address', async () => {
    const fetch = guardedFetch({ allowPrivate: false, lookup: resolvesTo('10.1.2.3') }, rule);
    await expect(fetch('https://id.example/', {})).rejects.toThrow('id.example is an address of a private or local network, which may not be asked.');
  });

  it('says why a request failed', async () => {
    const silent = await serverOf(() => undefined);
    const { host } = new URL(silent);
    await expect(guardedFetch({ allowPrivate: true, totalMs: 100 }, rule)(silent, {})).rejects.toThrow(`${host} did not answer within 0.1 seconds.`);
    await expect(guardedFetch({ allowPrivate: true }, rule)('http://127.0.0.1:9/', {})).rejects.toThrow('127.0.0.1:9 cannot be reached (');
    const unknown: ResolveName = (_name, _options, callback) => callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
    await expect(guardedFetch({ allowPrivate: false, lookup: unknown }, rule)('https://id.example/', {})).rejects.toThrow(
      'id.example is a name that cannot be found.',
    );
  });

  it('stops at an answer without an end', async () => {
    const url = await serverOf((_request, response) => {
      response.writeHead(200);
      response.end(Buffer.alloc(1_000_001));
    });
    await expect((await guardedFetch({ allowPrivate: true }, rule)(url, {})).text()).rejects.toThrow();
  });
});
