import type { FeedDocument, FeedItem } from '@barometer/ingestion';
import type { AtomFeed } from 'feedsmith';
import { absoluteLink, feedDocument, feedItem } from './feed-item';

type Dated = number | undefined;

export function atomDocument(feed: AtomFeed.Feed<Dated>, url: string): FeedDocument {
  const base = feed.xml?.base;
  return feedDocument({
    format: 'atom',
    title: feed.title?.value,
    homepage: absoluteLink(mainLink(feed.links), base, url),
    language: feed.xml?.lang,
    items: (feed.entries ?? []).map((entry) => atomItem(entry, base, url)),
  });
}

function atomItem(entry: Partial<AtomFeed.Entry<Dated>>, base: string | undefined, url: string): FeedItem {
  return feedItem({
    guid: entry.id,
    link: absoluteLink(mainLink(entry.links), entry.xml?.base, base, url),
    title: entry.title?.value,
    summary: entry.summary?.value ?? entry.content?.value,
    publishedAt: entry.published ?? entry.updated ?? entry.dc?.dates?.[0],
    publisher: entry.source?.title?.value,
    language: entry.xml?.lang,
  });
}

/** The page an entry is about: the alternate link, best one of a type for people; else one without a known purpose. */
function mainLink(links: readonly Partial<AtomFeed.Link<Dated>>[] = []): string | undefined {
  const alternates = links.filter(({ rel = 'alternate' }) => rel.toLowerCase() === 'alternate');
  return (alternates.find(({ type = 'text/html' }) => /html/i.test(type)) ?? alternates[0])?.href;
}
