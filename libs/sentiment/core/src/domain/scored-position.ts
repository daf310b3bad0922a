/** Where a re-scoring resumes: after this article, ordered by `publishedAt` (milliseconds since 1970), then id. */
export interface ScoredPosition {
  readonly publishedAt: number;
  readonly id: string;
}

/** The position as the text that ports pass on. */
export const scoredPosition = ({ publishedAt, id }: ScoredPosition): string => `${publishedAt} ${id}`;

/** Parses such a text; without one, answers the position before every article. */
export function readScoredPosition(text: string | undefined): ScoredPosition {
  const [publishedAt, id = ''] = text?.split(' ') ?? [];
  return { publishedAt: Number(publishedAt ?? -1), id };
}

/** The failure reason of an article that was handed out `receives` times without an answer. */
export const noAnswer = (receives: number): string => `No answer from the scorer after ${receives} deliveries.`;
