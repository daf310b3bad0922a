import { articleIdOf } from '@barometer/kernel';
import type { Article } from './article';

type Text = Pick<Article, 'title' | 'summary'>;

/** What a source lists now of an article, where it differs from what is stored: a fingerprint of it, else `undefined`. */
export function listedText(listed: Text, stored: Text): string | undefined {
  if (listed.title === stored.title && listed.summary === stored.summary) return undefined;
  return articleIdOf(`${listed.title}\n${listed.summary}`);
}
