import { withoutFeedScheme, type FindFeedLinks, type FoundFeed } from '@barometer/ingestion';
import { decodeText } from '@barometer/text';
import { Parser } from 'htmlparser2';

const MOST_FEEDS = 20;
const LONGEST_TITLE = 200;
/** The head of a page and far into its body; a feed link further on is not worth the time. */
const MOST_CHARACTERS = 2 ** 20;
/** The parser searches the open elements at every end tag, so it stops at a depth that no real page reaches. */
const DEEPEST = 1_000;
const PIECE = 2 ** 14;

/** Media types of feeds in `link rel=alternate`. Plain XML is included, if a page declares it as its alternate. */
const FEED_TYPES = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
  'application/x.atom+xml',
  'application/x-rss+xml',
  'text/rss',
  'application/xml',
  'text/xml',
]);
/** A path that looks like a feed: /feed, /rss/, /index.xml, /news.rss, /atom.php. */
const FEED_PATH = /(?:^|\/)(?:feeds?|rss|atom)\/?$|(?:^|[/._-])(?:rss|atom|rdf|feed|index)[\w-]*\.(?:xml|json|php|aspx?)$|\.(?:rss|atom|rdf)$/i;

interface Candidate extends FoundFeed {
  /** Whether it comes from a `link` element, which is meant for programs, or from an `a` for readers. */
  readonly isLink: boolean;
}

/**
 * Finds feeds by `link rel="alternate"` with a feed's media type, or `rel="feed"`, anywhere in the page (RSS Advisory
 * Board, "RSS Autodiscovery"; HTML Standard, link type "alternate"). Without such a link, it uses `a` elements whose
 * type or path indicates a feed.
 */
export const findFeedLinks: FindFeedLinks = ({ body, contentType, url }) => {
  const decoded = decodeText(body, contentType);
  if (!decoded.ok) return [];
  const candidates = candidatesOf(decoded.value.slice(0, MOST_CHARACTERS), url);
  const links = candidates.filter(({ isLink }) => isLink);
  const byUrl = new Map<string, FoundFeed>();
  for (const { url: address, title } of links.length > 0 ? links : candidates) {
    // The first title is used, unless it is missing.
    if (byUrl.get(address)?.title === undefined) byUrl.set(address, { url: address, ...(title !== undefined && { title }) });
  }
  const found = [...byUrl.values()];
  return [...found.filter((feed) => !isOfComments(feed)), ...found.filter(isOfComments)].slice(0, MOST_FEEDS);
};

const isOfComments = ({ url, title = '' }: FoundFeed) =>
  /\bcomments?\b|kommentare?\b|commentaires?\b|comentarios?\b/i.test(title) || /\/comments?\b/i.test(new URL(url).pathname);

function candidatesOf(page: string, url: string): Candidate[] {
  const found: Candidate[] = [];
  let base = url;
  let anchor: { readonly href: string; readonly title: string } | undefined;
  let words = '';
  let depth = 0;
  const add = (href: string, title: string, isLink: boolean) => {
    const address = addressOf(href, base);
    const name = title.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TITLE);
    if (address !== undefined) found.push({ url: address, isLink, ...(name !== '' && { title: name }) });
  };
  const parser = new Parser(
    {
      onopentag(name, { href = '', title = '', rel = '', type = '' }) {
        depth += 1;
        if (name === 'base' && base === url && href.trim() !== '') base = addressOf(href, url) ?? url;
        if (name === 'link' && isFeedLink({ rel, type, href, title })) add(href, title, true);
        if (name === 'a') {
          const isFeed = FEED_TYPES.has(mediaType(type)) || FEED_PATH.test(pathOf(href, base));
          anchor = isFeed ? { href, title } : undefined;
          words = '';
        }
      },
      ontext(text) {
        if (anchor && words.length < LONGEST_TITLE) words += text;
      },
      onclosetag(name) {
        depth -= 1;
        if (name !== 'a' || !anchor) return;
        add(anchor.href, anchor.title || words, false);
        anchor = undefined;
      },
    },
    { decodeEntities: true },
  );
  for (let at = 0; at < page.length && depth < DEEPEST; at += PIECE) parser.write(page.slice(at, at + PIECE));
  if (depth < DEEPEST) parser.end();
  return found;
}

interface Link {
  readonly rel: string;
  readonly type: string;
  readonly href: string;
  readonly title: string;
}

function isFeedLink({ rel, type, href, title }: Link): boolean {
  if (href.trim() === '') return false;
  const relations = rel.toLowerCase().split(/\s+/);
  if (relations.includes('stylesheet')) return false;
  const media = mediaType(type);
  if (relations.includes('feed')) return media === '' || FEED_TYPES.has(media) || media === 'application/json';
  if (!relations.includes('alternate')) return false;
  // WordPress links each page's entry in its API with this type.
  if (media === 'application/json') return /feed/i.test(`${href} ${title}`);
  return FEED_TYPES.has(media);
}

const mediaType = (type: string) => (type.split(';')[0] ?? '').trim().toLowerCase();

const pathOf = (href: string, base: string) => URL.parse(href.trim(), base)?.pathname ?? '';

/** The absolute http address of a reference, without a `feed:` prefix. */
function addressOf(href: string, base: string): string | undefined {
  const address = URL.parse(withoutFeedScheme(href.trim()), base);
  if (!address || !/^https?:$/.test(address.protocol) || address.username || address.password) return undefined;
  address.hash = '';
  return address.href;
}
