import { PreviewSource } from '@barometer/ingestion';
import { detectLanguage, FeedsmithFeedReader, HttpFeedFetcher } from '@barometer/ingestion-http';
import type { Clock } from '@barometer/kernel';

export { readOpml, writeOpml } from '@barometer/ingestion-http';

/** Reads feeds as ingestion does, with a connection pool of its own. */
export function createPreview({ clock, allowPrivate }: { readonly clock: Clock; readonly allowPrivate: boolean }): PreviewSource {
  return new PreviewSource({ fetcher: new HttpFeedFetcher({ clock, allowPrivate }), reader: new FeedsmithFeedReader(), clock, detectLanguage });
}
