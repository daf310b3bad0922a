import { ok, type Result } from '@barometer/kernel';
import { languageCode, type DetectLanguage } from '../domain/language';
import { listedItem } from '../domain/listed-item';
import { checkedFields, defaultName, feedName, feedUrl, type SourceProblem } from '../domain/new-source';
import type { FoundFeed } from '../ports/feed-links.port';
import type { FeedDocument } from '../ports/feed-reader.port';
import { findFeed, type FindFeedDeps, type FoundDocument } from './find-feed';

export interface SourcePreview {
  /** The address of the feed: the given one, or one that was found from there. */
  readonly url: string;
  /** If the address is a web page: the feeds that it links to, including this one. */
  readonly feeds: readonly FoundFeed[];
  readonly title: string;
  readonly format: FeedDocument['format'];
  readonly language?: string;
  readonly homepage?: string;
  readonly itemCount: number;
  /** The first ten as they would be stored. */
  readonly items: readonly { readonly title: string; readonly url: string; readonly publishedAt?: number; readonly summary: string }[];
}

const SHOWN = 10;

/** Fetches a feed as a poll would, found from a site's address if necessary, and shows its content; stores nothing. */
export class PreviewSource {
  constructor(private readonly deps: FindFeedDeps & { readonly detectLanguage: DetectLanguage }) {}

  async execute(given: string, asked: { readonly userAgent?: string | undefined } = {}): Promise<Result<SourcePreview, SourceProblem>> {
    const url = feedUrl(given);
    if (!url.ok) return url;
    const checked = checkedFields(asked);
    if (!checked.ok) return checked;
    const { userAgent } = checked.value;
    const found = await findFeed(this.deps, url.value, userAgent);
    return found.ok ? ok(this.preview(found.value)) : found;
  }

  private preview({ url, baseUrl, feed, feeds }: FoundDocument): SourcePreview {
    const title = feedName(feed.title) || defaultName(url);
    const items = feed.items
      .slice(0, SHOWN)
      .map((item) =>
        listedItem(item, {
          source: { id: 'preview', name: title },
          feed,
          baseUrl,
          now: this.deps.clock.now(),
          detectLanguage: this.deps.detectLanguage,
        }),
      )
      .filter((item) => item !== undefined);
    const language = languageCode(feed.language) ?? this.deps.detectLanguage(items.map((item) => item.title).join('\n'));
    return {
      url,
      feeds,
      title,
      format: feed.format,
      itemCount: feed.items.length,
      ...(language !== undefined && { language }),
      ...(feed.homepage !== undefined && { homepage: feed.homepage }),
      items: items.map(({ title, url, summary, publishedAt }) => ({ title, url, summary, ...(publishedAt !== undefined && { publishedAt }) })),
    };
  }
}
