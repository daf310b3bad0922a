import type { FeedDocument, FeedItem } from '@barometer/ingestion';
import { DAY, HOUR, MINUTE } from '@barometer/kernel';
import type { RdfFeed, RssFeed } from 'feedsmith';
import { absoluteLink, feedDocument, feedItem } from './feed-item';

type Dated = number | undefined;
type Channel = RssFeed.Feed<Dated> | RdfFeed.Feed<Dated>;
type Item = Partial<RssFeed.Item<Dated>> & Partial<RdfFeed.Item<Dated>>;

const PERIODS: Readonly<Record<string, number>> = { hourly: HOUR, daily: DAY, weekly: 7 * DAY, monthly: 30 * DAY, yearly: 365 * DAY };

export function rssDocument(feed: RssFeed.Feed<Dated>, url: string): FeedDocument {
  return channelDocument('rss', feed, url, feed.ttl, feed.language);
}

export function rdfDocument(feed: RdfFeed.Feed<Dated>, url: string): FeedDocument {
  return channelDocument('rdf', feed, url);
}

function channelDocument(format: 'rss' | 'rdf', feed: Channel, url: string, ttl?: number, language?: string): FeedDocument {
  const base = feed.xml?.base;
  return feedDocument({
    format,
    title: feed.title,
    homepage: absoluteLink(feed.link, base, url),
    language: language ?? feed.dc?.languages?.[0] ?? feed.xml?.lang,
    ttlMs: ttl !== undefined && ttl > 0 ? ttl * MINUTE : updateTime(feed),
    // A feed may be on another host than its articles.
    items: (feed.items ?? []).map((item) => channelItem(item, base, absoluteLink(feed.link, base, url) ?? url)),
  });
}

/** How often a feed changes, by the syndication module (web.resource.org/rss/1.0/modules/syndication). */
function updateTime({ sy }: Channel): number | undefined {
  const period = PERIODS[sy?.updatePeriod?.toLowerCase() ?? ''];
  return period === undefined ? undefined : Math.round(period / Math.max(1, sy?.updateFrequency ?? 1));
}

function channelItem(item: Item, base: string | undefined, url: string): FeedItem {
  return feedItem({
    guid: item.guid?.value ?? item.rdf?.about ?? item.atom?.id,
    link: linkOf(item, base, url),
    title: item.title ?? item.dc?.titles?.[0] ?? item.atom?.title?.value ?? item.media?.title?.value ?? item.itunes?.title,
    summary: item.description ?? item.content?.encoded ?? item.dc?.descriptions?.[0] ?? item.atom?.summary?.value,
    publishedAt:
      item.pubDate ??
      item.dc?.dates?.[0] ??
      item.dcterms?.issued?.[0] ??
      item.atom?.published ??
      item.atom?.updated ??
      item.dcterms?.created?.[0] ??
      item.dcterms?.modified?.[0],
    publisher: item.source?.title ?? item.dc?.publishers?.[0],
    language: item.dc?.languages?.[0] ?? item.xml?.lang,
  });
}

/** The link, else the guid if it can be one, else an Atom link among the RSS elements. */
function linkOf(item: Item, base: string | undefined, url: string): string | undefined {
  const bases = [item.xml?.base, base, url];
  const permanent = item.guid?.isPermaLink === false || !/^https?:/i.test(item.guid?.value ?? '') ? undefined : item.guid?.value;
  const atom = item.atom?.links?.find(({ rel = 'alternate' }) => rel === 'alternate')?.href;
  // `feedburner:origLink` and similar elements, see KNOWN_AS.
  return (
    absoluteLink(item.link, ...bases) ?? absoluteLink(permanent, ...bases) ?? absoluteLink(atom, ...bases) ?? absoluteLink(item.dc?.relations?.[0], ...bases)
  );
}
