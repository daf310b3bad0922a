import { formatCount } from '../../format/numbers';
import { formatTone } from '../../format/tone';
import { bucketTime, isGap, type ChartBucket } from './chart-data';

/** The chart's figures as a table, for those who read rather than look. */
export function TimelineTable({ buckets }: { buckets: readonly ChartBucket[] }) {
  return (
    <table className="sr-only">
      <caption>Articles and mean tone over time</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Mean tone</th>
          <th scope="col">Usual range</th>
          <th scope="col">Negative</th>
          <th scope="col">Neutral</th>
          <th scope="col">Positive</th>
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket) => (
          <tr key={bucket.from}>
            <th scope="row">{bucketTime(bucket)}</th>
            {isGap(bucket) ? (
              <td colSpan={5}>not watched</td>
            ) : (
              <>
                <td>{bucket.tone === null ? 'none' : formatTone(bucket.tone)}</td>
                <td>{bucket.usual ? `${formatTone(bucket.usual.low)} to ${formatTone(bucket.usual.high)}` : 'not known'}</td>
                <td>{formatCount(bucket.negative)}</td>
                <td>{formatCount(bucket.neutral)}</td>
                <td>{formatCount(bucket.positive)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
