import type { Breakdown, BreakdownRow, Drivers, Topic } from '@barometer/http-api/contract';
import { useState } from 'react';
import { address } from '../../api/client';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { useCatalog } from '../../state/use-catalog';
import { useMayWrite } from '../../state/use-connection';
import { usePreparing } from '../../state/use-preparing';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery } from '../../state/view';
import { TopicEditor } from './topic-editor';
import { TopicRow } from './topic-row';

/** As many as the API gives, in either direction. */
const MOST_DRIVERS = 20;

/** The topics side by side: how much is said, how it sounds, where it goes, and what moved it. */
export function TopicsPanel() {
  const [view] = useView();
  const { topics } = useCatalog();
  const mayWrite = useMayWrite();
  const [edited, setEdited] = useState<Topic | 'new'>();
  const breakdown = useResource<Breakdown>(address('/breakdown', { by: 'topic', ...scopeQuery(view), topic: undefined }));
  const drivers = useResource<Drivers>(address('/drivers', { by: 'topic', limit: MOST_DRIVERS, ...scopeQuery(view), topic: undefined }));
  const pulls = [...(drivers.data?.lifted ?? []), ...(drivers.data?.lowered ?? [])];
  const rows = breakdown.data && (topics.data || topics.error) && withQuietTopics(breakdown.data.rows, topics.data?.items ?? []);
  const preparing = usePreparing(breakdown, rows?.every(({ volume }) => volume === 0) ?? false);
  const add = mayWrite && <button type="button" className="small" onClick={() => setEdited('new')}>Add topic</button>;
  return (
    <Panel name="topics" title="Topics" stale={breakdown.stale && !!breakdown.data} aside={add}>
      {breakdown.error && !rows && <ErrorNote what="The topics" error={breakdown.error} onRetry={breakdown.retry} />}
      {(preparing || (!rows && !breakdown.error)) && <Skeleton lines={5} className="skeleton-rows" />}
      {rows?.length === 0 && (
        <EmptyNote actions={add}>A topic is a name and a few phrases, such as “gas prices”. There is none yet.</EmptyNote>
      )}
      {rows && rows.length > 0 && !preparing && (
        <table className="topics">
          <thead>
            <tr>
              <th scope="col">Topic</th>
              <th scope="col" className="figure volume">Volume</th>
              <th scope="col" className="figure tone-cell">Tone</th>
              <th scope="col" className="trend">Trend</th>
              <th scope="col" className="mover">What moved it</th>
              {mayWrite && <th scope="col" className="edit"><span className="sr-only">Edit</span></th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const topic = topics.data?.items.find(({ id }) => id === row.id);
              return <TopicRow key={row.id} row={row} driver={pulls.find(({ id }) => id === row.id)} topic={topic} onEdit={mayWrite && topic ? () => setEdited(topic) : undefined} editable={mayWrite} />;
            })}
          </tbody>
        </table>
      )}
      {edited && <TopicEditor topic={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Panel>
  );
}

/** The rows of the figures, then the topics that nothing was scored for. */
function withQuietTopics(rows: readonly BreakdownRow[], topics: readonly Topic[]): readonly BreakdownRow[] {
  const known = new Set(rows.map(({ id }) => id));
  const quiet = topics.filter(({ id }) => !known.has(id));
  return [...rows, ...quiet.map(quietRow)];
}

const quietRow = ({ id, name, readyVersion }: Topic): BreakdownRow => ({
  id,
  name,
  volume: 0,
  counts: { negative: 0, neutral: 0, positive: 0 },
  shares: null,
  tone: null,
  change: { kind: 'not-enough-history' },
  ready: readyVersion !== undefined,
  sparkline: [],
});
