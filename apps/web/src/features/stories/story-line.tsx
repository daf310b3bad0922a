import type { Story, StoryDetail } from '@barometer/http-api/contract';
import { useEffect, useRef } from 'react';
import { address } from '../../api/client';
import { isGone } from '../../api/errors';
import { ActionButton } from '../../components/action-button';
import { lazyPart } from '../../components/lazy-part';
import { ErrorNote, Skeleton } from '../../components/notes';
import { formatTone, sideOf } from '../../format/tone';
import { t } from '../../i18n/translate';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { VoiceStrip } from './voice-strip';

const StoryMembers = lazyPart(async () => (await import('./story-members')).StoryMembers);

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
      {open && <StoryMembers id={id} elementId={members} told={articles} />}
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
          <ActionButton className="small" onClick={() => change({ story: undefined })}>
            {t('common.close')}
          </ActionButton>
        </div>
      )}
      {error && !isGone(error) && <ErrorNote text={t('unread.story')} error={error} onRetry={retry} />}
      {!error && <Skeleton lines={2} />}
    </li>
  );
}

function sizeText(count: number, publishers: number): string {
  const articles = t('count.articles', { count });
  return publishers > 1 ? t('stories.size', { articles, count: publishers }) : articles;
}
