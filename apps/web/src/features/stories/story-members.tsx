import type { Article, StoryDetail } from '@barometer/http-api/contract';
import { useState } from 'react';
import { address } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { LabelMark } from '../../components/label-mark';
import { ErrorNote, Skeleton } from '../../components/notes';
import { TimeAgo } from '../../components/time-ago';
import { formatTone } from '../../format/tone';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';

/** So many articles of a story are listed at first. */
const FIRST_MEMBERS = 10;

/** The articles of a story, newest first: what each publisher says. `told` of them are in the scope and period of the page. */
export function StoryMembers({ id, elementId, told }: { id: string; elementId: string; told: number }) {
  const [all, setAll] = useState(false);
  const { data, error, retry } = useResource<StoryDetail>(address(`/stories/${id}`));
  const found = data?.id === id ? data : undefined;
  return (
    <div id={elementId} className="story-members">
      {error && !found && <ErrorNote text={t('unread.story')} error={error} onRetry={retry} />}
      {!found && !error && <Skeleton lines={2} />}
      {found && (
        <ul>
          {found.members.slice(0, all ? undefined : FIRST_MEMBERS).map((article) => (
            <Member key={article.id} article={article} />
          ))}
        </ul>
      )}
      {found && found.members.length > FIRST_MEMBERS && !all && (
        <ActionButton className="small quiet" onClick={() => setAll(true)}>
          {t('stories.all', { count: found.members.length })}
        </ActionButton>
      )}
      {found && found.articles > told && <p className="muted">{t('stories.beyond', { count: found.articles - told })}</p>}
      {found && found.articles > found.members.length && <p className="muted">{t('stories.part', { count: found.members.length, all: found.articles })}</p>}
    </div>
  );
}

function Member({ article }: { article: Article }) {
  const [, change] = useView();
  const { sourceName } = useCatalog();
  const { id, title, publisher, sourceIds, publishedAt, sentiment } = article;
  return (
    <li>
      <LabelMark article={article} />
      {sentiment && <span className={`number is-${sentiment.label}`}>{formatTone(sentiment.tone)}</span>}
      <span className="member-words">
        <button type="button" className="link" onClick={() => change({ article: id })}>
          {title}
        </button>{' '}
        <span className="muted">
          {publisher ?? sourceName(sourceIds[0] ?? '')} · <TimeAgo at={publishedAt} />
        </span>
      </span>
    </li>
  );
}
