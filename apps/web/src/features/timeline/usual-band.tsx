import { bandsOf, type BandPoint, type ChartBucket } from './chart-data';
import type { BucketScale, LinearScale } from './chart-scales';

/** The usual range of the tone, with edges that are visible without colour; broken where there is none. */
export function UsualBand({ x, tone, buckets }: { x: BucketScale; tone: LinearScale; buckets: readonly ChartBucket[] }) {
  const edge = (x.step() - x.bandwidth()) / 2;
  const left = ({ index }: BandPoint) => (x(index) ?? 0) - edge;
  // Steps, not slopes: each bucket has its own range.
  const path = (run: readonly BandPoint[], of: (point: BandPoint) => number) =>
    run.flatMap((point) => [`${left(point)},${tone(of(point))}`, `${left(point) + x.step()},${tone(of(point))}`]);
  return (
    <g>
      {bandsOf(buckets).map((run) => {
        const [high, low] = [path(run, (point) => point.high), path(run, (point) => point.low)];
        return (
          <g key={run[0]?.index}>
            <polygon className="usual-range" points={[...high, ...low.toReversed()].join(' ')} />
            <polyline className="usual-edge" points={high.join(' ')} />
            <polyline className="usual-edge" points={low.join(' ')} />
          </g>
        );
      })}
    </g>
  );
}
