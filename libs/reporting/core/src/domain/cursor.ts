/** A position in a list from new to old: after the article with this time and id. */
export interface ListPosition {
  readonly publishedAt: number;
  readonly id: string;
}

/** Sorts positions in the order of every list: the newest first, and for equal times the larger id. */
export const newestFirst = (one: ListPosition, other: ListPosition): number => other.publishedAt - one.publishedAt || (one.id < other.id ? 1 : -1);

/** A cursor that this list did not produce. Stores throw it, use cases return it. */
export class CursorError extends Error {
  override readonly name = 'CursorError';

  constructor() {
    super('The cursor is not one that this list gave out');
  }
}

const FORM = /^1-(-?[0-9a-z]{1,10})-([a-z2-7]{26})$/;

/** A position as text; the leading 1 is the version of the format. */
export const writeCursor = ({ publishedAt, id }: ListPosition): string => `1-${publishedAt.toString(36)}-${id}`;

/** The position that a cursor names. @throws CursorError */
export function readCursor(cursor: string): ListPosition {
  const [, time, id] = FORM.exec(cursor) ?? [];
  const publishedAt = Number.parseInt(time ?? '', 36);
  if (time === undefined || id === undefined || !Number.isSafeInteger(publishedAt) || publishedAt.toString(36) !== time) throw new CursorError();
  return { publishedAt, id };
}
