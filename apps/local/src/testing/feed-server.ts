import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An item of a feed that the server makes. */
export interface FeedEntry {
  readonly title: string;
  readonly link: string;
  readonly published: Date;
  readonly summary?: string;
}

export interface FeedServer {
  readonly port: number;
  /** Requests that were answered, by path. */
  readonly hits: Map<string, number>;
  close(): Promise<void>;
}

/** Serves RSS 2.0 at the paths of `feeds` on every loopback address, each answer `delayMs` late, with ETags that it honours. */
export async function startFeedServer(feeds: ReadonlyMap<string, readonly FeedEntry[]>, delayMs = 0): Promise<FeedServer> {
  const hits = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    hits.set(path, (hits.get(path) ?? 0) + 1);
    setTimeout(() => answer(request, response, feeds.get(path)), delayMs).unref();
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return { port: (server.address() as AddressInfo).port, hits, close: () => close(server) };
}

function answer(request: IncomingMessage, response: ServerResponse, entries: readonly FeedEntry[] | undefined): void {
  if (entries === undefined) return void response.writeHead(404).end();
  const etag = `"${entries.length}-${entries[0]?.link ?? ''}"`;
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8', etag }).end(rss(entries));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function rss(entries: readonly FeedEntry[]): string {
  const items = entries.map(
    ({ title, link, published, summary }) =>
      `<item><title>${escape(title)}</title><link>${escape(link)}</link><pubDate>${published.toUTCString()}</pubDate>${summary ? `<description>${escape(summary)}</description>` : ''}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Test feed</title><language>en</language>${items.join('')}</channel></rss>`;
}
