import type { Source } from '@barometer/http-api/contract';
import type { ReactNode } from 'react';
import { TimeAgo } from '../../components/time-ago';
import { formatBytes, formatCount, plural } from '../../format/numbers';

/** Figures of a source's polling; what is not known is left out. */
export function SourceFacts({ source: { health, intervalMinutes, userAgent, field, language } }: { source: Source }) {
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Last read', health.lastSuccessAt ? <TimeAgo at={health.lastSuccessAt} /> : 'never'],
    ['Next poll', <TimeAgo at={health.nextPollAt} />],
    ['At most every', plural(intervalMinutes, 'minute')],
    ['Polls', formatCount(health.polls)],
    ['Failures in a row', health.failures > 0 && formatCount(health.failures)],
    ['Articles', formatCount(health.articles)],
    ['Saved by “not modified”', health.bytesSaved > 0 && formatBytes(health.bytesSaved)],
    ['Field', field],
    ['Language', language],
    ['Asked as', userAgent],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => value && (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
