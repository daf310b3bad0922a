import { PreviewSource } from '@barometer/ingestion';
import { detectLanguage, FeedsmithFeedReader, findFeedLinks, HttpFeedFetcher } from '@barometer/ingestion-http';
import type { FeedOptions } from './feeds';

export { readOpml, writeFeed, writeOpml } from '@barometer/ingestion-http';

/** Reads feeds as ingestion does, with a connection pool of its own. */
export function createPreview(options: FeedOptions): PreviewSource {
  return new PreviewSource({ fetcher: new HttpFeedFetcher(options), reader: new FeedsmithFeedReader(), findFeedLinks, clock: options.clock, detectLanguage });
}
