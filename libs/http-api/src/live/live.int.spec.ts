import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { buildApi } from '../build-api';
import { fakeDependencies } from '../testing/fake-dependencies';
import { NOW, sentiment } from '../testing/fake-store';

const scored = {
  type: 'ArticleScored' as const,
  version: 1 as const,
  articleId: 'a'.repeat(26),
  scoredAt: NOW,
  sourceIds: ['daily'],
  topicIds: [],
  sentiment: sentiment(0.5),
};

const opened: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

/** A server on a free port, closed after the test, and a function that follows it. */
async function liveServer(listeners = 2) {
  const fakes = fakeDependencies({ live: { batchMs: 20, heartbeatMs: 10_000, listeners } });
  const app = await buildApi(fakes.deps);
  opened.push(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const follow = (signal?: AbortSignal) => fetch(`http://127.0.0.1:${port}/api/v1/live`, { headers: { 'last-event-id': '7' }, ...(signal && { signal }) });
  return { ...fakes, app, port, follow };
}

/** Reads a stream until it contains a text, or to its end. */
async function readUntil(response: Response, text: string): Promise<string> {
  let all = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    all += new TextDecoder().decode(chunk);
    if (all.includes(text)) break;
  }
  return all;
}

describe('GET /live over a socket', () => {
  it('streams what is scored, with the same headers as everything else', async () => {
    const { live, follow } = await liveServer();
    const response = await follow();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    const reading = readUntil(response, 'event: scored');
    const publishing = setInterval(() => live.publish([scored]), 20);
    const text = await reading.finally(() => clearInterval(publishing));
    expect(text).toMatch(/event: hello[\s\S]*event: scored/);
  });

  it('sends a bye and ends when the server stops, without waiting for slow readers', async () => {
    const { app, follow } = await liveServer();
    const response = await follow();
    const whole = readUntil(response, 'never said');
    await app.close();
    expect(await whole).toContain('event: bye');
  });

  it('refuses one listener too many until another has left', async () => {
    const { follow } = await liveServer(1);
    const leaving = new AbortController();
    await follow(leaving.signal);
    const refused = await follow();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
    leaving.abort();
    let status = 503;
    for (let attempt = 0; status === 503 && attempt < 100; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      status = (await follow()).status;
    }
    expect(status).toBe(200);
  });

  it('is not offered where a response cannot stay open', async () => {
    const { deps } = fakeDependencies();
    const { live: _, ...closed } = deps;
    const app = await buildApi(closed);
    const response = await app.inject({ url: '/api/v1/live', headers: { host: 'localhost' } });
    expect(response.statusCode).toBe(404);
    await app.close();
  });
});
