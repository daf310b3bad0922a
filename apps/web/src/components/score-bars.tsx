import type { Sentiment } from '@barometer/http-api/contract';
import { formatScore } from '../format/numbers';
import { rich, t } from '../i18n/translate';

const sides = ['negative', 'neutral', 'positive'] as const;

/** The three probabilities of a score, and which model gave them. */
export function ScoreBars({ sentiment }: { sentiment: Sentiment }) {
  const { scores, label, confidence, uncertain, model } = sentiment;
  return (
    <div className="score-bars">
      <dl>
        {sides.map((side) => (
          <div key={side} className={side === label ? 'is-label' : ''}>
            <dt>{t(`label.${side}`)}</dt>
            <dd>
              <span className="track" aria-hidden="true">
                <span className={`fill-${side}`} style={{ width: `${scores[side] * 100}%` }} />
              </span>
              <span className="number">{formatScore(scores[side])}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="muted">
        {rich(uncertain ? 'score.unsure' : 'score.confidence', { score: formatScore(confidence), model: model.id })}
        <span className="revision" title={t('score.revision', { revision: model.revision })}>
          {' '}
          {model.revision.slice(0, 10)}
        </span>
      </p>
    </div>
  );
}
