import { BarStack } from '@visx/shape';
import { sides, type ChartBucket } from './chart-data';
import type { BucketScale, LinearScale } from './chart-scales';

type Row = ChartBucket & { readonly index: number };

/** How many articles of each label, stacked: negative below, positive on top. */
export function VolumeBars({ x, volume, buckets }: { x: BucketScale; volume: LinearScale; buckets: readonly ChartBucket[] }) {
  const rows: Row[] = buckets.map((bucket, index) => ({ ...bucket, index }));
  return (
    <BarStack<Row, (typeof sides)[number]> data={rows} keys={[...sides]} x={(row) => row.index} xScale={x} yScale={volume} color={(side) => side}>
      {(stacks) =>
        stacks.map((stack) =>
          stack.bars.map((bar) =>
            bar.height > 0 ? (
              <rect key={`${stack.key}-${bar.index}`} className={`svg-${stack.key}`} x={bar.x} y={bar.y} width={bar.width} height={bar.height} />
            ) : null,
          ),
        )
      }
    </BarStack>
  );
}
