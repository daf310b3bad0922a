import type { ApiDependencies, SourceUseCases } from '@barometer/http-api';
import type { FeedOptions } from './feeds-on-demand';

/** What the API does with feeds and lists of feeds themselves. */
export type Feeds = Pick<SourceUseCases, 'preview' | 'readOpml' | 'writeOpml'> & Pick<ApiDependencies, 'writeFeed'>;

/**
 * The code that reads and writes feeds is as large as all the rest of the function, and few requests need it, so the
 * first one loads it.
 */
export function feeds(options: FeedOptions): Feeds {
  const load = () => import('./feeds-on-demand');
  let preview: Promise<SourceUseCases['preview']> | undefined;
  return {
    preview: { execute: async (url, asked) => (await (preview ??= load().then(({ createPreview }) => createPreview(options)))).execute(url, asked) },
    readOpml: async (body, contentType) => (await load()).readOpml(body, contentType),
    writeFeed: async (feed, format) => (await load()).writeFeed(feed, format),
    writeOpml: async (sources, now) => (await load()).writeOpml(sources, now),
  };
}
