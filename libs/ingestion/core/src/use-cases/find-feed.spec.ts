import { err, type Clock } from '@barometer/kernel';
import { FakeFetcher, fakeFeedLinks, FakeReader, pageOf, type FakeAnswer } from '../testing/fake-feeds';
import { findFeed } from './find-feed';

const site = 'https://site.example/';
const a = { url: 'https://site.example/a.xml', title: 'A' };
const b = { url: 'https://cdn.example/b.xml' };

/** Looks for a feed where each request takes `seconds`. */
async function look(answers: Record<string, FakeAnswer>, url = site, { seconds = 0, userAgent }: { seconds?: number; userAgent?: string } = {}) {
  let now = 0;
  const fetcher = new FakeFetcher(answers);
  const clock: Clock = { now: () => now };
  const slow = { fetch: (request: Parameters<FakeFetcher['fetch']>[0]) => ((now += seconds * 1000), fetcher.fetch(request)) };
  const result = await findFeed({ fetcher: slow, reader: new FakeReader(), findFeedLinks: fakeFeedLinks, clock }, url, userAgent);
  return { result, asked: fetcher.requests.map((request) => request.url), requests: fetcher.requests };
}

describe('the feed at an address', () => {
  it('is the document there, if that is a feed', async () => {
    const { result, asked } = await look({ [site]: { title: 'T' } });
    expect([result, asked]).toMatchObject([{ ok: true, value: { url: site, feeds: [], feed: { title: 'T' } } }, [site]]);
  });

  it('is the first that the page links to; the others are listed too', async () => {
    const { result, requests } = await look({ [site]: pageOf(site, [a, b]), [a.url]: { title: 'A' }, [b.url]: { title: 'B' } }, site, { userAgent: 'Me/1' });
    expect(result).toMatchObject({ ok: true, value: { url: a.url, feeds: [a, b], feed: { title: 'A' } } });
    expect(requests).toEqual([
      { url: site, userAgent: 'Me/1' },
      { url: a.url, withinMs: 5000, userAgent: 'Me/1' },
    ]);
  });

  it('is the next one if the first cannot be read', async () => {
    const { result } = await look({ [site]: pageOf(site, [a, b]), [a.url]: pageOf(a.url), [b.url]: {} });
    expect(result).toMatchObject({ ok: true, value: { url: b.url, feeds: [a, b] } });
  });

  it('is not guessed if the page links to an unreadable one; the reason of the first is reported', async () => {
    const { result, asked } = await look({ [site]: pageOf(site, [a]), [a.url]: err({ code: 'forbidden-address', message: 'Not there.' }) });
    expect([result, asked]).toEqual([
      err({ field: 'url', code: 'forbidden-address', message: 'The page names a feed, and what is there cannot be read: Not there.' }),
      [site, a.url],
    ]);
  });

  it('is searched for at the usual places if the page links to none, or only to addresses that no source may have', async () => {
    const { result, asked } = await look({ [site]: pageOf(site, [{ url: 'ftp://x.example/' }, { url: site }]), 'https://site.example/rss.xml': {} });
    expect([result, asked]).toMatchObject([
      { ok: true, value: { url: 'https://site.example/rss.xml', feeds: [{ url: 'https://site.example/rss.xml' }] } },
      [site, 'https://site.example/feed', 'https://site.example/rss.xml'],
    ]);
  });

  it('is searched for below the page first, and where the page was after redirects', async () => {
    const blog = 'https://site.example/blog?x=1';
    const { asked } = await look({ [blog]: pageOf('https://moved.example/blog?x=1') }, blog);
    expect(asked.slice(1, 5)).toEqual([
      'https://moved.example/blog/feed',
      'https://moved.example/blog/rss.xml',
      'https://moved.example/feed',
      'https://moved.example/rss.xml',
    ]);
    expect(asked.length).toBeLessThanOrEqual(12);
    expect((await look({ [`${site}news/index.html`]: pageOf(`${site}news/index.html`) }, `${site}news/index.html`)).asked[1]).toBe(
      'https://site.example/news/feed',
    );
  });

  it('is given up in time, and what was tried is reported', async () => {
    const { result, asked } = await look({ [site]: pageOf(site) }, site, { seconds: 4 });
    expect(asked).toHaveLength(3);
    expect(result).toEqual(
      err({
        field: 'url',
        code: 'html',
        message: 'The address leads to a web page, not to a feed. The page names no feed, and there is none at the usual places of the site.',
      }),
    );
  });

  it('is missing if the address cannot be fetched at all', async () =>
    expect((await look({})).result).toMatchObject({ ok: false, error: { code: 'http-status' } }));
});
