import type { Article } from '@barometer/http-api/contract';
import { useCallback, useEffect, useRef } from 'react';
import { ActionButton } from '../../components/action-button';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { t } from '../../i18n/translate';
import { useView } from '../../state/use-view';
import { ArticleFilters } from './article-filters';
import { byStory } from './article-list';
import { LinkedArticle } from './linked-article';
import { ListEnd } from './list-end';
import { NoArticles } from './no-articles';
import { StoryRows } from './story-rows';
import { useArticleFeed } from './use-article-feed';

/** The newest articles; new ones are inserted while the reader is at the top of the list. */
export function ArticlesPanel() {
  const [view, change] = useView();
  const list = useRef<HTMLDivElement>(null);
  const mayInsert = useCallback(() => isUndisturbed(list.current), []);
  const { shown, stale, error, retry, older, showHeld } = useArticleFeed(view, mayInsert);
  const listed = shown?.items.some(({ id }) => id === view.article) ?? false;
  useEscape(view.article, () => change({ article: undefined }));

  const showNew = () => {
    showHeld();
    list.current?.scrollIntoView({ block: 'start' });
  };
  return (
    <Panel name="articles" title={t('articles.title')} stale={stale && !!shown} aside={<ArticleFilters />}>
      <div id="articles" ref={list} className="article-list" tabIndex={-1}>
        {shown && shown.held.length > 0 && (
          <ActionButton className="pill" onClick={showNew}>
            {t(shown.replacement ? 'articles.newMore' : 'articles.new', { count: shown.held.length })}
          </ActionButton>
        )}
        <span className="sr-only" role="status">
          {shown && shown.held.length > 0 ? t('articles.newWaiting', { count: shown.held.length }) : ''}
        </span>
        {view.article && shown && !listed && <LinkedArticle id={view.article} />}
        {error && !shown && <ErrorNote text={t('unread.articles')} error={error} onRetry={retry} />}
        {!shown && !error && <Skeleton lines={8} className="skeleton-rows" />}
        {shown?.items.length === 0 && !shown.cursor && <NoArticles />}
        {shown?.items.length === 0 && shown.cursor && <EmptyNote>{t('articles.nothingYet')}</EmptyNote>}
        <ul>
          {shown &&
            groupsOf(shown.items, view.apart).map((group) => (
              <StoryRows key={view.apart ? group.head.id : (group.head.storyId ?? group.head.id)} {...group} openId={view.article} fresh={shown.fresh} />
            ))}
        </ul>
        {shown && <ListEnd shown={shown} older={older} />}
      </div>
    </Panel>
  );
}

const groupsOf = (items: readonly Article[], apart: boolean | undefined) => (apart ? items.map((head) => ({ head, others: [] })) : byStory(items));

const HEADER_HEIGHT = 64;

/** Whether rows may move: the top of the list is in view, and neither pointer nor focus is in it. */
function isUndisturbed(list: HTMLElement | null): boolean {
  if (!list) return true;
  return list.getBoundingClientRect().top >= HEADER_HEIGHT - 8 && !list.matches(':hover') && !list.contains(document.activeElement);
}

/** Escape closes the open article and leaves the focus on its row. */
function useEscape(article: string | undefined, close: () => void): void {
  useEffect(() => {
    if (!article) return undefined;
    const act = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== 'Escape' || event.defaultPrevented || target.matches('input, textarea, select') || document.querySelector('dialog[open]')) return;
      close();
      document.querySelector<HTMLElement>(`[data-article-row="${article}"]`)?.focus();
    };
    addEventListener('keydown', act);
    return () => removeEventListener('keydown', act);
  });
}
