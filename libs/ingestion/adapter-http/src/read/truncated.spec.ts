import type { FeedItem } from '@barometer/ingestion';
import { MINUTE } from '@barometer/kernel';
import { FeedsmithFeedReader } from './feedsmith-feed-reader';

const reader = new FeedsmithFeedReader();
const NEWEST = Date.UTC(2026, 10, 26, 12);
const ITEMS = 12;
const numbers = Array.from({ length: ITEMS }, (_, index) => index);
const timeOf = (index: number, sign = 1): number => NEWEST - sign * index * MINUTE;
const dateOf = (index: number, sign = 1): string => new Date(timeOf(index, sign)).toISOString();
const title = (index: number): string => `Löwe №${index} 新闻 😀`;
const html = (index: number): string => `<p>Text & "more" of ${index} </item> ]] {}[]\\</p>`;

const rss = (sign = 1): string =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>T</title>${numbers.map((n) => `<item><title>${title(n)}</title><link>https://a.example/${n}</link><guid>https://a.example/${n}</guid><description><![CDATA[${html(n)}]]></description><pubDate>${dateOf(n, sign)}</pubDate></item>`).join('\n')}</channel></rss>`;
const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel>${numbers.map((n) => `<item rdf:about="https://a.example/${n}"><title>${title(n)}</title><link>https://a.example/${n}</link><dc:date>${dateOf(n)}</dc:date></item>`).join('')}</rdf:RDF>`;
const atom = `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title>${numbers.map((n) => `<a:entry><a:id>https://a.example/${n}</a:id><a:title>${title(n)}</a:title><a:link href="https://a.example/${n}"/><a:updated>${dateOf(n)}</a:updated></a:entry>`).join('')}</a:feed>`;
const json = (sign = 1): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'T',
    authors: [{ name: 'x' }],
    items: numbers.map((n) => ({
      id: `https://a.example/${n}`,
      url: `https://a.example/${n}`,
      title: title(n),
      content_html: `${html(n)}\n"\\"`,
      date_published: dateOf(n, sign),
      tags: ['a', 'b'],
      attachments: [{ url: 'x' }],
    })),
    hubs: [],
  });
const newsApi = JSON.stringify({
  status: 'ok',
  totalResults: ITEMS,
  articles: numbers.map((n) => ({ source: { id: null, name: 'x' }, title: title(n), url: `https://a.example/${n}`, publishedAt: dateOf(n) })),
});

const readCut = (body: Buffer, length: number, contentType?: string) =>
  reader.read({ body: body.subarray(0, length), url: 'https://a.example/feed', part: 'beginning', ...(contentType !== undefined && { contentType }) });

describe.each<[string, Buffer]>([
  ['RSS', Buffer.from(rss())],
  ['RSS, the oldest first', Buffer.from(rss(-1))],
  ['RDF', Buffer.from(rdf)],
  ['Atom with a prefix', Buffer.from(atom)],
  ['JSON Feed', Buffer.from(json())],
  ['an answer of NewsAPI', Buffer.from(newsApi)],
  ['RSS in UTF-16 LE', Buffer.from(`\ufeff${rss()}`, 'utf16le')],
  ['RSS in UTF-16 BE', Buffer.from(`\ufeff${rss()}`, 'utf16le').swap16()],
])('%s, cut anywhere', (_name, body) => {
  const all = ((): readonly FeedItem[] => {
    const whole = reader.read({ body, url: 'https://a.example/feed' });
    return whole.ok ? whole.value.items : [];
  })();

  it('keeps the complete items before the cut, as in the whole document', () => {
    expect(all).toHaveLength(ITEMS);
    let most = 0;
    // A prime step, so that cuts fall at every kind of position.
    for (let length = 1; length < body.length; length += 13) {
      const read = readCut(body, length);
      if (!read.ok) {
        expect([most, read.error.code]).toEqual([0, expect.stringMatching(/^(too-large|not-a-feed)$/)]);
        continue;
      }
      const { items } = read.value;
      expect(items).toEqual(all.slice(0, items.length));
      expect(items.length).toBeGreaterThanOrEqual(most);
      most = items.length;
    }
    expect(most).toBeGreaterThanOrEqual(ITEMS - 1);
  });
});

describe('the note on a document that was cut', () => {
  const said = (body: string, part = 0.5) => {
    const bytes = Buffer.from(body);
    const read = readCut(bytes, Math.round(bytes.length * part));
    return read.ok ? read.value.leftOut : `${read.error.code}: ${read.error.message}`;
  };

  it.each([
    ['RSS', rss(), rss(-1)],
    ['JSON Feed', json(), json(-1)],
  ])('says how much was read, and if the newest items are missing: %s', (_format, newestFirst, oldestFirst) => {
    expect(said(newestFirst)).toMatch(/^The document is larger than \d+ KiB, of which only the beginning was read: [56] items\.$/);
    expect(said(oldestFirst)).toMatch(/[56] items\. It lists its oldest items first, and the newest lie too far behind them\.$/);
  });

  it('gives the size in MiB from one MiB on', () => {
    const padded = Buffer.concat([Buffer.from(rss().replace('</channel></rss>', '')), Buffer.alloc(3 * 2 ** 20, '<item><title>x</title></item>')]);
    const read = readCut(padded, 2 * 2 ** 20);
    expect(read.ok && read.value.leftOut).toMatch(
      /^The document is larger than 2 MiB, of which only the beginning was read: 20,000 items\. Only the newest 20,000 of its 7\d,\d{3} items were read\.$/,
    );
  });

  it('says that nothing can be read if no item is complete', () => {
    for (const document of [rss(), rdf, atom, json(), newsApi])
      expect(said(document, 0.06)).toMatch(/^too-large: The document is larger than 0 KiB, and there is no whole item in the part that was read\.$/);
    expect(said(`<html><body>${'<p>x</p>'.repeat(100)}</body></html>`)).toMatch(/^html: /);
  });
});
