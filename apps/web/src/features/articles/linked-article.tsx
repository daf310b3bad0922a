import type { Article } from '@barometer/http-api/contract';
import { useEffect, useRef } from 'react';
import { address } from '../../api/client';
import { isGone } from '../../api/errors';
import { ErrorNote, Skeleton } from '../../components/notes';
import { t } from '../../i18n/translate';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { ArticleRow } from './article-row';

/** The open article if the list does not contain it: a link led here, or it is further back. */
export function LinkedArticle({ id }: { id: string }) {
  const [, change] = useView();
  const article = useResource<Article>(address(`/articles/${id}`));
  const place = useRef<HTMLDivElement>(null);
  const found = article.data?.id === id ? article.data : undefined;
  useEffect(() => {
    if (!found) return;
    place.current?.querySelector('button')?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'center' });
  }, [found?.id]);

  const gone = article.error && isGone(article.error);
  return (
    <div ref={place} className="linked">
      {gone && (
        <div className="note">
          <p>{t('articles.gone')}</p>
          <button type="button" className="small" onClick={() => change({ article: undefined })}>
            {t('common.close')}
          </button>
        </div>
      )}
      {article.error && !gone && !found && <ErrorNote text={t('unread.article')} error={article.error} onRetry={article.retry} />}
      {!found && !article.error && <Skeleton lines={3} />}
      {found && (
        <ul>
          <ArticleRow article={found} open />
        </ul>
      )}
    </div>
  );
}
