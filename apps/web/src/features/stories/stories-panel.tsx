import type { Stories, Story } from '@barometer/http-api/contract';
import { address } from '../../api/client';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { plural } from '../../format/numbers';
import { formatTone, sideOf } from '../../format/tone';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery } from '../../state/view';
import { VoiceStrip } from './voice-strip';

const MOST = 4;

/** The stories that most articles of the period tell, and how differently they are told. */
export function StoriesPanel() {
  const [view] = useView();
  const stories = useResource<Stories>(address('/stories', { ...scopeQuery(view), limit: MOST }));
  const { data, error, stale, retry } = stories;
  return (
    <Panel name="stories" title="Biggest stories" stale={stale && !!data} aside={data && data.stories.length > 0 && <p className="panel-note">a dot a publisher: dark left, bright right</p>}>
      {error && !data && <ErrorNote what="The stories" error={error} onRetry={retry} />}
      {!data && !error && <Skeleton lines={3} />}
      {data?.stories.length === 0 && <EmptyNote>Nothing of this {view.topic || view.source ? 'choice' : 'period'} is told by several articles yet.</EmptyNote>}
      {data && data.stories.length > 0 && <ul className="stories">{data.stories.map((story) => <StoryLine key={story.id} story={story} />)}</ul>}
    </Panel>
  );
}

function StoryLine({ story: { articleId, title, articles, publishers, tone, voices } }: { story: Story }) {
  const [, change] = useView();
  return (
    <li>
      <div className="story-words">
        <button type="button" className="link headline" title={title} onClick={() => change({ article: articleId })}>{title}</button>
        <span className="muted"> {plural(articles, 'article')}{publishers > 1 && ` of ${plural(publishers, 'publisher')}`}</span>
      </div>
      <VoiceStrip voices={voices} />
      <span className={`story-tone number is-${sideOf(tone)}`}>{formatTone(tone)}</span>
    </li>
  );
}
