import { brotliCompressSync, gzipSync } from 'node:zlib';
import { FeedsmithFeedReader } from './index';
import { fetcherBench, send, sendRaw } from './testing/fetcher-bench';

const bench = fetcherBench();
const PARAGRAPH = `<p>${'A sentence of a "long" report { with ] signs \\\\" in it. '.repeat(10)}</p>`;
const date = (index: number) => new Date(Date.UTC(2026, 10, 26) - index * 60_000);
/** Items by their age, 0 the newest. */
const orders = (count: number) => {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return { newestFirst: numbers, oldestFirst: numbers.toReversed() };
};

const rss = (order: number[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Größe</title><link>https://a.example/</link><pubDate>${date(0).toUTCString()}</pubDate>${order.map((n) => `<item><title>${n} Löwe</title><link>https://a.example/${n}</link><pubDate>${date(n).toUTCString()}</pubDate><description><![CDATA[${PARAGRAPH}]]></description></item>`).join('\n')}</channel></rss>`;
const rdf = (order: number[]) =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Größe</title></channel>${order.map((n) => `<item rdf:about="https://a.example/${n}"><title>${n} Löwe</title><link>https://a.example/${n}</link><dc:date>${date(n).toISOString()}</dc:date><description>${'Text. '.repeat(80)}</description></item>`).join('')}</rdf:RDF>`;
const atom = (order: number[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Größe</title><updated>${date(0).toISOString()}</updated>${order.map((n) => `<entry><id>https://a.example/${n}</id><title>${n} Löwe</title><link href="https://a.example/${n}"/><updated>${date(n).toISOString()}</updated><summary type="html"><![CDATA[${PARAGRAPH}]]></summary></entry>`).join('')}</feed>`;
const json = (order: number[]) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Größe',
    authors: [{ name: 'a "b"' }],
    items: order.map((n) => ({
      url: `https://a.example/${n}`,
      id: `${n}`,
      title: `${n} Löwe`,
      date_published: date(n).toISOString(),
      content_html: PARAGRAPH,
      attachments: [
        { url: 'https://a.example/1.mp3', mime_type: 'audio/mpeg' },
        { url: 'x', mime_type: 'y' },
      ],
      tags: ['a', ']'],
    })),
    hubs: [{ type: 'a', url: 'b' }],
  });
const formats = [
  ['RSS', rss],
  ['RDF', rdf],
  ['Atom', atom],
  ['JSON Feed', json],
] as const;

async function read(options: Parameters<typeof bench.get>[1]) {
  const fetched = await bench.get('/', options);
  if (!fetched.ok || fetched.value.kind !== 'document') throw new Error(JSON.stringify(fetched));
  const feed = new FeedsmithFeedReader().read(fetched.value);
  if (!feed.ok) throw new Error(feed.error.message);
  return { ...feed.value, bytes: fetched.value.body.byteLength, ages: feed.value.items.map(({ title }) => Number.parseInt(title ?? '', 10)) };
}

const compressions = [
  ['as it is', '', Buffer.from],
  ['in gzip', 'gzip', gzipSync],
  ['in brotli', 'br', brotliCompressSync],
] as const;

describe.each(formats)('%s that is larger than the limit', (_format, write) => {
  const mostBytes = 100_000;
  const { newestFirst, oldestFirst } = orders(400);

  it.each(compressions)('gives its newest part, %s', async (_how, encoding, compress) => {
    for (const [order, part] of [
      [newestFirst, 'beginning'],
      [oldestFirst, 'end'],
    ] as const) {
      bench.answer = send(compress(Buffer.from(write(order))), encoding === '' ? {} : { 'content-encoding': encoding });
      const { ages, leftOut, bytes, title } = await read({ mostBytes });
      expect(ages.length).toBeGreaterThan(50);
      expect(ages.toSorted((a, b) => a - b)).toEqual(newestFirst.slice(0, ages.length));
      // The end is cut to begin with a complete item.
      expect([title, leftOut?.replace('97', '98')]).toEqual([
        'Größe',
        `The document is larger than 98 KiB, of which only the ${part} was read: ${ages.length} items.`,
      ]);
      expect(bytes).toBeLessThanOrEqual(mostBytes);
    }
  });

  it('gives its beginning, and says so, if its end is too far away or does not arrive', async () => {
    const said = expect.stringMatching(/only the beginning was read: \d+ items\. It lists its oldest items first, and the newest lie too far behind them\.$/);
    bench.answer = send(write(oldestFirst));
    expect((await read({ mostBytes: 30_000 })).leftOut).toEqual(said);
    const bytes = Buffer.from(write(oldestFirst));
    bench.answer = sendRaw(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n\r\n`), bytes.subarray(0, 150_000)]));
    expect((await read({ mostBytes })).leftOut).toEqual(said);
  });
});

it('in UTF-16 gives its beginning, and says so', async () => {
  bench.answer = send(Buffer.from(`\ufeff${rss(orders(400).oldestFirst)}`, 'utf16le'));
  expect((await read({ mostBytes: 100_000 })).leftOut).toMatch(/only the beginning was read: \d+ items\. It lists its oldest items first/);
});

it.each<[string, (order: number[]) => string]>([
  ['RSS', rss],
  ['JSON Feed', json],
])(
  'a feed of over 10 MiB gives its newest part in both orders: %s',
  async (_format, write) => {
    const { newestFirst, oldestFirst } = orders(20_000);
    for (const [order, part] of [
      [newestFirst, 'beginning'],
      [oldestFirst, 'end'],
    ] as const) {
      bench.answer = send(gzipSync(write(order)), { 'content-encoding': 'gzip' });
      const { ages, leftOut } = await read({});
      expect(ages.length).toBeGreaterThan(5_000);
      expect(ages.toSorted((a, b) => a - b)).toEqual(newestFirst.slice(0, ages.length));
      expect(leftOut).toBe(`The document is larger than 10 MiB, of which only the ${part} was read: ${ages.length.toLocaleString('en')} items.`);
    }
  },
  60_000,
);
