import { createHash } from 'node:crypto';
import { ApiClient } from './client';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const sent: RequestInit[] = [];

beforeEach(() => {
  sent.splice(0);
  globalThis.fetch = (async (_url: string, init: RequestInit) => (sent.push(init), new Response('{}'))) as typeof fetch;
});
afterEach(() => void Reflect.deleteProperty(globalThis, 'location'));

const at = (protocol: string) => Object.defineProperty(globalThis, 'location', { value: { protocol }, configurable: true });

describe('a change that is sent', () => {
  it('names the hash of its body over HTTPS, where CloudFront signs it', async () => {
    at('https:');
    await new ApiClient().send('POST', '/session', { key: 'bar_ä' });
    expect(sent[0]).toMatchObject({
      body: '{"key":"bar_ä"}',
      headers: { 'content-type': 'application/json', 'x-amz-content-sha256': sha256('{"key":"bar_ä"}') },
    });
    await new ApiClient().send('POST', '/sources.opml', { type: 'text/x-opml', bytes: new Blob(['<opml/>']) });
    expect(sent[1]?.headers).toEqual({ 'content-type': 'text/x-opml', 'x-amz-content-sha256': sha256('<opml/>') });
  });

  it('needs none without a body, and over HTTP', async () => {
    at('https:');
    await new ApiClient().send('DELETE', '/session');
    at('http:');
    await new ApiClient().send('POST', '/session', { key: 'k' });
    expect(sent.map(({ headers }) => headers)).toEqual([undefined, { 'content-type': 'application/json' }]);
  });
});
