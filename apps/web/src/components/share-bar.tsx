import type { Counts } from '@barometer/http-api/contract';
import { formatCount, plural, wholePercentages } from '../format/numbers';

const sides = ['negative', 'neutral', 'positive'] as const;

/** The three labels as parts of one bar, with their percentages in words below. */
export function ShareBar({ counts, legend = true }: { counts: Counts; legend?: boolean }) {
  const total = counts.negative + counts.neutral + counts.positive;
  const parts = wholePercentages(sides.map((side) => (total ? counts[side] / total : 0)));
  const spoken = sides.map((side, index) => `${parts[index]}% ${side}`).join(', ');
  if (total === 0) return <div className="share-bar empty" />;
  return (
    <div className="share">
      <div className="share-bar" role="img" aria-label={spoken}>
        {sides.filter((side) => counts[side] > 0).map((side) => (
          <span key={side} className={`fill-${side}`} style={{ flexGrow: counts[side] }} title={`${plural(counts[side], 'article')} ${side}`} />
        ))}
      </div>
      {legend && (
        <ul className="share-legend" aria-label="Shares">
          {sides.map((side, index) => (
            <li key={side} title={`${formatCount(counts[side])} articles`}>
              <span className={`swatch fill-${side}`} aria-hidden="true" />
              <b className="number">{parts[index]}%</b> {side}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
