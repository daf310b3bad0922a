import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleBand, scaleLinear } from '@visx/scale';
import type { ModelChange } from '@barometer/http-api/contract';
import { useId, useMemo } from 'react';
import { formatCount } from '../../format/numbers';
import { formatTone } from '../../format/tone';
import { bucketText, bucketTime, gapsOf, isHourly, tickIndexes, tickLabel, toneRange, type ChartBucket } from './chart-data';
import { ChartMarks } from './chart-marks';
import { firstOf, lastOf, useBrush } from './use-brush';
import { ToneLine } from './tone-line';
import { UsualBand } from './usual-band';
import { VolumeBars } from './volume-bars';

const MARGIN = { left: 40, right: 8 };
/** The tone strip above, the bars below, the axis at the foot. */
const TONE = { top: 8, bottom: 88 };
const BARS = { top: 116, bottom: 244 };
const HEIGHT = 270;

interface TimelineChartProps {
  readonly buckets: readonly ChartBucket[];
  readonly modelChanges: readonly ModelChange[];
  readonly width: number;
  readonly onZoom: (from: number, to: number) => void;
}

/** Scales of the chart; the bands stand for buckets by their index. */
export function chartScales(buckets: readonly ChartBucket[], width: number) {
  const x = scaleBand<number>({ domain: buckets.map((_, index) => index), range: [MARGIN.left, width - MARGIN.right], paddingInner: buckets.length > 60 ? 0.15 : 0.25, paddingOuter: 0.1 });
  const range = toneRange(buckets);
  const tone = scaleLinear<number>({ domain: [-range, range], range: [TONE.bottom, TONE.top] });
  const most = Math.max(4, ...buckets.map(({ volume }) => volume));
  const volume = scaleLinear<number>({ domain: [0, most], range: [BARS.bottom, BARS.top], nice: 3 });
  return { x, tone, volume, range };
}

export type ChartScales = ReturnType<typeof chartScales>;

export function TimelineChart({ buckets, modelChanges, width, onZoom }: TimelineChartProps) {
  const scales = useMemo(() => chartScales(buckets, width), [buckets, width]);
  const id = useId();
  const { x } = scales;
  const indexAt = (position: number) => Math.min(buckets.length - 1, Math.max(0, Math.floor((position - MARGIN.left) / x.step())));
  const zoomTo = (first: number, last: number) => {
    const [start, end] = [buckets[first], buckets[last]];
    if (start && end) onZoom(start.from, end.to);
  };
  const brush = useBrush({ count: buckets.length, indexAt, onZoom: zoomTo });
  const current = brush.cursor === undefined ? undefined : buckets[brush.cursor];
  const chosen = brush.selection && brush.selection.anchor !== brush.selection.head ? brush.selection : undefined;
  const readout = current ? `${bucketTime(current)}: ${bucketText(current)}` : '';
  return (
    <>
      <div
        className="chart"
        role="slider"
        tabIndex={0}
        aria-label="Timeline. Arrow keys walk it, with Shift they select, Enter zooms to the selection"
        aria-valuemin={0}
        aria-valuemax={buckets.length - 1}
        aria-valuenow={brush.cursor ?? buckets.length - 1}
        aria-valuetext={readout || 'no hour chosen'}
        onKeyDown={brush.onKeyDown}
        onBlur={brush.onBlur}
        {...brush.pointer}
      >
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <ChartMarks id={id} scales={scales} buckets={buckets} gaps={gapsOf(buckets)} modelChanges={modelChanges} top={TONE.top} bottom={BARS.bottom} cursor={brush.cursor} selected={chosen && [firstOf(chosen), lastOf(chosen)]} />
          <UsualBand scales={scales} buckets={buckets} />
          <ToneLine id={id} scales={scales} buckets={buckets} />
          <VolumeBars scales={scales} buckets={buckets} />
          <AxisLeft scale={scales.tone} left={MARGIN.left} tickValues={[-scales.range, 0, scales.range]} tickFormat={toneTick} hideAxisLine hideTicks tickClassName="tick" tickLabelProps={{ className: 'tick', dx: -2, dy: 4, textAnchor: 'end' }} />
          <AxisLeft scale={scales.volume} left={MARGIN.left} numTicks={3} tickFormat={(value) => formatCount(Number(value))} hideAxisLine hideTicks tickLabelProps={{ className: 'tick', dx: -2, dy: 4, textAnchor: 'end' }} />
          <AxisBottom scale={x} top={BARS.bottom} hideTicks axisLineClassName="axis" tickValues={tickIndexes(buckets, width - MARGIN.left)} tickFormat={(index) => labelAt(buckets, Number(index))} tickLabelProps={{ className: 'tick', dy: 4, textAnchor: 'middle' }} />
        </svg>
      </div>
      <p className="readout number" aria-hidden="true">
        {current ? <><b>{bucketTime(current)}</b> {bucketText(current)}</> : <span className="muted">Drag over the chart to zoom; everything below follows.</span>}
      </p>
    </>
  );
}

const toneTick = (value: number | { valueOf(): number }) => (Number(value) === 0 ? '0' : formatTone(Number(value)).replace(/0$/, ''));

function labelAt(buckets: readonly ChartBucket[], index: number): string {
  const bucket = buckets[index];
  return bucket ? tickLabel(bucket, isHourly(buckets)) : '';
}
