import { hasWords } from '@barometer/reporting';
import { wordsQuery, type SqliteDatabase } from '@barometer/storage-sqlite';

/** Articles that are read in a search for common words: some twenty milliseconds. */
export const WALKED = 2_000;

/** A word is common if one article in so many has it, so that a page of fifty is full before the reading ends. */
const ONE_IN = 40;
/** Matches that the index returns within a few milliseconds, whatever their share. */
const FEW = 2_000;

/**
 * The newest articles that are sampled to see whether a word is common. Asking the index for a word's beginning makes
 * it join all its matches: 150 ms at a million articles.
 */
const SAMPLE = 400;

const sampleQuery = `SELECT title, summary FROM articles ORDER BY number DESC LIMIT ${SAMPLE}`;
const matchesQuery = 'SELECT count(*) AS count FROM (SELECT 1 FROM article_words WHERE article_words MATCH ? LIMIT ?)';
const spanQuery = 'SELECT (SELECT max(number) FROM articles) - (SELECT min(number) FROM articles) AS span';

/**
 * Whether so many articles contain these words that reading the newest articles is faster than having the index list
 * all matches, of which a page shows fifty. A single letter begins so many words that the index would have to join half
 * of itself.
 */
export function areCommon(db: SqliteDatabase, words: readonly string[]): boolean {
  const longer = words.filter((word) => word.length > 1);
  const span = db.get<{ span: number | null }>(spanQuery)?.span ?? 0;
  const most = Math.max(FEW, Math.ceil(span / ONE_IN));
  if (span <= most) return false;
  if (longer.length === 0) return words.length > 0;
  if (span > FEW * ONE_IN) {
    const having = db.all<{ title: string; summary: string }>(sampleQuery).filter(({ title, summary }) => hasWords(longer, `${title} ${summary}`));
    if (having.length >= SAMPLE / ONE_IN) return true;
  }
  return (db.get<{ count: number }>(matchesQuery, wordsQuery(longer.join(' ')) ?? '""', most)?.count ?? 0) >= most;
}
