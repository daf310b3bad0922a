import type { ModelChange } from '@barometer/http-api/contract';
import type { ChartBucket, Gap } from './chart-data';
import type { BucketScale } from './chart-scales';

interface ChartMarksProps {
  readonly id: string;
  readonly x: BucketScale;
  readonly buckets: readonly ChartBucket[];
  readonly gaps: readonly Gap[];
  readonly modelChanges: readonly ModelChange[];
  readonly top: number;
  readonly bottom: number;
  readonly cursor: number | undefined;
  readonly selected: readonly [number, number] | undefined;
}

/** What lies behind and between the data: gaps, the cursor, the selection, changes of the model. */
export function ChartMarks({ id, x, buckets, gaps, modelChanges, top, bottom, cursor, selected }: ChartMarksProps) {
  const edge = (x.step() - x.bandwidth()) / 2;
  const band = (first: number, last: number) => ({
    x: (x(first) ?? 0) - edge,
    width: (last - first + 1) * x.step(),
    y: top,
    height: bottom - top,
  });
  return (
    <g>
      <pattern id={`${id}-gap`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line className="hatch" x1="0" y1="0" x2="0" y2="6" />
      </pattern>
      {gaps.map(({ first, last }) => (
        <rect key={first} className="gap" fill={`url(#${id}-gap)`} {...band(first, last)} />
      ))}
      {cursor !== undefined && buckets[cursor] && <rect className="cursor" {...band(cursor, cursor)} />}
      {selected && <rect className="selection" {...band(selected[0], selected[1])} />}
      {modelChanges.map((change) => {
        const at = Date.parse(change.at);
        const index = buckets.findIndex((bucket) => at >= bucket.from && at < bucket.to);
        if (index < 0) return null;
        const left = band(index, index).x;
        const flipped = left > (x.range()[1] ?? 0) - 90;
        return (
          <g key={change.at} className="model-change">
            <line x1={left} x2={left} y1={top} y2={bottom} />
            <text className="tick" x={left + (flipped ? -5 : 5)} y={top + 8} textAnchor={flipped ? 'end' : 'start'}>
              new model
            </text>
            <title>{`From here on ${change.model.id} (${change.model.revision}) scores`}</title>
          </g>
        );
      })}
    </g>
  );
}
