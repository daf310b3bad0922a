import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { FEED, fetcherBench, send } from '../testing/fetcher-bench';

const bench = fetcherBench();

describe('bodies', () => {
  const encodings: [string, string, Buffer][] = [
    ['gzip', 'gzip', gzipSync(FEED)],
    ['zlib as deflate', 'deflate', deflateSync(FEED)],
    ['bare deflate', 'deflate', deflateRawSync(FEED)],
    ['brotli', 'br', brotliCompressSync(FEED)],
    ['brotli over gzip', 'gzip, br', brotliCompressSync(gzipSync(FEED))],
    ['gzip without a label', '', gzipSync(FEED)],
    ['gzip under a wrong label', 'br', gzipSync(FEED)],
    ['text labelled gzip', 'gzip', Buffer.from(FEED)],
    ['text labelled br', 'br', Buffer.from(FEED)],
    ['text labelled deflate', 'deflate', Buffer.from(FEED)],
    ['an unknown label', 'x-none', Buffer.from(FEED)],
  ];
  it.each(encodings)('reads %s', async (_name, label, bytes) => {
    bench.answer = send(bytes, label === '' ? {} : { 'content-encoding': label });
    expect(await bench.body()).toBe(FEED);
  });

  it('stops a compressed bomb at the limit, while it is still being sent', async () => {
    const zeros = Buffer.alloc(2 ** 20);
    let sent = 0;
    bench.answer = (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(response);
      const more = (): void => {
        if (response.destroyed || sent > 2 ** 30) return void gzip.destroy();
        sent += zeros.length;
        gzip.write(zeros, () => setImmediate(more));
      };
      more();
    };
    const before = process.memoryUsage.rss();
    expect(await bench.code()).toBe('too-large');
    expect(sent).toBeLessThan(2 ** 30);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 2 ** 20);
  });

  it.each([
    ['a plain body beyond the limit', 'x'.repeat(2_000), {}, 'too-large: The document is larger than 0 MiB.'],
    ['damaged gzip', gzipSync(FEED).subarray(0, 40), { 'content-encoding': 'gzip' }, 'bad-encoding: The compressed document is damaged or cut off.'],
    ['five layers', FEED, { 'content-encoding': 'gzip, gzip, gzip, gzip, gzip' }, 'bad-encoding: The document is compressed too many times over.'],
  ])('refuses %s', async (_name, bytes, headers, message) => {
    bench.answer = send(bytes, headers as Record<string, string>);
    expect(await bench.body({ mostBytes: 1_000 })).toBe(message);
  });

  it('reports a connection that breaks before the promised length', async () => {
    bench.answer = (request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write(FEED);
      setImmediate(() => request.socket.destroy());
    };
    expect(await bench.code()).toBe('network');
  });

  it('reads no more than the promised length', async () => {
    bench.answer = (request) => request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n<rss>and more');
    expect(await bench.body()).toBe('<rss>');
  });

  it('reports an answer that is no HTTP', async () => {
    bench.answer = (request) => request.socket.end('SSH-2.0-Example\r\n');
    expect(await bench.code()).toBe('network');
  });
});
