import type { OutgoingFeed } from '@barometer/ingestion';
import { FeedsmithFeedReader } from '../read/feedsmith-feed-reader';
import { writeFeed } from './write-feed';

const feed: OutgoingFeed = {
  id: 'urn:uuid:00000000-0000-8000-8000-000000000001',
  title: 'Good news & more',
  selfUrl: 'https://news.example/feeds/articles.atom?label=positive',
  pageUrl: 'https://news.example/?label=positive',
  updatedAt: Date.parse('2026-11-20T10:00:00Z'),
  entries: [
    {
      id: 'urn:uuid:00000000-0000-8000-8000-000000000002',
      title: 'Cure <found> & \u0007celebrated \ud800',
      url: 'https://a.example/x?y=1&z=2',
      publishedAt: Date.parse('2026-11-20T09:00:00Z'),
      updatedAt: Date.parse('2026-11-20T10:00:00Z'),
      authors: ['The “Daily” & Co'],
      categories: ['positive', 'health'],
      html: '<p>It works &amp; is cheap.</p>',
    },
    {
      id: 'urn:uuid:00000000-0000-8000-8000-000000000003',
      title: 'Without an author',
      url: 'https://b.example/',
      publishedAt: Date.parse('2026-11-19T09:00:00Z'),
      updatedAt: Date.parse('2026-11-19T09:00:00Z'),
      authors: [],
      categories: [],
      html: '',
    },
  ],
};

describe('a feed that is written', () => {
  it.each(['atom', 'json'] as const)('can be read again as %s', (format) => {
    const read = new FeedsmithFeedReader().read({ body: Buffer.from(writeFeed(feed, format)), url: feed.selfUrl });
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value.title).toBe(feed.title);
    expect(read.value.items.map(({ guid, link, publishedAt }) => ({ guid, link, publishedAt }))).toEqual(
      feed.entries.map(({ id, url, publishedAt }) => ({ guid: id, link: url, publishedAt })),
    );
    expect(read.value.items[0]?.title).toContain('Cure <found> &');
  });

  it('is a document of its format even without entries', () => {
    expect(JSON.parse(writeFeed({ ...feed, entries: [] }, 'json'))).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: feed.title,
      feed_url: feed.selfUrl,
      home_page_url: feed.pageUrl,
      items: [],
    });
    expect(writeFeed({ ...feed, entries: [] }, 'atom')).toMatch(/<name>Barometer<\/name>[\s\S]*<updated>2026-11-20T10:00:00.000Z<\/updated>/);
  });

  it('holds no character that XML cannot', () => {
    expect(writeFeed(feed, 'atom')).not.toMatch(/[\u0000-\u0008\ud800]/);
  });
});
