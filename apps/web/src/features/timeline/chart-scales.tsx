import { AxisBottom, AxisLeft } from '@visx/axis';
import type { Mark } from '@barometer/http-api/contract';
import { scaleBand, scaleLinear } from '@visx/scale';
import { formatTone } from '../../format/tone';
import { groupMarks, type MarkGroup } from './mark-groups';
import { isHourly, tickIndexes, tickLabel, type ChartBucket } from './chart-data';

export const MARGIN = { left: 40, right: 8 };

/** Bands that stand for buckets by their index. */
export const bucketScale = (buckets: readonly ChartBucket[], width: number) =>
  scaleBand<number>({
    domain: buckets.map((_, index) => index),
    range: [MARGIN.left, width - MARGIN.right],
    paddingInner: buckets.length > 60 ? 0.15 : 0.25,
    paddingOuter: 0.1,
  });

/** The marks in groups that fit on a chart of this width. */
export const groupsAt = (marks: readonly Mark[], buckets: readonly ChartBucket[], width: number): MarkGroup[] =>
  width > 0 ? groupMarks(marks, buckets, bucketScale(buckets, width).step()) : [];

/** Tones from `-range` to `range` between two heights in pixels. */
export const toneScale = (range: number, { top, bottom }: { top: number; bottom: number }) =>
  scaleLinear<number>({ domain: [-range, range], range: [bottom, top] });

export type BucketScale = ReturnType<typeof bucketScale>;
export type LinearScale = ReturnType<typeof toneScale>;

/** The two ends of the tones and zero. */
export function ToneAxis({ tone }: { tone: LinearScale }) {
  return (
    <AxisLeft
      scale={tone}
      left={MARGIN.left}
      tickValues={[...tone.domain(), 0]}
      tickFormat={toneTick}
      hideAxisLine
      hideTicks
      tickClassName="tick"
      tickLabelProps={{ className: 'tick', dx: -2, dy: 4, textAnchor: 'end' }}
    />
  );
}

interface TimeAxisProps {
  readonly x: BucketScale;
  readonly top: number;
  readonly buckets: readonly ChartBucket[];
  readonly width: number;
}

export function TimeAxis({ x, top, buckets, width }: TimeAxisProps) {
  return (
    <AxisBottom
      scale={x}
      top={top}
      hideTicks
      axisLineClassName="axis"
      tickValues={tickIndexes(buckets, width - MARGIN.left)}
      tickFormat={(index) => labelAt(buckets, Number(index))}
      tickLabelProps={{ className: 'tick', dy: 4, textAnchor: 'middle' }}
    />
  );
}

const toneTick = (value: number | { valueOf(): number }) => (Number(value) === 0 ? '0' : formatTone(Number(value)).replace(/0$/, ''));

function labelAt(buckets: readonly ChartBucket[], index: number): string {
  const bucket = buckets[index];
  return bucket ? tickLabel(bucket, isHourly(buckets)) : '';
}
