import type { Counts } from '@barometer/http-api/contract';
import { formatShare, wholePercentages } from '../format/numbers';
import { t } from '../i18n/translate';

const sides = ['negative', 'neutral', 'positive'] as const;

/** The three labels as parts of one bar, with their percentages in words below. */
export function ShareBar({ counts, legend = true }: { counts: Counts; legend?: boolean }) {
  const total = counts.negative + counts.neutral + counts.positive;
  const parts = wholePercentages(sides.map((side) => (total ? counts[side] / total : 0)));
  const spoken = sides.map((side, index) => t('label.share', { share: formatShare((parts[index] ?? 0) / 100), label: t(`label.${side}`) })).join(', ');
  if (total === 0) return <div className="share-bar empty" />;
  return (
    <div className="share">
      <div className="share-bar" role="img" aria-label={spoken}>
        {sides
          .filter((side) => counts[side] > 0)
          .map((side) => (
            <span
              key={side}
              className={`fill-${side}`}
              style={{ flexGrow: counts[side] }}
              title={t('label.articles', { count: counts[side], label: t(`label.${side}`) })}
            />
          ))}
      </div>
      {legend && (
        <ul className="share-legend" aria-label={t('tone.shares')}>
          {sides.map((side, index) => (
            <li key={side} title={t('count.articles', { count: counts[side] })}>
              <span className={`swatch fill-${side}`} aria-hidden="true" />
              <b className="number">{formatShare((parts[index] ?? 0) / 100)}</b> {t(`label.${side}`)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
