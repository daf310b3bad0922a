import { formatAgo, formatExact } from '../format/times';
import { useNow } from '../state/use-now';

/** How long ago, with the exact time on hover. */
export function TimeAgo({ at }: { at: string | number }) {
  const now = useNow();
  const time = typeof at === 'string' ? Date.parse(at) : at;
  return (
    <time className="number" dateTime={new Date(time).toISOString()} title={formatExact(time)}>
      {formatAgo(time, now)}
    </time>
  );
}
