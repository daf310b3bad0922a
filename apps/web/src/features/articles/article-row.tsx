import type { Article } from '@barometer/http-api/contract';
import { useEffect, useState } from 'react';
import { LabelMark } from '../../components/label-mark';
import { TimeAgo } from '../../components/time-ago';
import { formatTone, spokenTone } from '../../format/tone';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useView } from '../../state/use-view';
import { ArticleDetail } from './article-detail';
import { headlineLanguage } from './state-words';

/** One article in one row; it opens in place. */
export function ArticleRow({ article: listed, open, fresh = false }: { article: Article; open: boolean; fresh?: boolean }) {
  const [, change] = useView();
  const [changed, setChanged] = useState<Article>();
  // The list updates its newest page by itself, but not older pages.
  useEffect(() => setChanged(undefined), [listed]);
  const article = changed ?? listed;
  const detail = `article-${article.id}`;
  return (
    <li className={`article ${open ? 'open' : ''} ${fresh ? 'fresh' : ''}`}>
      <h3>
        <button
          type="button"
          data-article-row={article.id}
          aria-expanded={open}
          aria-controls={open ? detail : undefined}
          onClick={() => change({ article: open ? undefined : article.id })}
        >
          <LabelMark article={article} />
          <RowTone article={article} />
          <span className="headline" dir="auto" lang={headlineLanguage(article)}>
            {article.title}
          </span>
          <RowMeta article={article} />
        </button>
      </h3>
      {open && <ArticleDetail id={detail} article={article} onChanged={setChanged} />}
    </li>
  );
}

function RowTone({ article: { sentiment, judgement, state } }: { article: Article }) {
  if (!sentiment) return <span className="tone muted row-state">{t(`article.state.${state}`)}</span>;
  return (
    <span className={`tone number is-${sentiment.label}`}>
      <span aria-hidden="true">{formatTone(sentiment.tone)}</span>
      <span className="sr-only">{t('articles.spoken', { label: t(`label.${sentiment.label}`), tone: spokenTone(sentiment.tone) })}</span>
      {judgement && <span className="unsure">{t('articles.reader')}</span>}
      {sentiment.uncertain && <span className="unsure">{t('articles.unsure')}</span>}
    </span>
  );
}

function RowMeta({ article }: { article: Article }) {
  const { sourceName } = useCatalog();
  const source = article.publisher ?? sourceName(article.sourceIds[0] ?? '');
  const more = article.sourceIds.length - 1;
  return (
    <span className="row-meta">
      <span className="row-source" title={article.sourceIds.map(sourceName).join(', ')}>
        {source}
        {more > 0 && ` +${more}`}
      </span>
      <TimeAgo at={article.publishedAt} />
    </span>
  );
}
