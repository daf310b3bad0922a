import type { Breakdown, BreakdownRow, Drivers, Topic } from '@barometer/http-api/contract';
import { useState, type ReactNode } from 'react';
import { address } from '../../api/client';
import { lazyPart } from '../../components/lazy-part';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { Segmented } from '../../components/segmented';
import { comparisonOfRows } from '../../format/row-usual';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useMayWrite } from '../../state/use-connection';
import { usePreparing } from '../../state/use-preparing';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery } from '../../state/view';
import { ReadingOnly } from '../account/reading-only';
import { GroupsPanel } from './groups-panel';
import { TopicRow } from './topic-row';

const TopicEditor = lazyPart(async () => (await import('../dialogs')).TopicEditor);

/** The API's maximum, in each direction. */
const MOST_DRIVERS = 20;

/** The topics side by side or, if the reader chooses, the groups of sources, where there are any. */
export function BreakdownPanel() {
  const [view, change] = useView();
  const { sources } = useCatalog();
  const hasGroups = sources.data?.items.some(({ groups }) => groups.length > 0) ?? false;
  const parts = [
    { value: 'topic', label: t('topics.title') },
    { value: 'group', label: t('groups.title') },
  ] as const;
  const choice = (hasGroups || view.by) && (
    <Segmented
      legend={t('groups.sideBySide')}
      options={parts}
      value={view.by ?? 'topic'}
      onChange={(by) => change({ by: by === 'group' ? 'group' : undefined })}
    />
  );
  return view.by ? <GroupsPanel choice={choice} /> : <TopicsPanel choice={choice} />;
}

/** The topics side by side: number of articles, tone, trend, and how far each moved the mood. */
function TopicsPanel({ choice }: { choice: ReactNode }) {
  const [view] = useView();
  const { topics } = useCatalog();
  const mayWrite = useMayWrite();
  const [edited, setEdited] = useState<Topic | 'new'>();
  const breakdown = useResource<Breakdown>(address('/breakdown', { by: 'topic', against: 'usual', ...scopeQuery(view), topic: undefined }));
  const against = breakdown.data && comparisonOfRows(breakdown.data.rows);
  const drivers = useResource<Drivers>(against && address('/drivers', { by: 'topic', against, limit: MOST_DRIVERS, ...scopeQuery(view), topic: undefined }));
  const pulls = [...(drivers.data?.lifted ?? []), ...(drivers.data?.lowered ?? [])];
  const rows = breakdown.data && (topics.data || topics.error) && withQuietTopics(breakdown.data.rows, topics.data?.items ?? []);
  const preparing = usePreparing(breakdown, rows?.every(({ volume }) => volume === 0) ?? false);
  const add = mayWrite && (
    <button type="button" className="small" onClick={() => setEdited('new')}>
      {t('topics.add')}
    </button>
  );
  return (
    <Panel
      name="topics"
      title={t('topics.title')}
      stale={breakdown.stale && !!breakdown.data}
      aside={
        <div className="actions">
          {choice}
          {add || <ReadingOnly panel="topics" />}
        </div>
      }
    >
      {breakdown.error && !rows && <ErrorNote text={t('unread.topics')} error={breakdown.error} onRetry={breakdown.retry} />}
      {(preparing || (!rows && !breakdown.error)) && <Skeleton lines={5} className="skeleton-rows" />}
      {rows?.length === 0 && <EmptyNote actions={add}>{t('topics.none')}</EmptyNote>}
      {rows && rows.length > 0 && !preparing && (
        <table className="topics">
          <thead>
            <tr>
              <th scope="col">{t('common.topic')}</th>
              <th scope="col" className="figure volume">
                {t('topics.volume')}
              </th>
              <th scope="col" className="figure tone-cell">
                {t('topics.tone')}
              </th>
              <th scope="col" className="trend">
                {t('topics.trend')}
              </th>
              <th scope="col" className="mover">
                {pulls.length > 0 ? t('moved.title') : t('groups.strongest')}
              </th>
              {mayWrite && (
                <th scope="col" className="edit">
                  <span className="sr-only">{t('common.edit')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const topic = topics.data?.items.find(({ id }) => id === row.id);
              return (
                <TopicRow
                  key={row.id}
                  row={row}
                  driver={pulls.find(({ id }) => id === row.id)}
                  others={pulls.length > 0}
                  against={against}
                  topic={topic}
                  onEdit={mayWrite && topic ? () => setEdited(topic) : undefined}
                  editable={mayWrite}
                />
              );
            })}
          </tbody>
        </table>
      )}
      {edited && <TopicEditor topic={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Panel>
  );
}

/** The rows with figures, then the topics without scored articles. */
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
