import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dashboardUnderTest } from './testing/dashboard-under-test';
import { memoryBindings } from './testing/memory-bindings';

const feed =
  '<rss version="2.0"><channel><title>Local news</title><language>en</language><item><title>Talks end in a lasting peace</title><link>https://example.org/1</link></item></channel></rss>';

describe('feeds, whose code the function loads on demand', () => {
  it('are previewed', async () => {
    const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { ask, addKey } = dashboardUnderTest(memoryBindings(), { environment: { ALLOW_PRIVATE_SOURCES: '1' } });
      const body = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml` };
      const { statusCode, body: answer } = await ask('POST', '/api/v1/sources/preview', { body, headers: await addKey('read') });
      expect([statusCode, JSON.parse(answer)]).toEqual([200, expect.objectContaining({ title: 'Local news', itemCount: 1, language: 'en' })]);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('come and go as OPML', async () => {
    const { ask, addKey } = dashboardUnderTest(memoryBindings());
    const headers = await addKey('write');
    const list = '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>';
    const added = await ask('POST', '/api/v1/sources.opml', { headers: { ...headers, 'content-type': 'text/x-opml' }, rawBody: list });
    expect([added.statusCode, JSON.parse(added.body)]).toEqual([200, { added: 1, alreadyThere: 0, grouped: 0, refused: [], leftOut: [] }]);
    expect((await ask('GET', '/api/v1/sources.opml', { headers })).body).toContain('https://a.example/feed');
  });
});
