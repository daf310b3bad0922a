import { gzipSync } from 'node:zlib';
import { FeedsmithFeedReader } from './index';
import { fetcherBench, send } from './testing/fetcher-bench';

const bench = fetcherBench();
const PARAGRAPH = `<p>${'A sentence of a long report. '.repeat(60)}</p>`;
const numbers = Array.from({ length: 8_000 }, (_, index) => index);
const date = (index: number) => new Date(Date.UTC(2026, 10, 26) - index * 60_000);
const rss = `<rss version="2.0"><channel><title>T</title>${numbers.map((n) => `<item><title>${n}</title><link>https://a.example/${n}</link><pubDate>${date(n).toUTCString()}</pubDate><description><![CDATA[${PARAGRAPH}]]></description></item>`).join('')}</channel></rss>`;
const json = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', items: numbers.map((n) => ({ id: `${n}`, url: `https://a.example/${n}`, title: `${n}`, date_published: date(n).toISOString(), content_html: PARAGRAPH })) });

it.each<[string, string, string | Buffer]>([
  ['RSS', '', rss],
  ['RSS in gzip', 'gzip', gzipSync(rss)],
  ['JSON Feed', '', json],
])('a feed of over 10 MiB gives its newest part and says so: %s', async (_format, encoding, body) => {
  bench.answer = send(body, encoding === '' ? {} : { 'content-encoding': encoding });
  const fetched = await bench.get();
  const read = fetched.ok && fetched.value.kind === 'document' ? new FeedsmithFeedReader().read(fetched.value) : undefined;
  if (!read?.ok) throw new Error(JSON.stringify(fetched).slice(0, 200));
  const titles = read.value.items.map(({ title }) => Number(title));
  expect(titles.length).toBeGreaterThan(5_000);
  expect(titles).toEqual(numbers.slice(0, titles.length));
  expect(read.value.leftOut).toBe(`The document is larger than 10 MiB, of which only the beginning was read: ${titles.length.toLocaleString('en')} items.`);
});
