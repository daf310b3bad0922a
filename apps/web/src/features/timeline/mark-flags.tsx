import type { MarkGroup } from './mark-groups';
import type { ChartBucket } from './chart-data';
import type { BucketScale } from './chart-scales';

interface MarkFlagsProps {
  readonly groups: readonly MarkGroup[];
  readonly x: BucketScale;
  readonly buckets: readonly ChartBucket[];
  /** The height of the flags; their lines go from `top` to `bottom`. */
  readonly y: number;
  readonly top: number;
  readonly bottom: number;
}

const RADIUS = 9;

/** The numbers of the marks above their times, each with a line; a mark with a duration has a bar below its number. */
export function MarkFlags({ groups, x, buckets, y, top, bottom }: MarkFlagsProps) {
  const middle = (index: number) => (x(index) ?? 0) + x.bandwidth() / 2;
  const lastIndex = buckets.length - 1;
  const endOf = (until: string | undefined) => {
    const found = until === undefined ? -1 : buckets.findIndex(({ to }) => Date.parse(until) < to);
    return found < 0 ? lastIndex : found;
  };
  const spans = groups.flatMap(({ index, marks }) => marks.filter(({ kind }) => kind === 'source-failing').map(({ until }) => [index, endOf(until)] as const));
  return (
    <g className="marks">
      {spans.map(([first, last], place) => (
        <line key={place} className="mark-span" x1={middle(first)} x2={Math.max(middle(first) + 4, middle(last))} y1={y + RADIUS + 4} y2={y + RADIUS + 4} />
      ))}
      {groups.map(({ number, index, marks }) => (
        <g key={number} className="mark-flag">
          <line x1={middle(index)} x2={middle(index)} y1={top} y2={bottom} />
          <circle cx={middle(index)} cy={y} r={RADIUS} />
          <text x={middle(index)} y={y + 4} textAnchor="middle">
            {number}
          </text>
          <title>{marks.map(({ text }) => text).join('\n')}</title>
        </g>
      ))}
    </g>
  );
}
