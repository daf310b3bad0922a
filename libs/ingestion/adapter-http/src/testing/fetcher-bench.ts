import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FetchedFeed } from '@barometer/ingestion';
import { ManualClock } from '@barometer/kernel';
import { HttpFeedFetcher, type HttpFeedFetcherOptions } from '../fetch/http-feed-fetcher';
import { type Answer, type LocalServer, startServer } from './local-server';

export const NOW = Date.UTC(2026, 0, 5, 12);
export const FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>A feed that is here</title></channel></rss>';

type Options = Partial<HttpFeedFetcherOptions>;

/** Fetchers with a server on loopback whose answers a test defines. */
export class FetcherBench {
  answer: Answer = () => undefined;
  private running: LocalServer | undefined;
  private readonly open: HttpFeedFetcher[] = [];

  get server(): LocalServer {
    if (!this.running) throw new Error('The server runs only while tests do.');
    return this.running;
  }

  async start(): Promise<void> {
    this.running = await startServer((request, response) => this.answer(request, response));
  }

  /** Closes the fetchers of a test, and clears the recorded requests. */
  async clear(): Promise<void> {
    await Promise.all(this.open.splice(0).map((fetcher) => fetcher.close()));
    this.server.requests.length = 0;
  }

  async stop(): Promise<void> {
    await this.server.close();
  }

  readonly fetcherWith = (options: Options = {}): HttpFeedFetcher => {
    const fetcher = new HttpFeedFetcher({ allowPrivate: true, clock: new ManualClock(NOW), ...options });
    this.open.push(fetcher);
    return fetcher;
  };

  readonly get = (path = '/', options?: Options) => this.fetcherWith(options).fetch({ url: `${this.server.origin}${path}` });

  /** The text at the address, or the failure's code and message. */
  readonly body = async (options?: Options, path = '/'): Promise<string> => {
    const result = await this.get(path, options);
    return result.ok ? textOf(result.value) : `${result.error.code}: ${result.error.message}`;
  };

  /** `ok`, or the failure's code. */
  readonly code = async (path = '/', options?: Options): Promise<string> => {
    const result = await this.get(path, options);
    return result.ok ? 'ok' : result.error.code;
  };
}

/** A bench for the tests of one file. */
export function fetcherBench(): FetcherBench {
  const bench = new FetcherBench();
  beforeAll(() => bench.start());
  afterEach(() => bench.clear());
  afterAll(() => bench.stop());
  return bench;
}

export const send =
  (body: string | Buffer, headers: Record<string, string | string[]> = {}, status = 200): Answer =>
  (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, headers);
    response.end(body);
  };

/** Sends these bytes, valid HTTP or not, and ends the connection; a text has one byte a character. */
export const sendRaw =
  (answer: string | Buffer): Answer =>
  (request) =>
    void request.socket.end(typeof answer === 'string' ? Buffer.from(answer, 'latin1') : answer);

export const redirect = (status: number, location: string): Answer => send('', { location }, status);

const textOf = (fetched: FetchedFeed): string => (fetched.kind === 'document' ? Buffer.from(fetched.body).toString() : fetched.kind);
