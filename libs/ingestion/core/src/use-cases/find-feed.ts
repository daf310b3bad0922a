import { counted, err, ok, SECOND, type Clock, type Result } from '@barometer/kernel';
import { feedUrl, type SourceProblem } from '../domain/new-source';
import type { FeedFetcher, FetchedFeed } from '../ports/feed-fetcher.port';
import type { FindFeedLinks, FoundFeed } from '../ports/feed-links.port';
import type { FeedDocument, FeedReader } from '../ports/feed-reader.port';

export interface FindFeedDeps {
  readonly fetcher: FeedFetcher;
  readonly reader: FeedReader;
  readonly findFeedLinks: FindFeedLinks;
  readonly clock: Clock;
}

/** A feed, and how it was found. */
export interface FoundDocument {
  /** The address to poll. */
  readonly url: string;
  /** The address that answered, base of relative links. */
  readonly baseUrl: string;
  readonly feed: FeedDocument;
  /** The feeds that the page at the address links to, including this one; empty if the address is the feed's own. */
  readonly feeds: readonly FoundFeed[];
}

type Document = Extract<FetchedFeed, { kind: 'document' }>;
type Found<T> = Result<T, SourceProblem>;

/** Paths at which sites often have a feed that no page links to, the most usual first; tried below the page and below the site. */
const USUAL_PATHS = ['feed', 'rss.xml', 'rss', 'feed.xml', 'atom.xml', 'index.xml', 'feed.json'];
/** If a page links to feeds, at most this many are tried until one can be read. */
const TRIES = 4;
/** No further place is tried after this time, so that the user gets an answer within half a minute. */
const PATIENCE = 10 * SECOND;
/** Time limit for one place. */
const A_TRY = 5 * SECOND;

/**
 * Finds the feed at an address: the document itself, else the first readable feed that the page links to, else one at a
 * usual path of the site. At most twelve requests, one after the other.
 */
export async function findFeed(deps: FindFeedDeps, url: string, userAgent: string | undefined): Promise<Found<FoundDocument>> {
  const named = userAgent !== undefined && { userAgent };
  const started = deps.clock.now();
  const isLate = () => deps.clock.now() - started > PATIENCE;
  const at = await fetchDocument(deps, { url, ...named });
  if (!at.ok) return at;
  const read = deps.reader.read(at.value);
  if (read.ok) return ok({ url, baseUrl: at.value.url, feed: read.value, feeds: [] });
  if (read.error.code !== 'html') return refused(read.error);
  const feeds = deps.findFeedLinks(at.value).filter((feed) => feedUrl(feed.url).ok && feed.url !== url);
  const readAt = async (address: string): Promise<Found<FoundDocument>> => {
    const fetched = await fetchDocument(deps, { url: address, withinMs: A_TRY, ...named });
    if (!fetched.ok) return fetched;
    const feed = deps.reader.read(fetched.value);
    return feed.ok ? ok({ url: address, baseUrl: fetched.value.url, feed: feed.value, feeds }) : refused(feed.error);
  };
  let first: Found<FoundDocument> | undefined;
  for (const { url: address } of feeds.slice(0, TRIES)) {
    const found = await readAt(address);
    if (found.ok) return found;
    first ??= found;
    if (isLate()) break;
  }
  if (first && !first.ok)
    return err({
      ...first.error,
      message: `The page names ${feeds.length === 1 ? 'a feed' : counted(feeds.length, 'feed')}, and what is there cannot be read: ${first.error.message}`,
    });
  for (const address of usualPlaces(at.value.url)) {
    if (isLate()) break;
    const found = await readAt(address);
    if (found.ok) return ok({ ...found.value, feeds: [{ url: address }] });
  }
  return refused({ code: 'html', message: `${read.error.message} The page names no feed, and there is none at the usual places of the site.` });
}

const refused = ({ code, message }: { readonly code: string; readonly message: string }): Result<never, SourceProblem> => err({ field: 'url', code, message });

async function fetchDocument({ fetcher }: FindFeedDeps, request: Parameters<FeedFetcher['fetch']>[0]): Promise<Found<Document>> {
  const fetched = await fetcher.fetch(request);
  if (!fetched.ok) return refused(fetched.error);
  return fetched.value.kind === 'document' ? ok(fetched.value) : refused({ code: 'not-modified', message: 'The server sent no document.' });
}

/** Below the page first if it is not the site's front page, for sites that share a host. */
function usualPlaces(page: string): string[] {
  const folder = new URL(page);
  folder.search = folder.hash = '';
  if (!folder.pathname.endsWith('/')) folder.pathname = /\.\w+$/.test(folder.pathname) ? folder.pathname.replace(/[^/]*$/, '') : `${folder.pathname}/`;
  const root = new URL('/', folder);
  const below = USUAL_PATHS.map((path) => new URL(path, folder).href);
  const site = USUAL_PATHS.map((path) => new URL(path, root).href);
  return [...new Set(folder.pathname === '/' ? site : [...below.slice(0, 2), ...site])];
}
