/** Where a re-scoring goes on: after this article, in the order of `publishedAt` (milliseconds since 1970), then id. */
export interface ScoredPosition {
  readonly publishedAt: number;
  readonly id: string;
}

/** The position as the text that ports pass on. */
export const scoredPosition = ({ publishedAt, id }: ScoredPosition): string => `${publishedAt} ${id}`;

/** Reads such a text; without one, the position before every article. */
export function readScoredPosition(text: string | undefined): ScoredPosition {
  const [publishedAt, id = ''] = text?.split(' ') ?? [];
  return { publishedAt: Number(publishedAt ?? -1), id };
}

/** The reason of an article that was handed out `receives` times and never came back. */
export const noAnswer = (receives: number): string => `No answer from the scorer after ${receives} deliveries.`;
