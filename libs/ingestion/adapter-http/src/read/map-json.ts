import type { FeedDocument, FeedItem } from '@barometer/ingestion';
import type { JsonFeed } from 'feedsmith';
import * as z from 'zod';
import { parseFeedDate } from './feed-date';
import { absoluteLink, feedDocument, feedItem } from './feed-item';

type Dated = number | undefined;

export function jsonDocument(feed: JsonFeed.Feed<Dated>, url: string): FeedDocument {
  return feedDocument({
    format: 'json-feed',
    title: feed.title,
    homepage: absoluteLink(feed.home_page_url, url),
    language: feed.language,
    items: (feed.items ?? []).map((item) => jsonItem(item, url)),
  });
}

function jsonItem(item: Partial<JsonFeed.Item<Dated>>, url: string): FeedItem {
  return feedItem({
    guid: item.id,
    link: absoluteLink(item.url, url) ?? absoluteLink(item.external_url, url),
    title: item.title,
    summary: item.summary ?? item.content_text ?? item.content_html,
    publishedAt: item.date_published ?? item.date_modified,
    language: item.language,
  });
}

/** Fields that must be texts; some programs wrap them, as WordPress does with `{"rendered": …}`. */
const TEXTS = ['title', 'summary', 'content_text', 'content_html', 'url', 'external_url', 'date_published', 'date_modified', 'language'];
const WRAPPERS = ['rendered', 'value', 'text', '#text', '_', '$t', 'raw', 'href', 'en'];

/** A JSON Feed with its texts unwrapped; a value that is not a text at all is left out by itself. */
export function withTexts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { items, ...feed } = value as Record<string, unknown>;
  return {
    ...unwrapped(feed, ['title', 'home_page_url', 'language']),
    ...(Array.isArray(items) && {
      items: items.filter((item) => typeof item === 'object' && item !== null).map((item) => unwrapped(item as Record<string, unknown>, TEXTS)),
    }),
  };
}

const unwrapped = (fields: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, names.includes(name) ? textIn(field) : field]));

function textIn(field: unknown): unknown {
  if (typeof field === 'string') return field;
  if (typeof field === 'number') return String(field);
  if (Array.isArray(field)) return field.map(textIn).find((one) => one !== undefined);
  if (typeof field !== 'object' || field === null) return undefined;
  return WRAPPERS.map((name) => textIn((field as Record<string, unknown>)[name])).find((one) => one !== undefined);
}

const text = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined);

const newsApiArticle = z.object({
  source: z.object({ name: text }).nullish().catch(undefined),
  title: text,
  description: text,
  url: text,
  publishedAt: text,
});

/** An answer of NewsAPI.org (newsapi.org/docs/endpoints). */
export const newsApiAnswer = z.object({ status: z.literal('ok'), articles: z.array(z.unknown()) });

/** NewsAPI's placeholder for an article that its publisher withdrew. */
const REMOVED = '[Removed]';

export function newsApiDocument({ articles }: z.infer<typeof newsApiAnswer>, url: string): FeedDocument {
  const readable = articles.flatMap((article) => newsApiArticle.safeParse(article).data ?? []);
  const items = readable
    .filter(({ title }) => title !== REMOVED)
    .map(({ source, title, description, url: link, publishedAt }) =>
      feedItem({
        link: absoluteLink(link, url),
        title,
        summary: description,
        publishedAt: parseFeedDate(publishedAt),
        publisher: source?.name,
      }),
    );
  return feedDocument({ format: 'newsapi', title: 'NewsAPI.org', homepage: 'https://newsapi.org/', items });
}
