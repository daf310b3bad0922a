import type { Sentiment } from '@barometer/http-api/contract';
import { formatScore } from '../format/numbers';

const sides = ['negative', 'neutral', 'positive'] as const;

/** The three probabilities of a score, and which model gave them. */
export function ScoreBars({ sentiment }: { sentiment: Sentiment }) {
  const { scores, label, confidence, uncertain, model } = sentiment;
  return (
    <div className="score-bars">
      <dl>
        {sides.map((side) => (
          <div key={side} className={side === label ? 'is-label' : ''}>
            <dt>{side}</dt>
            <dd>
              <span className="track" aria-hidden="true"><span className={`fill-${side}`} style={{ width: `${scores[side] * 100}%` }} /></span>
              <span className="number">{formatScore(scores[side])}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="muted">
        {uncertain ? 'The model is unsure' : 'Confidence'} <span className="number">({formatScore(confidence)})</span> · model {model.id}
        <span className="revision" title={`Revision ${model.revision}`}> {model.revision.slice(0, 10)}</span>
      </p>
    </div>
  );
}
