import type { FeedDocument, FeedItem } from '@barometer/ingestion';

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** More of a text than is ever shown or scored. */
const MOST_CHARACTERS = 20_000;

/** An item without its empty fields. */
export function feedItem(fields: Loose<FeedItem>): FeedItem {
  const summary = fields.summary?.slice(0, MOST_CHARACTERS);
  return withoutGaps({ ...fields, summary, title: fields.title?.slice(0, MOST_CHARACTERS) });
}

/** A document without its empty fields. */
export function feedDocument(fields: Loose<FeedDocument> & Pick<FeedDocument, 'format' | 'items'>): FeedDocument {
  return withoutGaps(fields) as FeedDocument;
}

function withoutGaps<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/**
 * Makes a link absolute, using the bases from the innermost to the outermost, the last of which is the feed's own
 * address. `undefined` if there is none or it is not a web address.
 */
export function absoluteLink(link: string | undefined, ...bases: readonly (string | undefined)[]): string | undefined {
  if (link === undefined || link.trim() === '') return undefined;
  const base = bases.toReversed().reduce<string | undefined>((outer, inner) => joined(inner, outer) ?? outer, undefined);
  const url = joined(link.trim(), base);
  return url !== undefined && /^https?:/i.test(url) ? url : undefined;
}

function joined(link: string | undefined, base: string | undefined): string | undefined {
  if (link === undefined) return undefined;
  return URL.parse(link, base)?.href;
}
