import type { Article, ArticleState } from '@barometer/http-api/contract';
import { t } from '../../i18n/translate';

const reasons: Readonly<Record<string, 'article.skipped.language' | 'article.skipped.too-short' | 'article.skipped.undated'>> = {
  language: 'article.skipped.language',
  'too-short': 'article.skipped.too-short',
  undated: 'article.skipped.undated',
};

/** Why an article has no score, in a sentence. */
export function reasonText(state: ArticleState, reason: string | undefined): string {
  if (state === 'pending') return t('article.waits');
  if (state === 'failed') return reason ? t('article.failedFor', { reason }) : t('article.failed');
  const known = reasons[reason ?? ''];
  if (known) return t(known);
  return reason ? t('article.skippedFor', { reason }) : t('article.skipped');
}

/** The language of a headline if it is known: the model scores only English. */
export const headlineLanguage = ({ sentiment }: Pick<Article, 'sentiment'>): string | undefined => (sentiment ? 'en' : undefined);
