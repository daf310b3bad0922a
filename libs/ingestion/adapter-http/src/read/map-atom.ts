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
    link: linkOf(entry, base, url),
    title: entry.title?.value ?? entry.media?.title?.value ?? entry.media?.groups?.[0]?.title?.value,
    titleIsText: isText(entry.title) || undefined,
    summary: entry.summary?.value ?? entry.content?.value,
    publishedAt: entry.published ?? entry.updated ?? entry.dc?.dates?.[0],
    publisher: entry.source?.title?.value,
    language: entry.xml?.lang,
  });
}

/** RFC 4287, 3.1.1: without a type, or with the type "text", apparent tags are text. */
const isText = (title: { readonly type?: string | undefined } | undefined): boolean =>
  title !== undefined && /^(text|text\/plain)?$/i.test(title.type?.trim() ?? '');

/** The page, else the address of the content, else the id if it is a web address, else a link with another purpose. */
function linkOf(entry: Partial<AtomFeed.Entry<Dated>>, base: string | undefined, url: string): string | undefined {
  const bases = [entry.xml?.base, base, url];
  const id = /^https?:/i.test(entry.id ?? '') ? entry.id : undefined;
  const source = /html|^$/i.test(entry.content?.type ?? '') ? entry.content?.src : undefined;
  const other = entry.links?.find(({ rel }) => /^(via|related|self)$/i.test(rel ?? ''))?.href;
  return absoluteLink(mainLink(entry.links), ...bases) ?? absoluteLink(source, ...bases) ?? absoluteLink(id, ...bases) ?? absoluteLink(other, ...bases);
}

/** The page that an entry is about: its alternate link, preferably of a type for people; else one without a known purpose. */
function mainLink(links: readonly Partial<AtomFeed.Link<Dated>>[] = []): string | undefined {
  const alternates = links.filter(({ rel = 'alternate' }) => rel.toLowerCase() === 'alternate');
  return (alternates.find(({ type = 'text/html' }) => /html/i.test(type)) ?? alternates[0])?.href;
}
