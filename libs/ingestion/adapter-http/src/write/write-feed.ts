import type { OutgoingEntry, OutgoingFeed, OutgoingFormat } from '@barometer/ingestion';
import { generateAtomFeed, generateJsonFeed } from 'feedsmith';
import { printable } from './printable';

/** A feed as an Atom 1.0 or a JSON Feed 1.1 document. */
export function writeFeed(feed: OutgoingFeed, format: OutgoingFormat): string {
  return format === 'atom' ? atom(feed) : json(feed);
}

function atom({ id, title, selfUrl, pageUrl, updatedAt, entries }: OutgoingFeed): string {
  return generateAtomFeed({
    id,
    title: { value: printable(title) },
    updated: new Date(updatedAt),
    // An entry without an author inherits the feed's, which Atom requires.
    authors: [{ name: 'Barometer' }],
    links: [
      { href: selfUrl, rel: 'self', type: 'application/atom+xml' },
      { href: pageUrl, rel: 'alternate', type: 'text/html' },
    ],
    entries: entries.map((entry) => ({
      id: entry.id,
      title: { value: printable(entry.title) },
      published: new Date(entry.publishedAt),
      updated: new Date(entry.updatedAt),
      ...(entry.authors.length > 0 && { authors: entry.authors.map((name) => ({ name: printable(name) })) }),
      links: [{ href: entry.url, rel: 'alternate' }],
      categories: entry.categories.map((term) => ({ term: printable(term) })),
      content: { value: printable(entry.html), type: 'html' },
    })),
  });
}

function json({ title, selfUrl, pageUrl, entries }: OutgoingFeed): string {
  const document = generateJsonFeed({ title, feed_url: selfUrl, home_page_url: pageUrl, items: entries.map(jsonItem) });
  // The generator omits an empty list, but the format requires one.
  return `${JSON.stringify({ items: [], ...(document as object) }, null, 1)}\n`;
}

const jsonItem = ({ id, title, url, publishedAt, updatedAt, authors, categories, html }: OutgoingEntry) => ({
  id,
  title,
  url,
  date_published: new Date(publishedAt),
  date_modified: new Date(updatedAt),
  ...(authors.length > 0 && { authors: authors.map((name) => ({ name })) }),
  ...(categories.length > 0 && { tags: [...categories] }),
  content_html: html,
});
