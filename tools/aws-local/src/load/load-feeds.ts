import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The number of latest items in a feed. */
const LISTED = 50;

const tones = ['a wonderful victory for', 'a terrible disaster for', 'a meeting held on Monday in'] as const;

/** Feeds on this computer that publish at a common rate. */
export interface LoadFeeds {
  readonly urls: readonly string[];
  /** The number of items published so far. */
  published(): number;
  /** Starts publishing; until then every feed is empty. */
  begin(): void;
  /** Stops publishing; published items stay listed. */
  stop(): void;
  close(): Promise<void>;
}

/**
 * Serves feeds that publish this many items a second together, in turn. Each has its own loopback address, since only
 * one feed per host is polled at a time. A feed without news answers 304.
 */
export async function startLoadFeeds({ count, itemsASecond }: { readonly count: number; readonly itemsASecond: number }): Promise<LoadFeeds> {
  const run = Date.now().toString(36);
  let [begun, ended]: (number | undefined)[] = [];
  const published = () => (begun === undefined ? 0 : Math.floor((((ended ?? Date.now()) - begun) / 1_000) * itemsASecond));
  const documentOf = (feed: number) => {
    const own = Math.max(0, Math.ceil((published() - feed) / count));
    const items = Array.from({ length: Math.min(own, LISTED) }, (_, index) => itemOf((own - 1 - index) * count + feed, begun ?? 0, itemsASecond, run));
    return { etag: `"${own}"`, body: `<rss version="2.0"><channel><title>Load ${feed}</title><language>en</language>${items.join('')}</channel></rss>` };
  };
  const servers: Server[] = [];
  const urls: string[] = [];
  for (let feed = 0; feed < count; feed += 1) {
    const server = createServer((request, response) => {
      const { etag, body } = documentOf(feed);
      if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
      else response.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(body);
    });
    const host = await listenOn(server, `127.0.1.${1 + (feed % 250)}`);
    servers.push(server);
    urls.push(`http://${host}:${(server.address() as AddressInfo).port}/feed/${feed}`);
  }
  return {
    urls,
    published,
    begin: () => void (begun ??= Date.now()),
    stop: () => void (ended ??= Date.now()),
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** Listens on this loopback address, or on the usual one if the computer has no other. */
async function listenOn(server: Server, host: string): Promise<string> {
  const listen = (address: string) => new Promise<string>((resolve, reject) => void server.once('error', reject).listen(0, address, () => resolve(address)));
  return listen(host).catch(() => listen('127.0.0.1'));
}

function itemOf(number: number, begun: number, itemsASecond: number, run: string): string {
  const date = new Date(begun + (number / itemsASecond) * 1_000).toUTCString();
  return `<item><title>There was ${tones[number % tones.length]} the town of number ${number}</title><link>https://load.example/${run}/${number}</link><description>What happened in the town of number ${number}, and what its people say.</description><pubDate>${date}</pubDate></item>`;
}
