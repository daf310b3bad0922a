import type { Stories, Story } from '@barometer/http-api/contract';
import { address } from '../../api/client';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { formatDayAndClock } from '../../format/times';
import { formatTone, sideOf } from '../../format/tone';
import { t } from '../../i18n/translate';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery } from '../../state/view';
import { VoiceStrip } from './voice-strip';

const MOST = 4;

/** The stories with the most articles in the period, and how differently publishers report them. */
export function StoriesPanel() {
  const [view] = useView();
  const stories = useResource<Stories>(address('/stories', { ...scopeQuery(view), limit: MOST }));
  const { data, error, stale, retry } = stories;
  return (
    <Panel
      name="stories"
      title={t('stories.title')}
      stale={stale && !!data}
      aside={data && data.stories.length > 0 && <p className="panel-note">{t('stories.note')}</p>}
    >
      {error && !data && <ErrorNote text={t('unread.stories')} error={error} onRetry={retry} />}
      {!data && !error && <Skeleton lines={3} />}
      {data?.stories.length === 0 && <EmptyNote>{t(view.topic || view.source || view.group ? 'stories.none.choice' : 'stories.none.period')}</EmptyNote>}
      {data?.keptSince && <p className="muted">{t('kept.articles', { time: formatDayAndClock(Date.parse(data.keptSince)) })}</p>}
      {data && data.stories.length > 0 && (
        <ul className="stories">
          {data.stories.map((story) => (
            <StoryLine key={story.id} story={story} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function StoryLine({ story: { articleId, title, articles, publishers, tone, voices } }: { story: Story }) {
  const [, change] = useView();
  return (
    <li>
      <div className="story-words">
        <button type="button" className="link headline" title={title} onClick={() => change({ article: articleId })}>
          {title}
        </button>
        <span className="muted"> {sizeText(articles, publishers)}</span>
      </div>
      <VoiceStrip voices={voices} />
      <span className={`story-tone number is-${sideOf(tone)}`}>{formatTone(tone)}</span>
    </li>
  );
}

function sizeText(count: number, publishers: number): string {
  const articles = t('count.articles', { count });
  return publishers > 1 ? t('stories.size', { articles, count: publishers }) : articles;
}
