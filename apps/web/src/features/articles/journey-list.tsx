import type { Article } from '@barometer/http-api/contract';
import { formatDayAndClock, formatExact } from '../../format/times';
import { t } from '../../i18n/translate';

/** What happened to an article, step by step; what will not happen to it is left out. */
export function JourneyList({ article }: { article: Article }) {
  const { journey } = article;
  const steps = stepsOf(article);
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

/** The steps with their times; a time is missing while the step is still to come. */
export function stepsOf({ state, judgement, journey }: Article) {
  const { dated, publishedAt, fetchedAt, storedAt, deliveredAt, scoredAt } = journey;
  const handed = [
    ['journey.handed', deliveredAt],
    ['journey.scored', scoredAt],
  ] as const;
  // One that was skipped is not handed to the model, also if a reader has judged it: then the time of its score is that of the judgement.
  const isForModel = state !== 'skipped' && !(judgement && deliveredAt === undefined);
  return [
    [dated ? 'journey.published' : 'journey.seen', publishedAt] as const,
    ['journey.fetched', fetchedAt] as const,
    ['journey.stored', storedAt] as const,
    ...(isForModel ? handed : []),
    ...(judgement ? [['journey.judged', judgement.at] as const] : []),
  ];
}
