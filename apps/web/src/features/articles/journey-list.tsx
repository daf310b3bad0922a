import type { Journey } from '@barometer/http-api/contract';
import { plural } from '../../format/numbers';
import { formatDayAndClock, formatExact } from '../../format/times';

/** What happened to an article, step by step. */
export function JourneyList({ journey }: { journey: Journey }) {
  const steps = [
    [journey.dated ? 'Published' : 'First seen (no date in the feed)', journey.publishedAt],
    ['Fetched', journey.fetchedAt],
    ['Stored', journey.storedAt],
    ['Handed to the model', journey.deliveredAt],
    ['Scored', journey.scoredAt],
  ] as const;
  return (
    <ol className="journey">
      {steps.map(([name, at]) => (
        <li key={name} className={at ? '' : 'muted'}>
          <span>{name}</span>
          {at ? <time className="number" dateTime={at} title={formatExact(Date.parse(at))}>{formatDayAndClock(Date.parse(at))}</time> : <span>not yet</span>}
        </li>
      ))}
      {journey.receives > 1 && <li><span>Tries</span><span className="number">{journey.receives}</span></li>}
      {journey.changes > 0 && <li><span>Changed by the feed later</span><span className="number">{plural(journey.changes, 'time')}</span></li>}
    </ol>
  );
}
