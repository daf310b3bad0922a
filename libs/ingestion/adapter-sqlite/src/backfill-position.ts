/**
 * How far a back-fill has come: first down the articles that stood there when it began (those up to the number `upTo`),
 * newest bucket first; then up the ones stored since, in the order of storing.
 */
export type BackfillPosition = { readonly upTo: number; readonly before?: readonly [publishedAt: number, id: string] } | { readonly after: number };

export const positionText = (position: BackfillPosition): string => JSON.stringify(position);

export const readPosition = (text: string | undefined): BackfillPosition | undefined => (text === undefined ? undefined : JSON.parse(text));
