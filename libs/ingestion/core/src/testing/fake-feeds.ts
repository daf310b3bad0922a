import { err, ok, type Result } from '@barometer/kernel';
import type { FeedFetcher, FetchedFeed, FetchError, FetchRequest } from '../ports/feed-fetcher.port';
import type { FindFeedLinks, FoundFeed } from '../ports/feed-links.port';
import type { FeedDocument, FeedItem, FeedReader, ReadError } from '../ports/feed-reader.port';

/** The answer of an address: a feed, a whole answer, or an error to throw. */
export type FakeAnswer = Partial<FeedDocument> | Result<FetchedFeed, FetchError> | Error;

/** Answers requests from a table by address, and records them; an unknown address answers 404. */
export class FakeFetcher implements FeedFetcher {
  readonly requests: FetchRequest[] = [];

  constructor(private readonly answers: Readonly<Record<string, FakeAnswer>>) {}

  async fetch(request: FetchRequest): Promise<Result<FetchedFeed, FetchError>> {
    this.requests.push(request);
    const answer = this.answers[request.url];
    if (answer === undefined) return err({ code: 'http-status', message: 'The server answered 404.', httpStatus: 404 });
    if (answer instanceof Error) throw answer;
    return 'ok' in answer ? answer : ok(documentOf(request.url, answer));
  }
}

/** A fetched document that `FakeReader` reads as that feed. */
export function documentOf(url: string, feed: Partial<FeedDocument>, more: Partial<Extract<FetchedFeed, { kind: 'document' }>> = {}): FetchedFeed {
  const body = new TextEncoder().encode(JSON.stringify({ format: 'rss', items: [], ...feed }));
  return { kind: 'document', body, url, httpStatus: 200, ...more };
}

/** A web page at an address, in which `fakeFeedLinks` finds these feeds. */
export const pageOf = (url: string, feeds: readonly FoundFeed[] = []): Result<FetchedFeed, FetchError> =>
  ok({ kind: 'document', body: new TextEncoder().encode(`<html>${JSON.stringify(feeds)}`), url, httpStatus: 200 });

export const fakeFeedLinks: FindFeedLinks = ({ body }) => JSON.parse(new TextDecoder().decode(body).slice('<html>'.length)) as FoundFeed[];

/** Reads what `documentOf` wrote. */
export class FakeReader implements FeedReader {
  read({ body }: { readonly body: Uint8Array }): Result<FeedDocument, ReadError> {
    const text = new TextDecoder().decode(body);
    if (text.startsWith('<html>[')) return err({ code: 'html', message: 'The address leads to a web page, not to a feed.' });
    return text.startsWith('{') ? ok(JSON.parse(text)) : err({ code: 'not-a-feed', message: 'The document is no feed.' });
  }
}

/** An item with a link and a title of some words. */
export const exampleItem = (name: string, fields: Partial<FeedItem> = {}): FeedItem => ({
  link: `https://gazette.example/${name}`,
  title: `The story of ${name}`,
  ...fields,
});
