import type { Timeline } from '@barometer/http-api/contract';
import { useMemo, useState } from 'react';
import { address } from '../../api/client';
import { useAnnounce } from '../../components/announcer';
import { ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { Segmented } from '../../components/segmented';
import { DAY, formatSpan, timeZone } from '../../format/times';
import { usePreparing } from '../../state/use-preparing';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery, type BucketName, type View } from '../../state/view';
import { chartBuckets, gapsOf, sides } from './chart-data';
import { CompareChoice, Comparison } from './comparison';
import { RangeForm } from './range-form';
import { TimelineChart } from './timeline-chart';
import { TimelineTable } from './timeline-table';
import { useWidth } from './use-width';

const bucketOptions = [{ value: 'hour', label: 'hour' }, { value: 'day', label: 'day' }] as const;

/** How the mood went, and the brush that zooms the whole page. */
export function TimelinePanel() {
  const [view, change] = useView();
  const announce = useAnnounce();
  const bucket = view.bucket ?? defaultBucket(view);
  const timeline = useResource<Timeline>(address('/timeline', { ...scopeQuery(view), bucket, tz: timeZone() }));
  const preparing = usePreparing(timeline, timeline.data?.buckets.every(({ volume }) => volume === 0) ?? false);
  const [ranging, setRanging] = useState(false);
  const zoom = (from: number, to: number) => {
    change({ zoom: { from, to }, bucket: undefined });
    announce(`Zoomed to ${formatSpan(from, to)}`);
  };
  return (
    <Panel
      name="timeline"
      title="Timeline"
      stale={timeline.stale && !!timeline.data}
      aside={
        <div className="panel-tools">
          {view.zoom && <button type="button" className="small" onClick={() => change({ zoom: undefined, bucket: undefined })}>Reset zoom</button>}
          <button type="button" className="small quiet" aria-expanded={ranging} onClick={() => setRanging(!ranging)}>Choose times</button>
          <CompareChoice />
          <Segmented legend="Bars by" options={bucketOptions} value={bucket} onChange={(value: BucketName) => change({ bucket: value })} />
        </div>
      }
    >
      {ranging && timeline.data && <RangeForm key={timeline.data.period.from} from={Date.parse(timeline.data.period.from)} to={Date.parse(timeline.data.period.to)} onZoom={zoom} />}
      {timeline.error && !timeline.data && <ErrorNote what="The timeline" error={timeline.error} onRetry={timeline.retry} />}
      {(preparing || (!timeline.data && !timeline.error)) && <Skeleton className="skeleton-chart" />}
      {timeline.data && !preparing && (view.compare ? <Comparison timeline={timeline.data} bucket={bucket} onZoom={zoom} /> : <Chart timeline={timeline.data} onZoom={zoom} />)}
    </Panel>
  );
}

function Chart({ timeline, onZoom }: { timeline: Timeline; onZoom: (from: number, to: number) => void }) {
  const buckets = useMemo(() => chartBuckets(timeline), [timeline]);
  const gaps = useMemo(() => gapsOf(buckets), [buckets]);
  const [follow, width] = useWidth();
  return (
    <div ref={follow} className="chart-frame">
      {width > 0 && <TimelineChart buckets={buckets} modelChanges={timeline.modelChanges} width={width} onZoom={onZoom} />}
      <ul className="chart-legend" aria-label="Legend">
        <li><span className="swatch line" aria-hidden="true" /> mean tone</li>
        {timeline.usual && <li><span className="swatch usual" aria-hidden="true" /> usual range{timeline.usual.basis === 'reference' && ', by a shipped reference'}</li>}
        {sides.map((side) => (
          <li key={side}><span className={`swatch fill-${side}`} aria-hidden="true" /> {side}</li>
        ))}
        {timeline.dayBegins !== undefined && timeline.dayBegins !== '00:00' && <li>days begin at {timeline.dayBegins}, since counts are kept by hours of UTC</li>}
        {gaps.length > 0 && <li><span className="swatch hatched" aria-hidden="true" /> not watched</li>}
      </ul>
      <TimelineTable buckets={buckets} />
    </div>
  );
}

/** Hours up to three days, else days: what the API does when it is not told. */
function defaultBucket({ period, zoom }: View): BucketName {
  if (zoom) return zoom.to - zoom.from <= 3 * DAY ? 'hour' : 'day';
  return period === '24h' || period === '48h' ? 'hour' : 'day';
}
