import type { SessionState, SignedOut } from '@barometer/http-api/contract';
import { address, api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { ErrorNote, Skeleton } from '../../components/notes';
import { useAction } from '../../components/use-action';
import { formatExact } from '../../format/times';
import { t } from '../../i18n/translate';
import { useConnection } from '../../state/use-connection';
import { useResource } from '../../state/use-resource';
import { howToWrite, whoText } from './account-words';
import { SessionList } from './session-list';

/** Who is signed in, and what they may do. */
export function AccountDialog({ onClose }: { onClose: () => void }) {
  const session = useResource<SessionState>(address('/session'));
  return (
    <Dialog title={t('access.title')} onClose={onClose}>
      {session.error && !session.data && <ErrorNote text={t('unread.access')} error={session.error} onRetry={session.retry} />}
      {!session.data && !session.error && <Skeleton lines={3} />}
      {session.data && <Account session={session.data} />}
    </Dialog>
  );
}

function Account({ session }: { session: SessionState }) {
  const role = session.role ?? 'read';
  return (
    <div className="account">
      <p>{whoText(session)}</p>
      <p>
        <b>{t(`access.role.${role}`)}.</b> {t(`access.may.${role}`)}
      </p>
      {role === 'read' && <p>{t('access.mayNot.read')}</p>}
      {role === 'read' && <p className="muted">{howToWrite(session.by)}</p>}
      {session.expiresAt && <p className="muted">{t('access.ends', { time: formatExact(Date.parse(session.expiresAt)) })}</p>}
      {role === 'admin' && <SessionList />}
      {session.by !== 'computer' && <SignOut />}
    </div>
  );
}

function SignOut() {
  const connection = useConnection();
  const signOut = useAction(async () => {
    const answer = await api.send<SignedOut | undefined>('DELETE', '/session');
    // The provider may still have its own session, which would sign the next person in as this one.
    if (answer) location.assign(answer.providerSignOut);
    else connection.refresh();
  });
  return (
    <div className="actions">
      <ActionButton onClick={() => void signOut.run()} disabled={signOut.busy}>
        {t(signOut.busy ? 'signOut.busy' : 'signOut.submit')}
      </ActionButton>
      {signOut.error && (
        <p className="field-error" role="alert">
          {signOut.error.message}
        </p>
      )}
    </div>
  );
}
