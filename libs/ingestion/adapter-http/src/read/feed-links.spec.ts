import { findFeedLinks } from './feed-links';

const page = 'https://site.example/news/today.html';
const found = (html: string, url = page, contentType = 'text/html') => findFeedLinks({ body: new TextEncoder().encode(html), contentType, url });
const urls = (html: string, url = page) => found(html, url).map((feed) => feed.url);

describe('the feeds that a page names', () => {
  it('are its alternates of a feed’s type, with their titles, however they are written', () => {
    expect(
      found(`<!doctype html><html><head>
      <LINK HREF='/rss.xml' TYPE="Application/RSS+XML; charset=utf-8" REL="Alternate" TITLE="News &amp; views&#x1F600;">
      <link rel="alternate feed" type=application/atom+xml href=atom.xml>
      <link rel='alternate' type='application/feed+json' title='  JSON
        Feed ' href='//json.example/feed.json'/>
      <link rel="feed" href="?format=feed">
      <link rel="alternate" type="text/xml" href="feed://old.example/x">
    </head>`),
    ).toEqual([
      { url: 'https://site.example/rss.xml', title: 'News & views😀' },
      { url: 'https://site.example/news/atom.xml' },
      { url: 'https://json.example/feed.json', title: 'JSON Feed' },
      { url: 'https://site.example/news/today.html?format=feed' },
      { url: 'https://old.example/x' },
    ]);
  });

  it('stand relative to its base, of which the first counts', () => {
    expect(urls('<base href="/en/"><base href="/fr/"><link rel=alternate type=application/rss+xml href=rss>')).toEqual(['https://site.example/en/rss']);
    expect(urls('<base target=_blank><link rel=alternate type=application/rss+xml href=rss>')).toEqual(['https://site.example/news/rss']);
  });

  it('are found in the body too, and once each, by the first title', () => {
    expect(
      found(
        '<body><p><link rel=alternate type=application/rss+xml href=/f><link rel=alternate type=application/rss+xml title=A href=/f#x><link rel=alternate type=application/rss+xml title=B href=/f></p>',
      ),
    ).toEqual([{ url: 'https://site.example/f', title: 'A' }]);
  });

  it('come before those of comments', () => {
    expect(
      urls(
        '<link rel=alternate type=application/rss+xml title="Site » Comments Feed" href=/c><link rel=alternate type=application/rss+xml href=/comments/feed/><link rel=alternate type=application/rss+xml href=/feed/>',
      ),
    ).toEqual(['https://site.example/feed/', 'https://site.example/c', 'https://site.example/comments/feed/']);
  });

  it.each([
    ['an alternate in another language', '<link rel=alternate hreflang=de href=/de>'],
    [
      'an entry of an API',
      '<link rel=alternate type=application/json href=/wp-json/wp/v2/posts/1><link rel="alternate" type="application/json+oembed" href="/oembed?format=json"><link rel="alternate" type="text/xml+oembed" href="/oembed?format=xml">',
    ],
    ['a style sheet', '<link rel="alternate stylesheet" type="text/xml" href=/x.css>'],
    [
      'a link in a comment, a script or a text field',
      '<!-- <link rel=alternate type=application/rss+xml href=/a> --><script>"<link rel=alternate type=application/rss+xml href=/b>"</script><textarea><link rel=alternate type=application/rss+xml href=/c></textarea>',
    ],
    [
      'an address that is none of the web',
      '<link rel=alternate type=application/rss+xml href="javascript:alert(1)"><link rel=alternate type=application/rss+xml href="ftp://x/y"><link rel=alternate type=application/rss+xml href="https://user:word@x.example/"><link rel=alternate type=application/rss+xml href="">',
    ],
  ])('do not include %s', (_what, html) => expect(urls(html)).toEqual([]));

  it('are links for readers where there is none for programs', () => {
    expect(
      found(
        '<a href="/about">About</a> <a href="/feeds/news.rss">All <b>news</b></a> <a href=/x type=application/atom+xml title=Atom>x</a> <a href=/rss/>RSS</a><a href=/feed-the-world>no</a>',
      ),
    ).toEqual([
      { url: 'https://site.example/feeds/news.rss', title: 'All news' },
      { url: 'https://site.example/x', title: 'Atom' },
      { url: 'https://site.example/rss/', title: 'RSS' },
    ]);
    expect(urls('<a href="/a.rss">a</a><link rel=alternate type=application/rss+xml href=/b>')).toEqual(['https://site.example/b']);
  });

  it('have titles in the charset of the page', () => {
    const html = '<head><meta charset=windows-1251><link rel=alternate type=application/rss+xml href=/f title="\xcd\xee\xe2\xee\xf1\xf2\xe8"></head>';
    expect(findFeedLinks({ body: new Uint8Array(Buffer.from(html, 'latin1')), url: page })).toEqual([{ url: 'https://site.example/f', title: 'Новости' }]);
  });

  it('are few, however many a page names, and found in a page of megabytes within its first part', () => {
    const many = Array.from({ length: 500 }, (_, n) => `<link rel=alternate type=application/rss+xml href=/${n}>`).join('');
    expect(urls(many)).toHaveLength(20);
    expect(urls(`<link rel=alternate type=application/rss+xml href=/f>${'<p>x'.repeat(2_000_000)}`)).toEqual(['https://site.example/f']);
  });

  it('are looked for no deeper than pages go', () => {
    expect(
      urls(`<link rel=alternate type=application/rss+xml href=/f>${'<div>'.repeat(200_000)}<link rel=alternate type=application/rss+xml href=/g>`),
    ).toEqual(['https://site.example/f']);
  });
});
