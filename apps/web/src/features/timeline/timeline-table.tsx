import { formatCount } from '../../format/numbers';
import { formatTone } from '../../format/tone';
import { t } from '../../i18n/translate';
import { bucketTime, isGap, type ChartBucket } from './chart-data';

/** The chart's figures as a table, for readers who cannot use the chart. */
export function TimelineTable({ buckets }: { buckets: readonly ChartBucket[] }) {
  return (
    <table className="sr-only">
      <caption>{t('timeline.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('timeline.table.time')}</th>
          <th scope="col">{t('timeline.table.tone')}</th>
          <th scope="col">{t('timeline.table.usual')}</th>
          <th scope="col">{t('timeline.table.negative')}</th>
          <th scope="col">{t('timeline.table.neutral')}</th>
          <th scope="col">{t('timeline.table.positive')}</th>
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket) => (
          <tr key={bucket.from}>
            <th scope="row">{bucket.imported ? t('timeline.table.imported', { time: bucketTime(bucket) }) : bucketTime(bucket)}</th>
            {isGap(bucket) ? (
              <td colSpan={5}>{t('common.notWatched')}</td>
            ) : (
              <>
                <td>{bucket.tone === null ? t('common.none') : formatTone(bucket.tone)}</td>
                <td>
                  {bucket.usual
                    ? t('timeline.table.range', { low: formatTone(bucket.usual.low), high: formatTone(bucket.usual.high) })
                    : t('timeline.table.unknown')}
                </td>
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
