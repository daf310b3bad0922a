import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Agent, fetch } from 'undici';
import { ArrivingBody } from './arriving-body';

const BODY = Buffer.alloc(300_000, 'x');

describe('ArrivingBody', () => {
  let server: Server;
  const agent = new Agent({ pipelining: 0 });
  const closed: Promise<unknown>[] = [];
  beforeAll(async () => {
    server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      closed.push(new Promise((resolve) => socket.on('close', resolve)));
      socket.once('data', () =>
        socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${BODY.length}\r\nConnection: close\r\n\r\n`), BODY])),
      );
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(async () => {
    await agent.close();
    server.close();
  });

  async function request(kept: number, most = kept): Promise<ArrivingBody> {
    const body = new ArrivingBody(kept, most);
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { dispatcher: agent.compose(body.intercept) });
    return body;
  }

  it('keeps received bytes for a reader that comes after the connection was closed', async () => {
    const body = await request(BODY.length);
    await Promise.all(closed);
    const read: Buffer[] = [];
    for await (const chunk of body) read.push(chunk);
    expect(Buffer.concat(read).equals(BODY)).toBe(true);
    expect(body.bytes?.equals(BODY)).toBe(true);
  });

  it('passes on bytes beyond those it keeps', async () => {
    const body = await request(1_000, BODY.length);
    const read: Buffer[] = [];
    for await (const chunk of body) read.push(chunk);
    expect([Buffer.concat(read).equals(BODY), body.bytes]).toEqual([true, undefined]);
  });

  it('ends the transfer at its limit', async () => {
    const body = await request(1_000);
    let read = 0;
    for await (const chunk of body) read += chunk.length;
    await Promise.all(closed);
    expect(read).toBeGreaterThan(1_000);
    expect(read).toBeLessThan(BODY.length);
    expect(body.bytes).toBeUndefined();
  });
});
