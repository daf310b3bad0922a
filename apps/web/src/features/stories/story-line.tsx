import type { Article, Story, StoryDetail } from '@barometer/http-api/contract';
import { useEffect, useRef, useState } from 'react';
import { address } from '../../api/client';
import { isGone } from '../../api/errors';
import { LabelMark } from '../../components/label-mark';
import { ErrorNote, Skeleton } from '../../components/notes';
import { TimeAgo } from '../../components/time-ago';
import { formatTone, sideOf } from '../../format/tone';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { VoiceStrip } from './voice-strip';

/** One story in one line; its articles open in place. */
export function StoryLine({ story, open }: { story: Omit<Story, 'weight'>; open: boolean }) {
  const [, change] = useView();
  const { id, title, articles, publishers, tone, voices } = story;
  const members = `story-${id}`;
  const place = useRef<HTMLDivElement>(null);
  // A link, or the list of articles further down, may have opened it.
  useEffect(() => {
    if (open) place.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <li>
      <div ref={place} className="story-words">
        <button
          type="button"
          className="link headline"
          title={title}
          aria-expanded={open}
          aria-controls={open ? members : undefined}
          onClick={() => change({ story: open ? undefined : id })}
        >
          {title}
        </button>
        <span className="muted"> {sizeText(articles, publishers)}</span>
      </div>
      <VoiceStrip voices={voices} />
      <span className={`story-tone number is-${sideOf(tone)}`}>{formatTone(tone)}</span>
      {open && <Members id={id} elementId={members} told={articles} />}
    </li>
  );
}

/** The open story if it is not among the biggest ones shown: a link led here, or the period changed. */
export function LinkedStory({ id }: { id: string }) {
  const [, change] = useView();
  const { data, error, retry } = useResource<StoryDetail>(address(`/stories/${id}`));
  if (data?.id === id) return <StoryLine story={data} open />;
  return (
    <li className="alone">
      {error && isGone(error) && (
        <div className="note">
          <p>{t('stories.gone')}</p>
          <button type="button" className="small" onClick={() => change({ story: undefined })}>
            {t('common.close')}
          </button>
        </div>
      )}
      {error && !isGone(error) && <ErrorNote text={t('unread.story')} error={error} onRetry={retry} />}
      {!error && <Skeleton lines={2} />}
    </li>
  );
}

/** So many articles of a story are listed at first. */
const FIRST_MEMBERS = 10;

/** The articles of a story, newest first: what each publisher says. `told` of them are in the scope and period of the page. */
function Members({ id, elementId, told }: { id: string; elementId: string; told: number }) {
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
        <button type="button" className="small quiet" onClick={() => setAll(true)}>
          {t('stories.all', { count: found.members.length })}
        </button>
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

function sizeText(count: number, publishers: number): string {
  const articles = t('count.articles', { count });
  return publishers > 1 ? t('stories.size', { articles, count: publishers }) : articles;
}
