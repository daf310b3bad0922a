import { PreviewSource } from '@barometer/ingestion';
import { detectLanguage, FeedsmithFeedReader, findFeedLinks, HttpFeedFetcher } from '@barometer/ingestion-http';
import type { Clock } from '@barometer/kernel';

export { readOpml, writeFeed, writeOpml } from '@barometer/ingestion-http';

/** How feeds are fetched for a preview, as the fetcher takes it. */
export interface FeedOptions {
  readonly clock: Clock;
  readonly allowPrivate: boolean;
  readonly userAgent?: string | undefined;
}

/** Reads feeds as ingestion does, with a connection pool of its own. */
export function createPreview(options: FeedOptions): PreviewSource {
  return new PreviewSource({ fetcher: new HttpFeedFetcher(options), reader: new FeedsmithFeedReader(), findFeedLinks, clock: options.clock, detectLanguage });
}
