import { useState, type FormEvent } from 'react';
import { ActionButton } from '../../components/action-button';
import { fromLocalInput, HOUR, toLocalInput } from '../../format/times';
import { t } from '../../i18n/translate';

interface RangeFormProps {
  readonly from: number;
  readonly to: number;
  readonly onZoom: (from: number, to: number) => void;
}

const wholeHour = (time: number) => Math.floor(time / HOUR) * HOUR;

/** Selects the range to zoom to by two times, for readers who do not drag. Times become whole hours. */
export function RangeForm({ from, to, onZoom }: RangeFormProps) {
  const [start, setStart] = useState(toLocalInput(from));
  const [end, setEnd] = useState(toLocalInput(to));
  const [first, last] = [fromLocalInput(start), fromLocalInput(end)];
  const chosen = first !== undefined && last !== undefined && wholeHour(first) < wholeHour(last) ? ([wholeHour(first), wholeHour(last)] as const) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) onZoom(...chosen);
  };
  return (
    <form className="range-form" onSubmit={submit}>
      <label>
        <span>{t('common.from')}</span>
        <input type="datetime-local" step={3600} value={start} onChange={(event) => setStart(event.target.value)} />
      </label>
      <label>
        <span>{t('common.to')}</span>
        <input type="datetime-local" step={3600} value={end} onChange={(event) => setEnd(event.target.value)} />
      </label>
      <ActionButton type="submit" disabled={!chosen}>
        {t('timeline.zoom')}
      </ActionButton>
      {!chosen && (
        <p className="field-error" role="alert">
          {t('timeline.range.error')}
        </p>
      )}
    </form>
  );
}
