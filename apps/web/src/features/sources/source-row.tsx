import type { Source } from '@barometer/http-api/contract';
import { useId, useState } from 'react';
import { TimeAgo } from '../../components/time-ago';
import { formatExact } from '../../format/times';
import { t } from '../../i18n/translate';
import { useNow } from '../../state/use-now';
import { SourceDetail } from './source-detail';
import { nextText, sourceWord } from './source-words';

/** A source in one row: its name, its state, when it was read or will be tried next. It opens in place. */
export function SourceRow({ source }: { source: Source }) {
  const [open, setOpen] = useState(false);
  const now = useNow();
  const detail = useId();
  const { state, health } = source;
  const troubled = state === 'failing' || state === 'gone';
  return (
    <li className={`source is-${state}`}>
      <button type="button" className="source-line" aria-expanded={open} aria-controls={open ? detail : undefined} onClick={() => setOpen(!open)}>
        <span className="status-dot" aria-hidden="true" />
        <span className="source-name">{source.name}</span>
        <span className="source-word">{sourceWord(source)}</span>
        <span className="source-time number" title={t('sources.nextExact', { time: formatExact(Date.parse(health.nextPollAt)) })}>
          {state === 'ok' && health.lastPolledAt ? <TimeAgo at={health.lastPolledAt} /> : nextText(source, now)}
        </span>
        {troubled && health.message && <span className="source-message">{health.message}</span>}
        {health.notices?.map((notice) => (
          <span key={notice} className="source-message">
            {notice}
          </span>
        ))}
      </button>
      {open && <SourceDetail id={detail} source={source} />}
    </li>
  );
}
