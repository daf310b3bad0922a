import { AreaClosed, LinePath } from '@visx/shape';
import { sideOf } from '../../format/tone';
import type { ChartBucket } from './chart-data';
import type { BucketScale, LinearScale } from './chart-scales';

interface ToneLineProps {
  readonly id: string;
  readonly x: BucketScale;
  readonly tone: LinearScale;
  readonly buckets: readonly ChartBucket[];
}

/** The mean tone over time, broken where nothing was scored; the area towards zero is filled in the colour of its side. */
export function ToneLine({ id, x, tone, buckets }: ToneLineProps) {
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = tone.range();
  const zero = tone(0);
  const middle = (index: number) => (x(index) ?? 0) + x.bandwidth() / 2;
  const points = buckets.map((bucket, index) => ({ index, value: bucket.tone }));
  const shape = {
    data: points,
    defined: ({ value }: (typeof points)[number]) => value !== null,
    x: ({ index }: (typeof points)[number]) => middle(index),
    y: ({ value }: (typeof points)[number]) => tone(value ?? 0),
  };
  return (
    <g>
      <clipPath id={`${id}-above`}>
        <rect x={left} y={top} width={Math.max(0, right - left)} height={zero - top} />
      </clipPath>
      <clipPath id={`${id}-below`}>
        <rect x={left} y={zero} width={Math.max(0, right - left)} height={bottom - zero} />
      </clipPath>
      <AreaClosed {...shape} yScale={tone} y0={zero} className="area-positive" clipPath={`url(#${id}-above)`} />
      <AreaClosed {...shape} yScale={tone} y0={zero} className="area-negative" clipPath={`url(#${id}-below)`} />
      <line className="zero" x1={left} x2={right} y1={zero} y2={zero} />
      <LinePath {...shape} className="tone-path" />
      {points.length <= 48 &&
        points.map(({ index, value }) =>
          value === null ? null : <circle key={index} className={`tone-dot svg-${sideOf(value)}`} cx={middle(index)} cy={tone(value)} r={3} />,
        )}
    </g>
  );
}
