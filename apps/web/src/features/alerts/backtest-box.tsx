import type { AlertBacktest, NewAlertRule } from '@barometer/http-api/contract';
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { Skeleton } from '../../components/notes';
import { plural } from '../../format/numbers';
import { formatExact } from '../../format/times';

const DEBOUNCE_MS = 250;
/** Until the rest of the 30 days is looked at. */
const AGAIN_MS = 700;
const SHOWN = 8;
const DAY = 86_400_000;

/** When a rule would have rung, asked for a moment after the last key, and again while more is being looked at. */
export function BacktestBox({ rule }: { rule: NewAlertRule | undefined }) {
  const [found, setFound] = useState<AlertBacktest>();
  const [error, setError] = useState<Error>();
  const wanted = rule && JSON.stringify({ ...rule, name: 'Backtest', channelIds: [], enabled: true });
  useEffect(() => {
    if (!wanted) return setFound(undefined);
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      try {
        const backtest = await api.send<AlertBacktest>('POST', '/alerts/backtest', JSON.parse(wanted) as NewAlertRule, abort.signal);
        setFound(backtest);
        setError(undefined);
        if (!backtest.isComplete && !abort.signal.aborted) timer = setTimeout(() => void ask(), AGAIN_MS);
      } catch (cause) {
        if (!abort.signal.aborted) setError(cause as Error);
      }
    };
    timer = setTimeout(() => void ask(), DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted]);

  const days = found && Math.max(1, Math.round((Date.parse(found.to) - Date.parse(found.from)) / DAY));
  return (
    <section className="editor-preview" aria-label="When it would have rung" aria-live="polite">
      <h3>{found ? `In the last ${plural(days ?? 1, 'day')} this would have rung ${plural(found.episodes.length, 'time')}` : 'When it would have rung'}</h3>
      {error && <p className="field-error">{error.message}</p>}
      {!wanted && <p className="muted">Fill in what it waits for.</p>}
      {wanted && !found && !error && <Skeleton lines={4} />}
      {found && !found.isComplete && <p className="muted">Looking further back …</p>}
      {found?.judgedHours === 0 && <p className="muted">Of none of these hours anything can be said: nobody listened, or too few articles were scored.</p>}
      <ul>
        {found?.episodes.slice(0, SHOWN).map(({ openedAt, sentence }) => (
          <li key={`${openedAt} ${sentence}`} className="past-episode">
            <span className="muted">{formatExact(Date.parse(openedAt))}</span> <span>{sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
