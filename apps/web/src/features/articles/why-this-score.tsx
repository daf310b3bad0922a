import type { ArticleExplanation } from '@barometer/http-api/contract';
import { useId, useState } from 'react';
import { address, api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAction } from '../../components/use-action';
import { formatSize, formatTone } from '../../format/tone';
import { rich, t } from '../../i18n/translate';
import { notesOn, stretchesOf, type Stretch } from './marked-words';

/** The words that moved an article's score, on request: the model has to score the text once more for each word. */
export function WhyThisScore({ id }: { id: string }) {
  const region = useId();
  const [explanation, setExplanation] = useState<ArticleExplanation>();
  const explain = useAction(async () => setExplanation(await api.get<ArticleExplanation>(address(`/articles/${id}/explanation`))));
  const toggle = () => (explanation ? setExplanation(undefined) : void explain.run());
  return (
    <div className="why">
      <ActionButton className="small" aria-expanded={!!explanation} aria-controls={region} disabled={explain.busy} onClick={toggle}>
        {explain.busy ? t('why.looking') : explanation ? t('why.hide') : t('why.ask')}
      </ActionButton>
      <div id={region} aria-live="polite">
        {explain.error && <p className="field-error">{explain.error.message}</p>}
        {explanation && <Explained explanation={explanation} />}
      </div>
    </div>
  );
}

function Explained({ explanation }: { explanation: ArticleExplanation }) {
  const stretches = stretchesOf(explanation.text, explanation.words);
  return (
    <>
      <p className="explained" dir="auto">
        {stretches.map((stretch, index) => (
          <Marked key={index} {...stretch} />
        ))}
      </p>
      {stretches.some(({ pull }) => pull !== undefined) && (
        <p className="muted">
          {rich('why.legend', { down: <span className="pulled is-negative">▼</span>, up: <span className="pulled is-positive">▲</span> })}
        </p>
      )}
      {notesOn(explanation, formatTone).map((note) => (
        <p key={note} className="muted">
          {note}
        </p>
      ))}
    </>
  );
}

/** The sign and the size are written beside the word; the colour only repeats them. */
function Marked({ text, pull }: Stretch) {
  if (pull === undefined) return <>{text}</>;
  const size = formatSize(pull);
  return (
    <mark className={`pulled is-${pull < 0 ? 'negative' : 'positive'}`}>
      {text}
      <span className="sr-only"> {pull < 0 ? t('why.lowers', { size }) : t('why.lifts', { size })}</span>
      <sup aria-hidden="true" className="number">
        {pull < 0 ? '▼' : '▲'}
        {size}
      </sup>
    </mark>
  );
}
