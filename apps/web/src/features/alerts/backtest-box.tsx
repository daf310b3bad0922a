import type { AlertBacktest, NewAlertRule } from '@barometer/http-api/contract';
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { Skeleton } from '../../components/notes';
import { formatExact } from '../../format/times';
import { t } from '../../i18n/translate';

const DEBOUNCE_MS = 250;
/** Wait before asking for the rest of the 30 days. */
const AGAIN_MS = 700;
const SHOWN = 8;
const DAY = 86_400_000;

/** When a rule would have fired, requested a moment after the last key press, and again while the back-test continues. */
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
    <section className="editor-preview" aria-label={t('alerts.backtest')} aria-live="polite">
      <h3>{found ? t('alerts.backtest.found', { days: t('count.days', { count: days ?? 1 }), count: found.episodes.length }) : t('alerts.backtest')}</h3>
      {error && <p className="field-error">{error.message}</p>}
      {!wanted && <p className="muted">{t('alerts.backtest.missing')}</p>}
      {wanted && !found && !error && <Skeleton lines={4} />}
      {found && !found.isComplete && <p className="muted">{t('alerts.backtest.looking')}</p>}
      {found?.judgedHours === 0 && <p className="muted">{t('alerts.backtest.nothing')}</p>}
      <ul>
        {found?.episodes.slice(0, SHOWN).map(({ openedAt, sentence }) => (
          <li key={`${openedAt} ${sentence}`} className="past-episode">
            <span className="muted">{formatExact(Date.parse(openedAt))}</span> <span lang="en">{sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
