import { useState } from 'react';
import { plural } from '../../format/numbers';
import type { StoryGroup } from './article-list';
import { ArticleRow } from './article-row';

interface StoryRowsProps extends StoryGroup {
  /** The open article, of this story or of another. */
  readonly openId: string | undefined;
  readonly fresh: ReadonlySet<string>;
}

/** The newest article of a story, and a button that opens the others in place. */
export function StoryRows({ head, others, openId, fresh }: StoryRowsProps) {
  const [asked, setAsked] = useState(false);
  // What is linked to must not hide behind a button.
  const open = asked || others.some(({ id }) => id === openId);
  const row = (article: StoryGroup['head']) => <ArticleRow key={article.id} article={article} open={article.id === openId} fresh={fresh.has(article.id)} />;
  if (others.length === 0) return row(head);
  return (
    <>
      {row(head)}
      <li className="voices">
        <button type="button" aria-expanded={open} onClick={() => setAsked(!open)}>
          {open ? 'Fewer voices' : `+ ${plural(others.length, 'more voice')}`}
          <span className="sr-only"> on: {head.title}</span>
        </button>
      </li>
      {open && others.map(row)}
    </>
  );
}
