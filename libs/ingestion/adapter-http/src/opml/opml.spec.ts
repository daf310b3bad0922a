import type { Source } from '@barometer/ingestion';
import { readOpml, writeOpml } from '../index';

const bytes = (text: string) => Buffer.from(text);
const list = (body: string) => readOpml(bytes(`<?xml version="1.0"?><opml version="2.0"><head/><body>${body}</body></opml>`));

function sourcesOf(body: string) {
  const read = list(body);
  if (!read.ok) throw new Error(read.error.message);
  return read.value.sources;
}

const source = (change: Partial<Source>): Source => ({
  id: 'a',
  kind: 'feed',
  url: 'https://a.example/feed',
  name: 'A',
  intervalMinutes: 15,
  paused: false,
  addedAt: 0,
  health: { status: 'never', nextPollAt: 0, failures: 0, polls: 0, articles: 0, bytesSaved: 0, lastBytes: 0 },
  ...change,
});

describe('readOpml', () => {
  it('reads names, pages, languages, folders and the position of each entry', () => {
    expect(
      list(`<outline text="Business"><outline text="short" title="Markets &amp; Money" type="rss" xmlUrl="https://m.example/rss" htmlUrl="https://m.example/" language="en-us"/>
        <outline text="Energy"><outline text="Grid" xmlUrl="feed://grid.example/feed" language="unknown"/></outline></outline>`),
    ).toEqual({
      ok: true,
      value: {
        sources: [
          { place: 'line 1', url: 'https://m.example/rss', name: 'Markets & Money', homepage: 'https://m.example/', language: 'en-us', groups: ['Business'] },
          { place: 'line 2', url: 'http://grid.example/feed', name: 'Grid', language: 'unknown', groups: ['Business/Energy'] },
        ],
        unread: [],
        leftOut: [],
      },
    });
  });

  it('uses the category if there is no folder, accepts NewsAPI addresses, and keeps repeated addresses', () => {
    expect(
      sourcesOf(
        '<outline text="L" xmlUrl="https://l.example/" category="/News/World,/Other"/><outline text="2" xmlUrl="https://l.example/"/><outline text="N" xmlUrl="newsapi:top-headlines?country=us"/><outline text="note"/>',
      ),
    ).toMatchObject([{ groups: ['News/World', 'Other'] }, { name: '2' }, { url: 'newsapi:top-headlines?country=us' }]);
  });

  it.each([
    ['a home page that is none', '<outline text="A" xmlUrl="https://a.example/" htmlUrl="N/A"/>', { name: 'A', homepage: 'N/A' }],
    [
      'attributes nobody knows, without quotes, twice',
      '<outline foo:bar="1" text="A" checked isOpen=true xmlUrl="https://a.example/" xmlUrl="https://b.example/" text="B"/>',
      { name: 'A' },
    ],
    [
      'names of attributes in other letters',
      "<OUTLINE TEXT='A' XMLURL='https://a.example/' HTMLURL='https://h.example/'/>",
      { name: 'A', homepage: 'https://h.example/' },
    ],
    ['an empty title', '<outline title=" " text="A" xmlUrl="https://a.example/"/>', { name: 'A' }],
    ['no title', '<outline xmlUrl="https://a.example/"/>', {}],
    ['line ends in a title and an address', '<outline text="A\nB" xmlUrl="\n https://a.example/ "/>', { name: 'A\nB' }],
    [
      'signs that are not escaped',
      '<outline text="Q&A <live>" xmlUrl="https://a.example/?a=1&b=2&copy=3"/>',
      { name: 'Q&A <live>', url: 'https://a.example/?a=1&b=2&copy=3' },
    ],
    ['references', '<outline text="&#x201C;Caf&#233;&#8221;" xmlUrl="https://a.example/?a=1&amp;b=2"/>', { name: '“Café”', url: 'https://a.example/?a=1&b=2' }],
    ['a feed in a feed', '<outline text="A" xmlUrl="https://a.example/"><outline text="B" xmlUrl="https://b.example/"/></outline>', { name: 'A' }],
    ['an outline that is not closed', '<outline text="A" xmlUrl="https://a.example/">', { name: 'A' }],
    ['its address under "url"', '<outline type="RSS" text="A" url="https://a.example/"/>', { name: 'A' }],
  ])('reads a feed with %s', (_what, outline, expected) => {
    const sources = sourcesOf(`${outline}<outline text="last" xmlUrl="https://last.example/"/>`);
    expect(sources[0]).toMatchObject({ url: 'https://a.example/', ...expected });
    expect(sources.at(-1)).toMatchObject({ name: 'last', url: 'https://last.example/' });
  });

  it('keeps an entry without an address, to report it, and skips links and folders', () => {
    expect(sourcesOf('<outline type="rss" text="Lost"/>\n<outline type="link" text="Page" url="https://p.example/"/><outline text="F" xmlUrl=""/>')).toEqual([
      { place: 'line 1', name: 'Lost', url: '' },
    ]);
  });

  it('reads folders in folders, a thousand deep', () => {
    const deep = `${Array.from({ length: 1_000 }, (_, n) => `<outline text="f${n}">`).join('')}<outline text="A" xmlUrl="https://a.example/"/>${'</outline>'.repeat(1_000)}`;
    expect(sourcesOf(deep)).toMatchObject([{ name: 'A', groups: ['f0/f1/f2/f3'] }]);
  });

  it('reports folders that are too deep, and names that are too long for a group', () => {
    const [long, longer] = ['x'.repeat(61), 'y'.repeat(400)];
    const read = list(
      `<outline text="a"><outline text="b"><outline text="c"><outline text="d"><outline text="e"><outline xmlUrl="https://a.example/"/>
        <outline xmlUrl="https://b.example/"/></outline></outline></outline></outline></outline>
        <outline xmlUrl="https://c.example/" category="News,${long},/Tech/${longer}"/>`,
    );
    expect(read).toMatchObject({
      ok: true,
      value: {
        sources: [{ groups: ['a/b/c/d'] }, { groups: ['a/b/c/d'] }, { groups: ['News', 'x'.repeat(60), `Tech/${'y'.repeat(60)}`] }],
        leftOut: [
          { place: 'line 1', url: '', message: 'The name of a group must have at most 4 levels; "a/b/c/d/e" became "a/b/c/d", for 2 feeds.' },
          { place: 'line 3', message: `The name of a group must have at most 60 characters a level; "${long}" became "${'x'.repeat(60)}", for 1 feed.` },
          { place: 'line 3', message: expect.stringContaining(`"Tech/${'y'.repeat(295)}…" became "Tech/${'y'.repeat(60)}", for 1 feed.`) },
        ],
      },
    });
  });

  it('returns every group, however many there are', () => {
    const categories = Array.from({ length: 30 }, (_, index) => `g${index}`);
    expect(sourcesOf(`<outline xmlUrl="https://a.example/" category="${categories.join(',')}"/>`)).toMatchObject([{ groups: categories }]);
  });

  it('reads what precedes the point where a list breaks off, and reports that', () => {
    const cut = bytes('<?xml version="1.0"?>\n<opml><body>\n<outline text="A" xmlUrl="https://a.example/"/>\n<outline text="B" xmlUrl="https://b.exa');
    expect(readOpml(cut)).toEqual({
      ok: true,
      value: {
        sources: [{ place: 'line 3', name: 'A', url: 'https://a.example/' }],
        unread: [{ place: 'line 4', url: '', message: 'The list breaks off here; what came after it is not known.' }],
        leftOut: [],
      },
    });
  });

  it('expands nothing and reads no file', () => {
    const hostile =
      '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&a;&x;" xmlUrl="https://h.example/"/></body></opml>';
    expect(readOpml(bytes(hostile))).toMatchObject({ ok: true, value: { sources: [{ name: '&a;&x;' }] } });
  });

  describe('in every charset that feeds are read in', () => {
    const text = (encoding: string) =>
      `<?xml version="1.0" encoding="${encoding}"?>\n<opml version="1.0"><body><outline text="Café der Künste" xmlUrl="https://a.example/feed"/></body></opml>\n`;
    const wide = Buffer.from(text('UTF-16'), 'utf16le');
    it.each<[string, Buffer, string?]>([
      ['UTF-8', bytes(text('UTF-8'))],
      ['UTF-8 with a mark', bytes(`\ufeff${text('UTF-8')}`)],
      ['UTF-8 that says Latin-1', bytes(text('ISO-8859-1'))],
      ['Latin-1', Buffer.from(text('ISO-8859-1'), 'latin1')],
      ['Windows-1252 that says UTF-8', Buffer.from(text('UTF-8'), 'latin1')],
      ['Latin-1 by its content type', Buffer.from(text('x').replace(' encoding="x"', ''), 'latin1'), 'text/xml; charset=ISO-8859-1'],
      ['Mac Roman', Buffer.from(text('macintosh').replace('é', '\x8e').replace('ü', '\x9f'), 'latin1')],
      ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), wide])],
      ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(wide).swap16()])],
      ['UTF-16 LE without one', wide],
      ['UTF-16 BE without one', Buffer.from(wide).swap16()],
    ])('%s', (_charset, ...given) => {
      expect(readOpml(...given)).toMatchObject({ ok: true, value: { sources: [{ name: 'Café der Künste', url: 'https://a.example/feed', place: 'line 2' }] } });
    });

    it('names an unknown charset', () => {
      expect(readOpml(Buffer.from(text('x-made-up'), 'latin1'))).toEqual({
        ok: false,
        error: { message: "The document's character set x-made-up is not known." },
      });
    });
  });

  it.each([
    ['', 'The document is not an OPML list.'],
    ['<html></html>', 'The document is not an OPML list.'],
    ['<rss><outline xmlUrl="https://a.example/"/></rss>', 'The document is not an OPML list.'],
    ['<opml><body><outline text="x', 'The list breaks off before its first source.'],
    [`<opml><body>${'<outline text="d">'.repeat(1_000)}`, 'The list breaks off before its first source.'],
    [`<opml><body>${'<outline xmlUrl="https://x.example/"/>'.repeat(50_001)}</body></opml>`, 'The list has more than 50000 entries.'],
    [`<opml><body>${' '.repeat(10 * 2 ** 20)}</body></opml>`, 'The list is larger than 10 MiB.'],
  ])('refuses %#', (text, message) => expect(readOpml(bytes(text))).toEqual({ ok: false, error: { message } }));
});

describe('writeOpml', () => {
  it('writes what readOpml reads back', () => {
    const sources = [
      source({ name: 'A & "B" <c>\u0000', groups: ['Business'], homepage: 'https://a.example/?a=1&b=2', language: 'en' }),
      source({ name: 'O’Neil', url: 'newsapi:everything?q=oil', kind: 'newsapi' }),
      source({ name: '日本', url: 'https://j.example/ü', groups: ['Business', 'Asia/日本'] }),
    ];
    expect(readOpml(bytes(writeOpml(sources, 0)))).toMatchObject({
      ok: true,
      value: {
        sources: [
          { url: 'https://a.example/feed', name: 'A & "B" <c>', homepage: 'https://a.example/?a=1&b=2', language: 'en', groups: ['Business'] },
          { url: 'https://j.example/ü', name: '日本', groups: ['Business'] },
          { url: 'https://j.example/ü', name: '日本', groups: ['Asia/日本'] },
          { url: 'newsapi:everything?q=oil', name: 'O’Neil' },
        ],
      },
    });
  });

  it("preserves nested folders, and feeds in several of them, through another reader's export and back", () => {
    const exported = list(`
      <outline text="News" title="News">
        <outline text="World" title="World">
          <outline type="rss" text="BBC World" title="BBC World" xmlUrl="https://feeds.bbci.example/world.xml" htmlUrl="https://www.bbc.example/news"/>
          <outline type="rss" text="Al Jazeera" title="Al Jazeera" xmlUrl="https://aljazeera.example/all.xml"/>
          <outline text="Europe"><outline type="rss" text="Politico" xmlUrl="https://politico.example/rss"/></outline>
        </outline>
        <outline type="rss" text="The Wire &amp; Co" xmlUrl="https://wire.example/feed"/>
      </outline>
      <outline text="Must Reads"><outline type="rss" text="BBC World" xmlUrl="https://feeds.bbci.example/world.xml"/></outline>
      <outline text="科学"><outline type="rss" text="Nature" xmlUrl="https://nature.example/rss"/></outline>
      <outline type="rss" text="Lone" xmlUrl="https://lone.example/feed"/>`);
    const groupsIn = (read: ReturnType<typeof readOpml>) => {
      const found = new Map<string, string[]>();
      for (const { url, groups = [] } of read.ok ? read.value.sources : []) found.set(url, [...(found.get(url) ?? []), ...groups].sort());
      return Object.fromEntries(found);
    };
    const expected = {
      'https://feeds.bbci.example/world.xml': ['Must Reads', 'News/World'],
      'https://aljazeera.example/all.xml': ['News/World'],
      'https://politico.example/rss': ['News/World/Europe'],
      'https://wire.example/feed': ['News'],
      'https://nature.example/rss': ['科学'],
      'https://lone.example/feed': [],
    };
    expect(groupsIn(exported)).toEqual(expected);
    const kept = Object.entries(expected).map(([url, groups], index) =>
      source({ id: `s${index}`, url, name: `S${index}`, ...(groups.length > 0 && { groups }) }),
    );
    const written = writeOpml(kept, 0);
    expect(groupsIn(readOpml(bytes(written)))).toEqual(expected);
    expect(written.match(/text="(?:News|World)"/g)).toEqual(['text="News"', 'text="World"']);
  });

  it('writes an empty list', () => expect(readOpml(bytes(writeOpml([], 0)))).toEqual({ ok: true, value: { sources: [], unread: [], leftOut: [] } }));
});
