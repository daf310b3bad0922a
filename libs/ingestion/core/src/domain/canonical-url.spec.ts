import fc from 'fast-check';
import { canonicalUrl } from './canonical-url';

describe('canonicalUrl', () => {
  it.each([
    ['HTTPS://News.Example.ORG/A/b', 'https://news.example.org/A/b'],
    ['https://example.org:443/a', 'https://example.org/a'],
    ['http://example.org:8080/a', 'http://example.org:8080/a'],
    ['https://example.org/a#comments', 'https://example.org/a'],
    ['https://example.org', 'https://example.org/'],
    ['https://example.org/a?utm_source=rss&utm_medium=feed', 'https://example.org/a'],
    ['https://example.org/a?at_medium=RSS&at_campaign=rss&id=7', 'https://example.org/a?id=7'],
    ['https://example.org/a?FBCLID=x&xtor=RSS-1', 'https://example.org/a'],
    ['https://example.org/a?utm%5Fsource=rss', 'https://example.org/a'],
    ['https://example.org/a?b=2&a=1&b=1', 'https://example.org/a?a=1&b=2&b=1'],
    ['https://example.org/a?q=x%20y+z&&', 'https://example.org/a?q=x%20y+z'],
    ['http://a.aa??', 'http://a.aa/??'],
    ['https://example.org/a?&?utm_source=x', 'https://example.org/a??utm_source=x'],
    ['https://user:secret@example.org/a', 'https://example.org/a'],
    ['  https://example.org/a\n', 'https://example.org/a'],
    ['https://bücher.example/a', 'https://xn--bcher-kva.example/a'],
  ])('%s', (link, expected) => expect(canonicalUrl(link)).toBe(expected));

  it.each(['', '   ', 'not a link', 'mailto:desk@example.org', 'javascript:alert(1)', 'urn:uuid:1', `https://example.org/${'a'.repeat(5_000)}`])(
    'is none: %.40s',
    (link) => expect(canonicalUrl(link)).toBeUndefined(),
  );

  it('resolves a relative link', () => {
    expect(canonicalUrl('../b?x=1', 'https://example.org/feeds/rss')).toBe('https://example.org/b?x=1');
  });

  it('keeps parameters that only resemble tracking parameters', () => {
    expect(canonicalUrl('https://example.org/?utm=1&attic=2&pk=3')).toBe('https://example.org/?attic=2&pk=3&utm=1');
  });

  const links = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.tuple(fc.webUrl(), fc.string({ unit: 'binary', maxLength: 40 })).map(([url, query]) => `${url}?${query}`),
  );

  it('is idempotent', () => {
    fc.assert(
      fc.property(links, (link) => {
        const once = canonicalUrl(link);
        fc.pre(once !== undefined);
        expect(canonicalUrl(once as string)).toBe(once);
      }),
    );
  });

  it('does not depend on tracking, fragment or order', () => {
    const name = fc.stringMatching(/^[b-f]{1,3}$/);
    fc.assert(
      fc.property(fc.webUrl(), fc.uniqueArray(name, { maxLength: 5 }), (url, names) => {
        const query = (list: string[]) => list.map((one) => `${one}=1`).join('&');
        expect(canonicalUrl(`${url}?utm_id=9&${query([...names].reverse())}#top`)).toBe(canonicalUrl(`${url}?${query(names)}`));
      }),
    );
  });
});
