/**
 * How far a back-fill has come. It first processes the articles that were stored when it began (those with a store number
 * up to `upTo`), newest first; then those stored since, in the order of storing, which may have missed the new version.
 */
export type BackfillPosition = { readonly upTo: number; readonly before?: readonly [publishedAt: number, id: string] } | { readonly after: number };

/** The position as text, as the ports pass it. */
export const positionText = (position: BackfillPosition): string => JSON.stringify(position);

export const readPosition = (text: string | undefined): BackfillPosition | undefined => (text === undefined ? undefined : JSON.parse(text));

/** The position after a chunk that asked for `limit` articles from `position` on and got `rows`; `undefined` at the end. */
export function nextPosition(
  position: BackfillPosition,
  rows: readonly { readonly number: number; readonly publishedAt: number; readonly articleId: string }[],
  limit: number,
): BackfillPosition | undefined {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  if ('after' in position) return last && { after: last.number };
  return last ? { upTo: position.upTo, before: [last.publishedAt, last.articleId] } : { after: position.upTo };
}
