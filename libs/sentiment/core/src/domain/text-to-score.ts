import { wordsOf } from '@barometer/kernel';
import type { ArticleText } from './article-text';

/** Which text of an article is scored: its title (the default), or always title and summary (`SCORE_TEXT`). */
export type ScoreText = 'title' | 'title+summary';

/** Titles with fewer words than this say too little by themselves. */
const ENOUGH_WORDS = 4;

/**
 * The text of an article that is scored: its title, since the model was trained on headlines. The summary is added to a
 * title of fewer than four words, and to every title if the setting says so.
 *
 * @example textToScore({ id, title: 'Strike over', summary: 'Trains run again.' }) // 'Strike over. Trains run again.'
 */
export function textToScore(article: ArticleText, setting: ScoreText = 'title'): string {
  const title = article.title.trim();
  const summary = article.summary.trim();
  if (summary === '') return title;
  if (title === '') return summary;
  const isEnough = wordsOf(title).trim().split(' ').length >= ENOUGH_WORDS;
  if (setting === 'title' && isEnough) return title;
  return /[\p{P}]$/u.test(title) ? `${title} ${summary}` : `${title}. ${summary}`;
}
