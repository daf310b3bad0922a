import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { FEED, fetcherBench, send, sendRaw } from '../testing/fetcher-bench';

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
    const result = await bench.get();
    expect(result).toMatchObject({ ok: true, value: { part: 'beginning' } });
    expect(result.ok && 'body' in result.value && result.value.body.byteLength).toBe(10 * 2 ** 20);
    expect(sent).toBeLessThan(2 ** 30);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 2 ** 20);
  });

  it.each([
    ['damaged gzip', gzipSync(FEED).subarray(0, 40), { 'content-encoding': 'gzip' }, 'bad-encoding: The compressed document is damaged or cut off.'],
    ['five layers', FEED, { 'content-encoding': 'gzip, gzip, gzip, gzip, gzip' }, 'bad-encoding: The document is compressed too many times over.'],
  ])('refuses %s', async (_name, bytes, headers, message) => {
    bench.answer = send(bytes, headers as Record<string, string>);
    expect(await bench.body({ mostBytes: 1_000 })).toBe(message);
  });

  it('reads no more than the announced length', async () => {
    bench.answer = (request) => request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n<rss>and more');
    expect(await bench.body()).toBe('<rss>');
  });
});

describe('a whole document', () => {
  const FEEDS: [string, string | Buffer][] = [
    ['RSS', FEED],
    ['RSS with comments and lines behind it', `${FEED}\n<!-- made in 3 ms -->\n<!-- cached -->\n\n`],
    ['Atom with a prefix', '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>x</a:title></a:feed >'],
    ['RDF', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>'],
    ['JSON Feed', '{"version":"https://jsonfeed.org/version/1.1","title":"Été","items":[]}'],
    ['UTF-16', Buffer.from(`\ufeff${FEED}`, 'utf16le')],
    ['a web page', '<!doctype html><html><head><title>x</title></head><body></body></html>'],
  ];
  const answer = (headers: string[], body: string | Buffer) =>
    Buffer.concat([Buffer.from(['HTTP/1.1 200 OK', ...headers, '', ''].join('\r\n')), Buffer.from(body)]);
  const tooLong = (body: string | Buffer, connection: string) => answer([`Content-Length: ${Buffer.byteLength(body) + 40}`, `Connection: ${connection}`], body);

  const tooShort = (body: string | Buffer, connection: string) =>
    answer([`Content-Length: ${Math.floor(Buffer.byteLength(body) / 2)}`, `Connection: ${connection}`], body);

  describe.each(FEEDS)('in %s', (_name, body) => {
    it.each(['close', 'keep-alive'])('is read though the announced length is larger (Connection: %s)', async (connection) => {
      bench.answer = sendRaw(tooLong(body, connection));
      expect(await bench.body()).toBe(body.toString());
    });

    it.each(['close', 'keep-alive'])('is read though the announced length is smaller (Connection: %s)', async (connection) => {
      bench.answer = sendRaw(tooShort(body, connection));
      expect(await bench.body()).toBe(body.toString());
    });

    it('is read compressed though the announced length is smaller', async () => {
      const bytes = gzipSync(body);
      bench.answer = sendRaw(answer(['Content-Encoding: gzip', `Content-Length: ${bytes.length - 30}`, 'Connection: close'], bytes));
      expect(await bench.body()).toBe(body.toString());
    });

    it.each(['close', 'keep-alive'])('is read though its last chunk is missing (Connection: %s)', async (connection) => {
      bench.answer = sendRaw(
        answer(
          ['Transfer-Encoding: chunked', `Connection: ${connection}`],
          Buffer.concat([Buffer.from(`${Buffer.byteLength(body).toString(16)}\r\n`), Buffer.from(body), Buffer.from('\r\n')]),
        ),
      );
      expect(await bench.body()).toBe(body.toString());
    });

    it('is read compressed though the announced length is larger', async () => {
      const bytes = gzipSync(body);
      bench.answer = sendRaw(answer(['Content-Encoding: gzip', `Content-Length: ${bytes.length + 100}`], bytes));
      expect(await bench.body()).toBe(body.toString());
    });
  });

  it.each([
    ['that is named twice', ['HTTP/1.1 200 OK', 'Content-Length: 60', 'Content-Length: 60', 'Connection: close']],
    ['in HTTP/1.0', ['HTTP/1.0 200 OK', 'Content-Length: 60']],
    ['of nothing', ['HTTP/1.1 200 OK', 'Content-Length: 0', 'Connection: close']],
  ])('is read though the announced length is smaller, %s', async (_name, head) => {
    bench.answer = sendRaw([...head, '', FEED].join('\r\n'));
    expect(await bench.body()).toBe(FEED);
  });

  it('is read though the bytes beyond the announced length come later', async () => {
    bench.answer = ({ socket }) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 60\r\nConnection: close\r\n\r\n${FEED.slice(0, 60)}`);
      setTimeout(() => socket.end(FEED.slice(60)), 50);
    };
    expect(await bench.body()).toBe(FEED);
  });

  it('ends at a correct length, whatever follows it and though the connection stays open', async () => {
    const length = `Content-Length: ${FEED.length}`;
    for (const [connection, behind] of [
      ['close', '<p>Stray</p></html>'],
      ['close', ''],
      ['keep-alive', FEED],
      ['keep-alive', ''],
    ] as const) {
      bench.answer = ({ socket }) => void socket.write(answer([length, `Connection: ${connection}`], FEED + behind));
      expect(await bench.body()).toBe(FEED);
    }
  });

  it('is read though the connection stays open', async () => {
    bench.answer = ({ socket }) => void socket.write(tooLong(FEED, 'keep-alive'));
    expect(await bench.body({ totalMs: 300 })).toBe(FEED);
  });

  const junk = Buffer.from('<!-- served from a cache -->\n');
  const gzip = gzipSync(FEED);
  const flipped = (bytes: Buffer, fromEnd: number) => Buffer.from(bytes.map((byte, index) => (index === bytes.length - fromEnd ? byte ^ 0xff : byte)));
  it.each<[string, string, Buffer]>([
    ['gzip with a text behind it', 'gzip', Buffer.concat([gzip, junk])],
    ['gzip with zeros behind it', 'gzip', Buffer.concat([gzip, Buffer.alloc(100)])],
    ['gzip with something like gzip behind it', 'gzip', Buffer.concat([gzip, Buffer.from([0x1f, 0x8b, 8, 0, 1])])],
    ['gzip in two members', 'gzip', Buffer.concat([gzipSync(FEED.slice(0, 30)), gzipSync(FEED.slice(30))])],
    ['gzip in two members with a text behind them', 'gzip', Buffer.concat([gzipSync(FEED.slice(0, 30)), gzipSync(FEED.slice(30)), junk])],
    ['gzip with a wrong checksum', 'gzip', flipped(gzip, 7)],
    ['gzip with a wrong size', 'gzip', flipped(gzip, 1)],
    ['gzip without its last bytes', 'gzip', gzip.subarray(0, -8)],
    [
      'gzip that names a file, with a text behind it',
      'gzip',
      Buffer.concat([gzip.subarray(0, 3), Buffer.from([0x08]), gzip.subarray(4, 10), Buffer.from('feed.xml\0'), gzip.subarray(10), junk]),
    ],
    ['zlib with a text behind it', 'deflate', Buffer.concat([deflateSync(FEED), junk])],
    ['zlib with a wrong checksum', 'deflate', flipped(deflateSync(FEED), 1)],
    ['zlib without its last bytes', 'deflate', deflateSync(FEED).subarray(0, -4)],
    ['bare deflate with a text behind it', 'deflate', Buffer.concat([deflateRawSync(FEED), junk])],
    ['brotli with a text behind it', 'br', Buffer.concat([brotliCompressSync(FEED), junk])],
    ['brotli over gzip with a text behind each', 'gzip, br', Buffer.concat([brotliCompressSync(Buffer.concat([gzip, junk])), junk])],
    ['a .gz file with a text behind it', '', Buffer.concat([gzip, junk])],
  ])('is read from %s', async (_name, label, bytes) => {
    bench.answer = send(bytes, label === '' ? {} : { 'content-encoding': label });
    expect(await bench.body()).toBe(FEED);
  });

  it('is returned from gzip with trailing text even if it is not a feed', async () => {
    bench.answer = send(Buffer.concat([gzipSync('nothing special'), junk]), { 'content-encoding': 'gzip' });
    expect(await bench.body()).toBe('nothing special');
  });
});

describe('a body beyond the limit', () => {
  const text = Array.from({ length: 1_000 }, (_, index) => `<i>${((index * 2_654_435_761) % 2 ** 32).toString(36)}</i>`).join('');
  const mostBytes = 2_000;
  const repeated = 'x'.repeat(5_000);
  it.each<[string, string, string | Buffer, string?]>([
    ['as it is', '', text],
    ['in gzip that is smaller', 'gzip', gzipSync(repeated), repeated],
    ['in gzip that is larger itself', 'gzip', gzipSync(text)],
    ['in zlib', 'deflate', deflateSync(text)],
    ['in bare deflate', 'deflate', deflateRawSync(text)],
    ['in brotli', 'br', brotliCompressSync(text)],
    ['in brotli over gzip', 'gzip, br', brotliCompressSync(gzipSync(text))],
    ['in a .gz file', '', gzipSync(text)],
  ])('%s gives its beginning, and says so', async (_name, label, bytes, whole = text) => {
    bench.answer = send(bytes, label === '' ? {} : { 'content-encoding': label });
    const result = await bench.get('/', { mostBytes });
    expect(result).toMatchObject({ ok: true, value: { part: 'beginning' } });
    const body = result.ok && 'body' in result.value ? Buffer.from(result.value.body).toString() : '';
    expect(body.length).toBeGreaterThan(1_000);
    expect(body.length).toBeLessThanOrEqual(mostBytes);
    expect(whole.startsWith(body)).toBe(true);
  });

  it('is complete at exactly the limit', async () => {
    bench.answer = send('x'.repeat(mostBytes));
    const result = await bench.get('/', { mostBytes });
    expect(result.ok && 'part' in result.value).toBe(false);
  });

  it('takes no more memory if every byte comes as a chunk', async () => {
    const many = Buffer.from('1\r\nx\r\n'.repeat(10_000));
    bench.answer = ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const more = (): void => void (socket.destroyed || socket.write(many, () => setImmediate(more)));
      more();
    };
    const before = process.memoryUsage.rss();
    expect(await bench.get('/', { mostBytes: 2 ** 19 })).toMatchObject({ ok: true, value: { part: 'beginning' } });
    // An object kept for each byte would take some 500 bytes.
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 2 ** 20);
  }, 60_000);

  it('ends the transfer at the limit', async () => {
    let sent = 0;
    const closed = new Promise<void>((resolve) => {
      bench.answer = (_, response) => {
        response.on('close', resolve);
        const more = (): void => {
          sent += 1_000;
          response.write('x'.repeat(1_000), () => setImmediate(more));
        };
        more();
      };
    });
    expect(await bench.get('/', { mostBytes })).toMatchObject({ ok: true, value: { part: 'beginning' } });
    await closed;
    expect(sent).toBeLessThan(10 * 2 ** 20);
  });
});

describe('a part of a document', () => {
  const ITEMS = '<rss version="2.0"><channel><title>x</title><item><title>One &lt;/rss&gt;</title></item><item><title>Tw';
  const broke = () => `network: The connection to 127.0.0.1:${bench.server.port} broke before the whole document had arrived.`;
  const long = ITEMS.repeat(300);

  it.each([
    ['RSS', ITEMS],
    ['RSS that ends in a comment', `${ITEMS}<!-- </rss> -->`],
    ['JSON', '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"}'],
    ['nothing', ''],
  ])('is a failure: %s', async (_name, body) => {
    bench.answer = sendRaw(`HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n${body}`);
    expect(await bench.body()).toBe(broke());
    for (const connection of ['close', 'keep-alive']) {
      bench.answer = sendRaw(
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: ${connection}\r\n\r\n${body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`}`,
      );
      expect(await bench.body()).toBe(broke());
    }
  });

  it.each<[string, Buffer]>([
    ['gzip', gzipSync(long).subarray(0, -40)],
    ['deflate', deflateSync(long).subarray(0, -20)],
    ['br', brotliCompressSync(long).subarray(0, -10)],
    ['gzip', gzipSync(ITEMS).subarray(0, -9)],
  ])('is a failure: %s', async (label, bytes) => {
    bench.answer = send(bytes, { 'content-encoding': label });
    expect(await bench.body()).toBe('bad-encoding: The compressed document is damaged or cut off.');
  });

  it('does not exceed the limit while it is repaired', async () => {
    bench.answer = send(Buffer.concat([gzipSync(Buffer.alloc(3_000_000, 32)), Buffer.from('!')]), { 'content-encoding': 'gzip' });
    const result = await bench.get('/', { mostBytes: 2_000_000 });
    expect(result).toMatchObject({ ok: true, value: { part: 'beginning' } });
    expect(result.ok && 'body' in result.value && result.value.body.byteLength).toBe(2_000_000);
  });
});
