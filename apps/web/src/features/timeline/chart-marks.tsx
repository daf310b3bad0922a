import type { ChartBucket, Gap } from './chart-data';
import type { BucketScale } from './chart-scales';

interface ChartMarksProps {
  readonly id: string;
  readonly x: BucketScale;
  readonly buckets: readonly ChartBucket[];
  readonly gaps: readonly Gap[];
  readonly imported: readonly Gap[];
  readonly top: number;
  readonly bottom: number;
  readonly cursor: number | undefined;
  readonly selected: readonly [number, number] | undefined;
}

/** A strip at the foot of the bars, in pixels. */
const IMPORTED_HEIGHT = 3;

/** What is drawn behind and between the data: gaps, the cursor, the selection. */
export function ChartMarks({ id, x, buckets, gaps, imported, top, bottom, cursor, selected }: ChartMarksProps) {
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
      {imported.map(({ first, last }) => (
        <rect key={first} className="imported" {...band(first, last)} y={bottom - IMPORTED_HEIGHT} height={IMPORTED_HEIGHT} />
      ))}
      {cursor !== undefined && buckets[cursor] && <rect className="cursor" {...band(cursor, cursor)} />}
      {selected && <rect className="selection" {...band(selected[0], selected[1])} />}
    </g>
  );
}
