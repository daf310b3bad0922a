import { wordsQuery, type SqliteDatabase } from '@barometer/storage-sqlite';

/** Articles that are looked through for common words: some twenty milliseconds. */
export const WALKED = 2_000;

/** One article in so many has a common word, so that a page of fifty is full before the walk ends. */
const ONE_IN = 40;
/** As many matches as the index hands over in a few milliseconds, whatever share that is. */
const FEW = 2_000;

export const matchesQuery = 'SELECT count(*) AS count FROM (SELECT 1 FROM article_words WHERE article_words MATCH ? LIMIT ?)';
export const numbersQuery = 'SELECT (SELECT max(number) FROM articles) - (SELECT min(number) FROM articles) AS span';

/**
 * Whether so many articles have these words that it is quicker to walk through the newest articles than to let the index
 * name all that match, of which a page shows fifty. A single letter begins so many words that the index would have to
 * join half of itself.
 */
export function areCommon(db: SqliteDatabase, words: readonly string[]): boolean {
  const longer = words.filter((word) => word.length > 1);
  const span = db.get<{ span: number | null }>(numbersQuery)?.span ?? 0;
  const most = Math.max(FEW, Math.ceil(span / ONE_IN));
  if (span <= most) return false;
  if (longer.length === 0) return words.length > 0;
  return (db.get<{ count: number }>(matchesQuery, wordsQuery(longer.join(' ')) ?? '""', most)?.count ?? 0) >= most;
}
