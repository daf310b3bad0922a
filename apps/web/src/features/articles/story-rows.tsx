import { useState } from 'react';
import { t } from '../../i18n/translate';
import { useView } from '../../state/use-view';
import type { StoryGroup } from './article-list';
import { ArticleRow } from './article-row';

interface StoryRowsProps extends StoryGroup {
  /** The open article, in this story or another one. */
  readonly openId: string | undefined;
  readonly fresh: ReadonlySet<string>;
}

/** The newest article of a story, and a button that opens the others of the list in place; older ones may not be listed yet. */
export function StoryRows({ head, others, openId, fresh }: StoryRowsProps) {
  const [, change] = useView();
  const [asked, setAsked] = useState(false);
  // An article that a link opens must not be hidden behind a button.
  const open = asked || others.some(({ id }) => id === openId);
  const row = (article: StoryGroup['head']) => <ArticleRow key={article.id} article={article} open={article.id === openId} fresh={fresh.has(article.id)} />;
  if (others.length === 0) return row(head);
  return (
    <>
      {row(head)}
      <li className="voices">
        <button type="button" aria-expanded={open} onClick={() => setAsked(!open)}>
          {open ? t('articles.fewerVoices') : t('articles.moreVoices', { count: others.length })}
          <span className="sr-only"> {t('articles.voicesOn', { title: head.title })}</span>
        </button>
      </li>
      {open && (
        <li className="voice-list">
          <ul>{others.map(row)}</ul>
          <button type="button" className="small quiet" onClick={() => change({ story: head.storyId })}>
            {t('articles.wholeStory')}
          </button>
        </li>
      )}
    </>
  );
}
