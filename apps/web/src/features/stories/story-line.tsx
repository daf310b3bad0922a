import type { Article, Story, StoryDetail } from '@barometer/http-api/contract';
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
  return (
    <li>
      <div className="story-words">
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
      {open && <Members id={id} elementId={members} />}
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

/** The articles of a story, newest first: what each publisher says. */
function Members({ id, elementId }: { id: string; elementId: string }) {
  const { data, error, retry } = useResource<StoryDetail>(address(`/stories/${id}`));
  const found = data?.id === id ? data : undefined;
  return (
    <div id={elementId} className="story-members">
      {error && !found && <ErrorNote text={t('unread.story')} error={error} onRetry={retry} />}
      {!found && !error && <Skeleton lines={2} />}
      {found && (
        <ul>
          {found.members.map((article) => (
            <Member key={article.id} article={article} />
          ))}
        </ul>
      )}
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
