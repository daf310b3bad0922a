import type { Journey } from '@barometer/http-api/contract';
import { formatDayAndClock, formatExact } from '../../format/times';
import { t } from '../../i18n/translate';

/** What happened to an article, step by step. */
export function JourneyList({ journey }: { journey: Journey }) {
  const steps = [
    [journey.dated ? 'journey.published' : 'journey.seen', journey.publishedAt],
    ['journey.fetched', journey.fetchedAt],
    ['journey.stored', journey.storedAt],
    ['journey.handed', journey.deliveredAt],
    ['journey.scored', journey.scoredAt],
  ] as const;
  return (
    <ol className="journey">
      {steps.map(([name, at]) => (
        <li key={name} className={at ? '' : 'muted'}>
          <span>{t(name)}</span>
          {at ? (
            <time className="number" dateTime={at} title={formatExact(Date.parse(at))}>
              {formatDayAndClock(Date.parse(at))}
            </time>
          ) : (
            <span>{t('journey.notYet')}</span>
          )}
        </li>
      ))}
      {journey.receives > 1 && (
        <li>
          <span>{t('journey.tries')}</span>
          <span className="number">{journey.receives}</span>
        </li>
      )}
      {journey.changes > 0 && (
        <li>
          <span>{t('journey.changed')}</span>
          <span className="number">{t('count.times', { count: journey.changes })}</span>
        </li>
      )}
    </ol>
  );
}
