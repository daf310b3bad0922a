import type { SessionEntry, Sessions } from '@barometer/http-api/contract';
import { useState } from 'react';
import { address, api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { ErrorNote, Skeleton } from '../../components/notes';
import { TimeAgo } from '../../components/time-ago';
import { useAction } from '../../components/use-action';
import { rich, t } from '../../i18n/translate';
import { useConnection } from '../../state/use-connection';
import { useResource } from '../../state/use-resource';

/** For administrators: who is signed in, with buttons to end their sessions. */
export function SessionList() {
  const sessions = useResource<Sessions>(address('/sessions'));
  const items = sessions.data?.items;
  return (
    <section className="session-list" aria-label={t('sessions.title')}>
      <h3>{t('sessions.title')}</h3>
      {sessions.error && !items && <ErrorNote text={t('unread.sessions')} error={sessions.error} onRetry={sessions.retry} />}
      {!items && !sessions.error && <Skeleton lines={3} />}
      <ul>
        {items?.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {items && <EndAll />}
    </section>
  );
}

function SessionRow({ session: { id, name, email, role, current, seenAt } }: { session: SessionEntry }) {
  const connection = useConnection();
  const end = useAction(async () => {
    await api.send('DELETE', `/sessions/${id}`);
    connection.refresh();
  });
  return (
    <li>
      <span className="who">
        <b>{name}</b> {email !== undefined && email !== name && <span className="muted">{email}</span>}
        <span className="muted">
          {' '}
          {rich(current ? 'sessions.seen.you' : 'sessions.seen', { role: t(`access.role.${role}`), ago: <TimeAgo at={seenAt} /> })}
        </span>
      </span>
      {!current && (
        <ActionButton className="small" disabled={end.busy} onClick={() => void end.run()} aria-label={t('sessions.endOf', { name })}>
          {t(end.busy ? 'sessions.ending' : 'sessions.end')}
        </ActionButton>
      )}
      {end.error && (
        <p className="field-error" role="alert">
          {end.error.message}
        </p>
      )}
    </li>
  );
}

/** Asks for confirmation before everyone has to sign in again, including the reader who presses it. */
function EndAll() {
  const connection = useConnection();
  const [asked, setAsked] = useState(false);
  const end = useAction(async () => {
    await api.send('DELETE', '/sessions');
    connection.refresh();
  });
  return (
    <div className="actions" role="group" aria-label={t('sessions.endAll')}>
      {asked && <span>{t('sessions.endAll.ask')}</span>}
      <ActionButton className={asked ? 'small danger' : 'small'} disabled={end.busy} onClick={() => (asked ? void end.run() : setAsked(true))}>
        {t(end.busy ? 'sessions.ending' : asked ? 'sessions.endAll.yes' : 'sessions.endAll')}
      </ActionButton>
      {asked && (
        <ActionButton className="small" onClick={() => setAsked(false)}>
          {t('sessions.endAll.no')}
        </ActionButton>
      )}
      {end.error && (
        <p className="field-error" role="alert">
          {end.error.message}
        </p>
      )}
    </div>
  );
}
