import type { Marks, Timeline } from '@barometer/http-api/contract';
import { useMemo, useState } from 'react';
import { address } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAnnounce } from '../../components/announcer';
import { ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { Segmented } from '../../components/segmented';
import { DAY, formatDayAndClock, formatSpan, timeZone } from '../../format/times';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { usePreparing } from '../../state/use-preparing';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery, type BucketName, type View } from '../../state/view';
import { AddNote } from './add-note';
import { chartBuckets, gapsOf, sides } from './chart-data';
import { groupsAt } from './chart-scales';
import { CompareChoice, Comparison } from './comparison';
import { markText } from './mark-groups';
import { MarkList } from './mark-list';
import { RangeForm } from './range-form';
import { TimelineChart } from './timeline-chart';
import { TimelineTable } from './timeline-table';
import { useWidth } from './use-width';

const noMarks: Pick<Marks, 'items' | 'left'> = { items: [], left: 0 };

/** The mood over time, with a brush that zooms the whole page. */
export function TimelinePanel() {
  const [view, change] = useView();
  const announce = useAnnounce();
  const bucket = view.bucket ?? defaultBucket(view);
  const timeline = useResource<Timeline>(address('/timeline', { ...scopeQuery(view), bucket, tz: timeZone() }));
  const { sourceName } = useCatalog();
  const { items, left } = useResource<Marks>(address('/marks', scopeQuery(view))).data ?? noMarks;
  const marks = useMemo(() => ({ items: items.map((mark) => ({ ...mark, text: markText(mark, sourceName) })), left }), [items, left, sourceName]);
  const preparing = usePreparing(timeline, timeline.data?.buckets.every(({ volume }) => volume === 0) ?? false);
  const [ranging, setRanging] = useState(false);
  const zoom = (from: number, to: number) => {
    change({ zoom: { from, to }, bucket: undefined });
    announce(t('timeline.zoomed', { span: formatSpan(from, to) }));
  };
  return (
    <Panel
      name="timeline"
      title={t('timeline.title')}
      stale={timeline.stale && !!timeline.data}
      aside={
        <div className="panel-tools">
          {view.zoom && (
            <ActionButton className="small" onClick={() => change({ zoom: undefined, bucket: undefined })}>
              {t('timeline.reset')}
            </ActionButton>
          )}
          <button type="button" className="small quiet" aria-expanded={ranging} onClick={() => setRanging(!ranging)}>
            {t('timeline.choose')}
          </button>
          <AddNote />
          <CompareChoice />
          <Segmented
            legend={t('timeline.bars')}
            options={[
              { value: 'hour', label: t('timeline.hour') },
              { value: 'day', label: t('timeline.day') },
            ]}
            value={bucket}
            onChange={(value: BucketName) => change({ bucket: value })}
          />
        </div>
      }
    >
      {ranging && timeline.data && (
        <RangeForm key={timeline.data.period.from} from={Date.parse(timeline.data.period.from)} to={Date.parse(timeline.data.period.to)} onZoom={zoom} />
      )}
      {timeline.error && !timeline.data && <ErrorNote text={t('unread.timeline')} error={timeline.error} onRetry={timeline.retry} />}
      {(preparing || (!timeline.data && !timeline.error)) && <Skeleton className="skeleton-chart" />}
      {timeline.data &&
        !preparing &&
        (view.compare ? (
          <Comparison timeline={timeline.data} marks={marks} bucket={bucket} onZoom={zoom} />
        ) : (
          <Chart timeline={timeline.data} marks={marks} onZoom={zoom} />
        ))}
    </Panel>
  );
}

function Chart({ timeline, marks, onZoom }: { timeline: Timeline; marks: Pick<Marks, 'items' | 'left'>; onZoom: (from: number, to: number) => void }) {
  const buckets = useMemo(() => chartBuckets(timeline), [timeline]);
  const gaps = useMemo(() => gapsOf(buckets), [buckets]);
  const [follow, width] = useWidth();
  const groups = useMemo(() => groupsAt(marks.items, buckets, width), [marks, buckets, width]);
  return (
    <div ref={follow} className="chart-frame">
      {width > 0 && <TimelineChart buckets={buckets} groups={groups} width={width} onZoom={onZoom} />}
      <ul className="chart-legend" aria-label={t('timeline.legend')}>
        <li>
          <span className="swatch line" aria-hidden="true" /> {t('timeline.meanTone')}
        </li>
        {timeline.usual && (
          <li>
            <span className="swatch usual" aria-hidden="true" /> {t(timeline.usual.basis === 'reference' ? 'timeline.usualReference' : 'timeline.usual')}
          </li>
        )}
        {sides.map((side) => (
          <li key={side}>
            <span className={`swatch fill-${side}`} aria-hidden="true" /> {t(`label.${side}`)}
          </li>
        ))}
        {timeline.dayBegins !== undefined && timeline.dayBegins !== '00:00' && <li>{t('timeline.dayBegins', { time: timeline.dayBegins })}</li>}
        {timeline.keptSince && <li>{t('kept.since', { time: formatDayAndClock(Date.parse(timeline.keptSince)) })}</li>}
        {gaps.length > 0 && (
          <li>
            <span className="swatch hatched" aria-hidden="true" /> {t('common.notWatched')}
          </li>
        )}
        {buckets.some(({ imported }) => imported) && (
          <li>
            <span className="swatch imported" aria-hidden="true" /> {t('timeline.imported')}
          </li>
        )}
      </ul>
      <MarkList groups={groups} left={marks.left} />
      <TimelineTable buckets={buckets} />
    </div>
  );
}

/** Hours up to three days, else days: the default of the API. */
function defaultBucket({ period, zoom }: View): BucketName {
  if (zoom) return zoom.to - zoom.from <= 3 * DAY ? 'hour' : 'day';
  return period === '24h' || period === '48h' ? 'hour' : 'day';
}
