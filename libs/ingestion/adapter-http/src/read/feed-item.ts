import type { FeedDocument, FeedItem } from '@barometer/ingestion';

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** More of a text than is ever shown or scored. */
const MOST_CHARACTERS = 20_000;

/** An item without the fields that have nothing in them. */
export function feedItem(fields: Loose<FeedItem>): FeedItem {
  const summary = fields.summary?.slice(0, MOST_CHARACTERS);
  return withoutGaps({ ...fields, summary, title: fields.title?.slice(0, MOST_CHARACTERS) });
}

/** A document without the fields that have nothing in them. */
export function feedDocument(fields: Loose<FeedDocument> & Pick<FeedDocument, 'format' | 'items'>): FeedDocument {
  return withoutGaps(fields) as FeedDocument;
}

function withoutGaps<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/**
 * A link made absolute: against the bases from the inmost to the outmost, the last of which is the feed's own address.
 * `undefined` when there is none or it is no web address.
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
