import type { Stories } from '@barometer/http-api/contract';
import { address } from '../../api/client';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { formatDayAndClock } from '../../format/times';
import { t } from '../../i18n/translate';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery } from '../../state/view';
import { LinkedStory, StoryLine } from './story-line';

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
      {data && (data.stories.length > 0 || view.story) && (
        <ul className="stories">
          {view.story && !data.stories.some(({ id }) => id === view.story) && <LinkedStory id={view.story} />}
          {data.stories.map((story) => (
            <StoryLine key={story.id} story={story} open={story.id === view.story} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
