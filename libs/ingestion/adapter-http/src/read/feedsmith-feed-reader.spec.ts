import type { FeedItem } from '@barometer/ingestion';
import fc from 'fast-check';
import { FeedsmithFeedReader } from './feedsmith-feed-reader';

const reader = new FeedsmithFeedReader();
const URL = 'https://feeds.example/dir/feed.xml';
const read = (text: string) => reader.read({ body: new TextEncoder().encode(text), url: URL });
const rss = (items: string, head = '') =>
  read(
    `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title>${head}${items}</channel></rss>`,
  );
const itemsOf = (result: ReturnType<typeof read>): readonly FeedItem[] => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value.items;
};

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
    const item =
      '<item><title>One</title><media:title>Not this</media:title><link>a b</link><guid isPermaLink="false">g1</guid><dc:date>2026-01-01</dc:date><source url="x">The Wire</source><dc:language>en-GB</dc:language></item>';
    expect(itemsOf(rss(item))).toEqual([
      { guid: 'g1', link: 'https://feeds.example/dir/a%20b', title: 'One', publishedAt: Date.UTC(2026, 0, 1), publisher: 'The Wire', language: 'en-GB' },
    ]);
  });

  it('takes no link that is not of the web, and a guid only where it is one', () => {
    expect(
      itemsOf(
        rss(
          '<item><title>a</title><link>javascript:alert(1)</link><guid>https://g.example/1</guid></item><item><guid isPermaLink="false">https://g.example/2</guid></item>',
        ),
      ),
    ).toEqual([{ title: 'a', guid: 'https://g.example/1', link: 'https://g.example/1' }, { guid: 'https://g.example/2' }]);
  });

  it('leaves out a date that can’t be read', () => {
    expect(itemsOf(rss('<item><title>a</title><pubDate>soon</pubDate></item>'))).toEqual([{ title: 'a' }]);
  });

  it('keeps items that are missing an end, nested, or empty', () => {
    expect(itemsOf(rss('<item><title>a</title><item/><link>https://x.example/</link></item><item><title>b</title><item><title>c</title></item>'))).toEqual([
      { title: 'a', link: 'https://x.example/' },
      {},
      { title: 'b' },
      { title: 'c' },
    ]);
  });

  it('leaves out characters that XML forbids', () => {
    expect(itemsOf(rss('<item><ti\u0000tle>a\u0000b\u0007c</title></item>'))).toEqual([{ title: 'abc' }]);
  });

  it('leaves HTML inside an entry alone', () => {
    const entry = '<entry><title>a</title><content type="xhtml"><div><entry>not one</entry><p>x<p>y<br><img src="a>b"></div></content></entry>';
    expect(itemsOf(read(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}<entry><title>b</title></entry></feed>`))).toMatchObject([
      { title: 'a' },
      { title: 'b' },
    ]);
  });
});

describe('what other readers stumble over', () => {
  const item = (inside: string) =>
    rss(`<item>${inside}<link>https://x.example/1</link><pubDate>Thu, 26 Nov 2026 12:00:00 GMT</pubDate></item><item><title>next</title></item>`);
  const atom = (entry: string) =>
    read(`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><link href="https://site.example/"/>${entry}</feed>`);

  it.each([
    ['Court rules x<y in patent case', 'Court rules x<y in patent case'],
    ['We <3 rescue dogs', 'We <3 rescue dogs'],
    ['Loss of 5% <- worse than feared', 'Loss of 5% <- worse than feared'],
    ['Quake: 3<M<4 felt', 'Quake: 3<M<4 felt'],
    ['If a<b>c then', 'If a<b>c then'],
    ['Aid <em>arrives</em> at last', 'Aid <em>arrives</em> at last'],
    ['Last <', 'Last <'],
  ])('a sign or a tag in a title: %s', (title, expected) => {
    expect(itemsOf(item(`<title>${title}</title>`))).toEqual([
      { title: expected, link: 'https://x.example/1', publishedAt: Date.UTC(2026, 10, 26, 12) },
      { title: 'next' },
    ]);
  });

  it('a lone sign in a description, and in a CDATA section', () => {
    const [first] = itemsOf(item('<title>a</title><description>if x<y and <p>more</p> <![CDATA[ 1<2 ]]></description>'));
    expect(first).toMatchObject({ link: 'https://x.example/1', summary: expect.stringContaining('if x<y and') });
  });

  it.each([
    ['&#55357;&#56832;', '😀'],
    ['&#xD83D;&#xDE00;', '😀'],
    ['&amp;#55357;&amp;#56832;', '😀'],
    ['<![CDATA[&#55357;&#56832;]]>', '😀'],
  ])('halves of a character: %s', (halves, expected) =>
    expect(itemsOf(rss(`<item><title>a ${halves} b</title></item>`))).toEqual([{ title: `a ${expected} b` }]),
  );

  it.each(['&#55357;', '&#0;', '&#x110000;', '&#99999999999;', '&#xD800;x&#xDC00;'])('a reference to no character, %s, loses no item', (reference) => {
    expect(itemsOf(rss(`<item><title>a ${reference} b</title></item><item><title>next</title></item>`))).toEqual([
      { title: expect.stringMatching(/^a .* b$/) },
      { title: 'next' },
    ]);
  });

  it.each([
    ['below the root', '<rss version="2.0"><title>T</title><item><title>a</title></item></rss>', 1],
    ['behind the channel', '<rss version="2.0"><channel><title>T</title></channel><item><title>a</title></item><item><title>b</title></item></rss>', 2],
    ['in and behind the channel', '<rss version="2.0"><channel><title>T</title><item><title>a</title></item></channel><item><title>b</title></item></rss>', 2],
    [
      'in two channels',
      '<rss version="2.0"><channel><title>T</title><item><title>a</title></item></channel><channel><item><title>b</title></item></channel></rss>',
      2,
    ],
    ['before the channel', '<rss version="2.0"><item><title>a</title></item><channel><title>T</title><item><title>b</title></item></channel></rss>', 2],
  ])('items %s', (_where, text, count) => {
    const document = read(text);
    expect(itemsOf(document)).toHaveLength(count);
    expect(document).toMatchObject({ value: { title: 'T' } });
  });

  it.each([
    ['the id', '<entry><id>https://x.example/1</id><title>a</title></entry>', 'https://x.example/1'],
    ['where the content lies', '<entry><id>urn:1</id><title>a</title><content src="/2" type="text/html"/></entry>', 'https://feeds.example/2'],
    [
      'the alternate link before both',
      '<entry><id>https://x.example/1</id><link rel="self" href="/s"/><link href="/3"/><title>a</title></entry>',
      'https://feeds.example/3',
    ],
    ['none, of an id that is no web address', '<entry><id>tag:x.example,2026:1</id><title>a</title></entry>', undefined],
    ['not a picture that is the content', '<entry><id>urn:1</id><title>a</title><content src="/2.png" type="image/png"/></entry>', undefined],
  ])('an entry has %s for a link', (_what, entry, link) => expect(itemsOf(atom(entry))[0]?.link).toBe(link));

  it.each([
    ['type="text"', 'drop &lt;marquee&gt;', 'drop <marquee>', true],
    ['', 'drop &lt;marquee&gt;', 'drop <marquee>', true],
    ['type="html"', 'drop &lt;b&gt;it&lt;/b&gt;', 'drop <b>it</b>', undefined],
  ])('a title with %s says whether it is text', (type, title, expected, isText) => {
    const [entry] = itemsOf(atom(`<entry><id>1</id><title ${type}>${title}</title></entry>`));
    expect([entry?.title, entry?.titleIsText]).toEqual([expected, isText]);
  });

  it.each([
    ['<date>2026-11-15T12:00:00Z</date>'],
    ['<published>2026-11-15T12:00:00Z</published>'],
    ['<updated>2026-11-15T12:00:00Z</updated>'],
    ['<created>2026-11-15T12:00:00Z</created>'],
    ['<dcterms:modified xmlns:dcterms="http://purl.org/dc/terms/">2026-11-15T12:00:00Z</dcterms:modified>'],
    ['<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2026-11-15T12:00:00Z</dc:date>'],
    ['<PubDate>Sun, 15 Nov 2026 12:00:00 GMT</PubDate>'],
  ])('a date in %s', (date) => expect(itemsOf(rss(`<item><title>a</title>${date}</item>`))[0]?.publishedAt).toBe(Date.UTC(2026, 10, 15, 12)));

  it('a link against the channel’s own, since the feed may lie elsewhere', () => {
    expect(
      itemsOf(read('<rss version="2.0"><channel><link>https://paper.example/</link><item><title>a</title><link>/news/8</link></item></channel></rss>'))[0]
        ?.link,
    ).toBe('https://paper.example/news/8');
    expect(
      itemsOf(read('<rss version="2.0" xml:base="https://base.example/x/"><channel><item><title>a</title><link>8</link></item></channel></rss>'))[0]?.link,
    ).toBe('https://base.example/x/8');
  });

  it('what stands in for title and link where nothing better is there', () => {
    const spaces =
      'xmlns:media="http://search.yahoo.com/mrss/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';
    const items = itemsOf(
      read(`<rss version="2.0" ${spaces}><channel>
      <item><media:title>from media</media:title><feedburner:origLink>https://x.example/1</feedburner:origLink></item>
      <item><itunes:title>from itunes</itunes:title><guid>7</guid></item>
      <item><title>own</title><media:title>other</media:title><link>https://x.example/2</link><feedburner:origLink>https://x.example/3</feedburner:origLink></item></channel></rss>`),
    );
    expect(items.map(({ title, link }) => [title, link])).toEqual([
      ['from media', 'https://x.example/1'],
      ['from itunes', undefined],
      ['own', 'https://x.example/2'],
    ]);
  });

  it('texts of a JSON Feed that are wrapped, numbers or nothing', () => {
    const items = [
      { id: 1, title: { rendered: 'Flood' }, url: { href: 'https://x.example/1' } },
      { id: '2', title: 7 },
      { id: '3', title: null, content_text: 'Text' },
      { id: '4', title: ['Listed'] },
      null,
      'x',
      { id: '5', title: { other: {} } },
    ];
    expect(itemsOf(read(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: { rendered: 'W' }, items })))).toEqual([
      { guid: '1', title: 'Flood', link: 'https://x.example/1' },
      { guid: '2', title: '7' },
      { guid: '3', summary: 'Text' },
      { guid: '4', title: 'Listed' },
      { guid: '5' },
    ]);
  });

  it('an item that is nested too deeply is left out, not its feed, and that is said', () => {
    const deep = `<item><title>deep</title><description>${'<a>'.repeat(1_000)}x${'</a>'.repeat(1_000)}</description></item>`;
    const document = read(`<rss version="2.0"><channel><item><title>a</title></item>${deep}<item><title>b</title></item></channel></rss>`);
    expect(document).toMatchObject({
      value: { items: [{ title: 'a' }, { title: 'b' }], leftOut: expect.stringMatching(/^1 of its items is nested too deeply/) },
    });
  });

  it.each([
    ['newest first', 1],
    ['oldest first', -1],
  ])('of very many plain items, in a feed with the %s, the newest part', (_order, sign) => {
    const items = Array.from(
      { length: 70_000 },
      (_, index) =>
        `<item><title>${index}</title><link>/${index}</link><guid>${index}</guid><pubDate>${new Date(Date.UTC(2026, 0, 1) - sign * index * 1_000).toISOString()}</pubDate></item>`,
    );
    const document = read(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`);
    const titles = itemsOf(document).map(({ title }) => Number(title));
    expect([titles.length, titles[0], titles.at(-1)]).toEqual(sign > 0 ? [20_000, 0, 19_999] : [20_000, 50_000, 69_999]);
    expect(document).toMatchObject({ value: { leftOut: 'Only the newest 20,000 of its 70,000 items were read.' } });
  });

  it.each([
    ['newest first', 1],
    ['oldest first', -1],
  ])('of more items than are taken, in a feed with the %s, the newest part, and that is said', (_order, sign) => {
    const dated = Array.from({ length: 20_010 }, (_, index) => new Date(Date.UTC(2026, 0, 1) - sign * index * 1_000));
    const xml = read(
      `<rss version="2.0"><channel>${dated.map((date, index) => `<item><title>${index}</title><pubDate>${date.toUTCString()}</pubDate></item>`).join('')}</channel></rss>`,
    );
    const json = read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1',
        items: dated.map((date, index) => ({ id: `${index}`, title: `${index}`, date_published: date.toISOString() })),
      }),
    );
    for (const document of [xml, json]) {
      const titles = itemsOf(document).map(({ title }) => Number(title));
      expect([titles.length, titles[0], titles.at(-1)]).toEqual(sign > 0 ? [20_000, 0, 19_999] : [20_000, 10, 20_009]);
      expect(document).toMatchObject({ value: { leftOut: 'Only the newest 20,000 of its 20,010 items were read.' } });
    }
  });
});

describe('hostile documents', () => {
  const open = '<rss version="2.0"><channel><item><title>x</title>';
  it.each([
    ['elements', `${open}${'<a/>'.repeat(400_000)}`, 'too-complex'],
    ['depth', `${open}<description>${'<a>'.repeat(1_000)}`, 'too-complex'],
    ['stray signs', `${open}${'<'.repeat(2_000_000)}`, 'too-complex'],
    ['JSON depth', '['.repeat(2_000_000), 'too-complex'],
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
    const piece = fc.constantFrom(
      '<rss version="2.0">',
      '<channel>',
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<!DOCTYPE a [',
      ']>',
      '&amp;',
      '&x;',
      '<',
      '>',
      '"',
      ' a="',
      '<?xml',
      '?>',
      'text',
      '<link/>',
      '<br>',
      '{',
      '[',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => expect(typeof read(pieces.join('')).ok).toBe('boolean')),
      { numRuns: 500 },
    );
  });
});
