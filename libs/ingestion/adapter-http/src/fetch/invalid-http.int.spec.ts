import { FEED, fetcherBench, send, sendRaw } from '../testing/fetcher-bench';

const bench = fetcherBench();
const LENGTH = FEED.length;
const answer = (headers: string[], body = FEED) => ['HTTP/1.1 200 OK', 'Content-Type: text/xml', ...headers, '', body].join('\r\n');
const length = (size: number | string) => `Content-Length: ${size}`;

describe('a repeated length', () => {
  it.each<[string, string[]]>([
    ['as two headers', [length(LENGTH), length(LENGTH)]],
    ['as three, in other letters, apart', [length(LENGTH), 'X-Other: 1', `content-length:${LENGTH}`, `CONTENT-LENGTH:  ${LENGTH}  `]],
    ['in one header', [length(`${LENGTH}, ${LENGTH}`)]],
  ])('that says the same %s is read', async (_name, headers) => {
    bench.answer = sendRaw(answer(headers));
    expect(await bench.body()).toBe(FEED);
  });

  it('is read behind what an answer may begin with, and from single bytes', async () => {
    const whole = Buffer.from(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${answer([length(LENGTH), length(LENGTH)])}`);
    bench.answer = ({ socket }) => {
      socket.setNoDelay(true);
      const next = (at: number): void => void (at < whole.length ? socket.write(whole.subarray(at, at + 1), () => setImmediate(next, at + 1)) : socket.end());
      next(0);
    };
    expect(await bench.body()).toBe(FEED);
  });

  it.each<[string, string[]]>([
    ['differs', [length(LENGTH), length(LENGTH + 1)]],
    ['differs in one header', [length(`${LENGTH}, ${LENGTH - 1}`)]],
    ['is written differently', [length(LENGTH), length(`0${LENGTH}`)]],
    ['stands beside chunks', ['Transfer-Encoding: chunked', length(LENGTH), length(LENGTH)]],
  ])('that %s is refused', async (_name, headers) => {
    bench.answer = sendRaw(answer(headers));
    expect(await bench.code()).toBe('invalid-http');
  });

  it('in a document is text', async () => {
    const text = `<rss>\r\n\r\n${length(1)}\r\n${length(1)}\r\n\r\n</rss>`;
    bench.answer = sendRaw(answer([length(text.length)], text));
    expect(await bench.body()).toBe(text);
  });
});

describe('other invalid HTTP', () => {
  const chunked = (body: string) => answer(['Transfer-Encoding: chunked'], body);
  const cases: [string, string, string][] = [
    ['bare line feeds', answer(['Connection: close']).replaceAll('\r\n', '\n'), 'a line of its headers ends in the wrong way'],
    ['a bare line feed after one header', answer(['X-A: 1\nX-B: 2']), 'a line of its headers ends in the wrong way'],
    ['no HTTP', 'SSH-2.0-Example\r\n', 'it does not begin like HTTP'],
    ['a document without headers', FEED, 'it does not begin like HTTP'],
    ['an old radio server', 'ICY 200 OK\r\n\r\n', 'it does not begin like HTTP'],
    ['a version that is none', 'HTTP/9.9 200 OK\r\n\r\n', 'its version of HTTP'],
    ['a status that is none', 'HTTP/1.1 abc OK\r\n\r\n', 'its status'],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n', 'its status'],
    ['a header without a colon', answer(['X-Broken']), 'a header'],
    ['a space before the colon', answer(['X-Broken : 1']), 'a header'],
    ['a header without a name', answer([': 1']), 'a header'],
    ['a control character in a header', answer(['X-Broken: a\x01b']), 'a header'],
    ['a folded header', answer(['X-Long: a', '  b']), 'a header'],
    ['conflicting lengths', answer([length(LENGTH), length(LENGTH + 1)]), 'lengths'],
    ['a length that is none', answer([length('many')]), 'length'],
    ['a negative length', answer([length(-1)]), 'length'],
    ['an empty length', answer([length('')]), 'length'],
    ['a length beyond all numbers', answer([length('9'.repeat(30))]), 'length'],
    ['chunks and a length', answer(['Transfer-Encoding: chunked', length(LENGTH)]), 'length'],
    ['a chunk size that is none', chunked(`zz\r\n${FEED}\r\n0\r\n\r\n`), 'chunk'],
    ['a chunk that is longer than its size', chunked(`3\r\n${FEED}\r\n0\r\n\r\n`), 'chunk'],
    ['a second chunk size that is none', chunked(`3\r\n<rs\r\nzz\r\n\r\n`), 'chunk'],
    ['a bare line feed in chunks', chunked(`3\n<rs\n0\n\n`), 'chunk'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', 'another protocol'],
    ['headers without end', `HTTP/1.1 200 OK\r\nX-Long: ${'a'.repeat(100_000)}\r\n\r\n`, 'headers are too long'],
    ['a thousand headers', answer(Array.from({ length: 2_000 }, (_, index) => `X-Header-${index}: abcdefgh`)), 'headers are too long'],
  ];

  it.each(cases)('is named: %s', async (_name, bytes, reason) => {
    bench.answer = sendRaw(bytes);
    const result = await bench.get();
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid-http' } });
    expect(result.ok || result.error.message).toContain(`127.0.0.1:${bench.server.port} did not answer in valid HTTP`);
    expect(result.ok || result.error.message).toContain(reason);
  });

  it.each([
    ['nothing', ''],
    ['half a status line', 'HTTP/1.1 20'],
    ['headers that break off', 'HTTP/1.1 200 OK\r\nContent-Type: te'],
  ])('is an answer that ended too early: %s', async (_name, bytes) => {
    bench.answer = sendRaw(bytes);
    expect(await bench.body()).toBe(`network: The connection to 127.0.0.1:${bench.server.port} broke before an answer had arrived.`);
  });

  it('lets nothing that stood behind one answer into the next', async () => {
    const stray = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged';
    bench.answer = (request, response) =>
      (request.url === '/' ? sendRaw(`HTTP/1.1 302 Found\r\nLocation: /feed\r\nContent-Length: 0\r\n\r\n${stray}`) : send(FEED))(request, response);
    expect(await bench.body()).toBe(FEED);
  });
});
