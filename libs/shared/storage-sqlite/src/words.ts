import { foldedWordsOf } from '@barometer/kernel';
import type { SqliteDatabase } from './sqlite-database';

/** Puts an article's words into the full-text index; `number` is its row. Call it in the transaction that inserts it. */
export function indexWords(db: SqliteDatabase, number: number, article: { readonly title: string; readonly summary: string }): void {
  db.run('INSERT INTO article_words (rowid, words) VALUES (?, ?)', number, foldedWordsOf(`${article.title} ${article.summary}`).trim());
}

/** The argument of `article_words MATCH ?` that finds every word of a search as the beginning of a word; `undefined` if there is no word. */
export function wordsQuery(search: string): string | undefined {
  const words = foldedWordsOf(search)
    .trim()
    .split(' ')
    .filter((word) => word !== '');
  return words.length === 0 ? undefined : words.map((word) => `"${word}"*`).join(' ');
}
