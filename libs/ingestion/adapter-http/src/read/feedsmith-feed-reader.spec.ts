import fc from 'fast-check';
import { FeedsmithFeedReader } from './feedsmith-feed-reader';

const reader = new FeedsmithFeedReader();
const URL = 'https://feeds.example/dir/feed.xml';
const read = (text: string) => reader.read({ body: new TextEncoder().encode(text), url: URL });
const rss = (items: string, head = '') => read(`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title>${head}${items}</channel></rss>`);
const itemsOf = (result: ReturnType<typeof read>) => (result.ok ? result.value.items : result.error);

describe('what a feed says of itself', () => {
  it('reads title, page, language and rest', () => {
    const head = '<link>/home</link><language>en_us</language><ttl>15</ttl>';
    expect(rss('', head)).toEqual({
      ok: true,
      value: { format: 'rss', title: 'T', homepage: 'https://feeds.example/home', language: 'en_us', ttlMs: 900_000, items: [] },
    });
    expect(rss('', '<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>')).toMatchObject({ value: { ttlMs: 21_600_000 } });
  });
});

describe('items', () => {
  it('takes the publisher, the date and the text from where they stand', () => {
    const item = '<item><title>One</title><media:title>Not this</media:title><link>a b</link><guid isPermaLink="false">g1</guid><dc:date>2026-01-01</dc:date><source url="x">The Wire</source><dc:language>en-GB</dc:language></item>';
    expect(itemsOf(rss(item))).toEqual([
      { guid: 'g1', link: 'https://feeds.example/dir/a%20b', title: 'One', publishedAt: Date.UTC(2026, 0, 1), publisher: 'The Wire', language: 'en-GB' },
    ]);
  });

  it('takes no link that is not of the web, and a guid only where it is one', () => {
    expect(itemsOf(rss('<item><title>a</title><link>javascript:alert(1)</link><guid>https://g.example/1</guid></item><item><guid isPermaLink="false">https://g.example/2</guid></item>'))).toEqual([
      { title: 'a', guid: 'https://g.example/1', link: 'https://g.example/1' },
      { guid: 'https://g.example/2' },
    ]);
  });

  it('leaves out a date that can’t be read', () => {
    expect(itemsOf(rss('<item><title>a</title><pubDate>soon</pubDate></item>'))).toEqual([{ title: 'a' }]);
  });

  it('keeps items that are missing an end, nested, or empty', () => {
    expect(itemsOf(rss('<item><title>a</title><item/><link>https://x.example/</link></item><item><title>b</title><item><title>c</title></item>'))).toEqual([
      { title: 'a', link: 'https://x.example/' }, {}, { title: 'b' }, { title: 'c' },
    ]);
  });

  it('leaves out characters that XML forbids', () => {
    expect(itemsOf(rss('<item><ti\u0000tle>a\u0000b\u0007c</title></item>'))).toEqual([{ title: 'abc' }]);
  });

  it('leaves HTML inside an entry alone', () => {
    const entry = '<entry><title>a</title><content type="xhtml"><div><entry>not one</entry><p>x<p>y<br><img src="a>b"></div></content></entry>';
    expect(itemsOf(read(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}<entry><title>b</title></entry></feed>`))).toMatchObject([{ title: 'a' }, { title: 'b' }]);
  });
});

describe('hostile documents', () => {
  const open = '<rss version="2.0"><channel><item><title>x</title>';
  it.each([
    ['elements', `${open}${'<a/>'.repeat(400_000)}`, 'too-complex'],
    ['depth', `${open}<description>${'<a>'.repeat(1_000)}`, 'too-complex'],
    ['items', `<rss version="2.0"><channel>${'<item/>'.repeat(30_000)}`, 'too-complex'],
    ['stray signs', `${open}${'<'.repeat(2_000_000)}`, 'too-complex'],
    ['JSON depth', '['.repeat(2_000_000), 'too-complex'],
    ['JSON items', `{"version":"https://jsonfeed.org/version/1","items":[${'{},'.repeat(30_000)}{}]}`, 'too-complex'],
    ['a large DTD', `<!DOCTYPE rss [<!ENTITY a "${'b'.repeat(100_000)}">]>${open}&a;</item></channel></rss>`, 'unsafe-dtd'],
  ])('refuses too many %s', (_name, text, code) => {
    expect(read(text)).toMatchObject({ ok: false, error: { code } });
  });

  it.each([
    ['brackets in an author', `${open}<author>${'('.repeat(3_000_000)}</author></item></channel></rss>`],
    ['ends without starts', `${open}${'</x>'.repeat(1_000_000)}</item></channel></rss>`],
    ['lone quotes', `${open}${'<a b="'.repeat(100_000)}</item></channel></rss>`],
  ])('reads past %s in little time', (_name, text) => {
    const started = performance.now();
    read(text);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('answers whatever it is given', () => {
    const piece = fc.constantFrom('<rss version="2.0">', '<channel>', '<item>', '</item>', '<title>', '</title>', '<![CDATA[', ']]>', '<!--', '-->', '<!DOCTYPE a [', ']>', '&amp;', '&x;', '<', '>', '"', ' a="', '<?xml', '?>', 'text', '<link/>', '<br>', '{', '[', '\u0000');
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => expect(typeof read(pieces.join('')).ok).toBe('boolean')), { numRuns: 500 });
  });
});
