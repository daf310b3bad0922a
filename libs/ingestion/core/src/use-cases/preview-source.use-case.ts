import { err, ok, type Clock, type Result } from '@barometer/kernel';
import { languageCode, type DetectLanguage } from '../domain/language';
import { listedItem } from '../domain/listed-item';
import { checkedFields, defaultName, feedName, feedUrl, type SourceProblem } from '../domain/new-source';
import type { FeedFetcher } from '../ports/feed-fetcher.port';
import type { FeedDocument, FeedReader } from '../ports/feed-reader.port';

export interface SourcePreview {
  readonly title: string;
  readonly format: FeedDocument['format'];
  readonly language?: string;
  readonly homepage?: string;
  readonly itemCount: number;
  /** The first ten as they would be stored. */
  readonly items: readonly { readonly title: string; readonly url: string; readonly publishedAt?: number; readonly summary: string }[];
}

const SHOWN = 10;

/** Fetches a feed as a poll would and shows what is in it; stores nothing. */
export class PreviewSource {
  constructor(
    private readonly deps: { readonly fetcher: FeedFetcher; readonly reader: FeedReader; readonly clock: Clock; readonly detectLanguage: DetectLanguage },
  ) {}

  async execute(given: string, asked: { readonly userAgent?: string | undefined } = {}): Promise<Result<SourcePreview, SourceProblem>> {
    const url = feedUrl(given);
    if (!url.ok) return url;
    const checked = checkedFields(asked);
    if (!checked.ok) return checked;
    const { userAgent } = checked.value;
    const fetched = await this.deps.fetcher.fetch({ url: url.value, ...(userAgent !== undefined && { userAgent }) });
    if (!fetched.ok) return err({ field: 'url', code: fetched.error.code, message: fetched.error.message });
    if (fetched.value.kind !== 'document') return err({ field: 'url', code: 'not-modified', message: 'The server sent no document.' });
    const feed = this.deps.reader.read(fetched.value);
    if (!feed.ok) return err({ field: 'url', code: feed.error.code, message: feed.error.message });
    return ok(this.preview(url.value, fetched.value.url, feed.value));
  }

  private preview(url: string, baseUrl: string, feed: FeedDocument): SourcePreview {
    const title = feedName(feed.title) || defaultName(url);
    const items = feed.items.slice(0, SHOWN).map((item) => listedItem(item, {
      source: { id: 'preview', name: title }, feed, baseUrl, now: this.deps.clock.now(), detectLanguage: this.deps.detectLanguage,
    })).filter((item) => item !== undefined);
    const language = languageCode(feed.language) ?? this.deps.detectLanguage(items.map((item) => item.title).join('\n'));
    return {
      title, format: feed.format, itemCount: feed.items.length,
      ...(language !== undefined && { language }), ...(feed.homepage !== undefined && { homepage: feed.homepage }),
      items: items.map(({ title, url, summary, publishedAt }) => ({ title, url, summary, ...(publishedAt !== undefined && { publishedAt }) })),
    };
  }
}
