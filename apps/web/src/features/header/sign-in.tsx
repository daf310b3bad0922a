import type { SessionState } from '@barometer/http-api/contract';
import { useEffect, useState, type FormEvent } from 'react';
import { address, api } from '../../api/client';
import { ProblemError } from '../../api/errors';
import { ActionButton } from '../../components/action-button';
import { useAction } from '../../components/use-action';
import { rich, t } from '../../i18n/translate';
import { useConnection } from '../../state/use-connection';
import { signInFailureText } from '../account/account-words';
import { signInAddress, signInFailure, withoutFailure } from '../account/sign-in-address';

/** Signs a reader in: at the provider, if there is one, or with an access key. */
export function SignIn() {
  const provider = useProvider();
  const failure = useFailure();
  return (
    <div className="sign-in panel">
      <h2>{t(provider ? 'signIn.title.provider' : 'signIn.title')}</h2>
      {failure && (
        <p className="field-error" role="alert">
          {failure}
        </p>
      )}
      {provider && (
        <a className="button primary" href={signInAddress(location)}>
          {t('signIn.provider')}
        </a>
      )}
      <KeyForm first={!provider} />
    </div>
  );
}

/** Whether sign-in at a provider is offered; if unknown it is not, since a key always works. */
function useProvider(): boolean {
  const [provider, setProvider] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    api.get<SessionState>(address('/session'), abort.signal).then(
      (session) => setProvider(session.provider),
      () => undefined,
    );
    return () => abort.abort();
  }, []);
  return provider;
}

/** Shown once: neither a reload nor a shared link shows it again. */
function useFailure(): string | undefined {
  const [code] = useState(() => signInFailure(location.search));
  useEffect(() => {
    if (code !== undefined) history.replaceState(null, '', `${location.pathname}${withoutFailure(location.search)}`);
  }, [code]);
  return code === undefined ? undefined : signInFailureText(code);
}

/** Exchanges an access key for a session that only this browser holds. */
function KeyForm({ first }: { first: boolean }) {
  const connection = useConnection();
  const [key, setKey] = useState('');
  const signIn = useAction(async () => {
    await api.send('POST', '/session', { key: key.trim() });
    connection.refresh();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void signIn.run();
  };
  const refused = signIn.error instanceof ProblemError && signIn.error.status === 401;
  return (
    <form onSubmit={submit}>
      <p className="muted">
        {first ? '' : `${t('signIn.orKey')} `}
        {rich('signIn.help', {})}
      </p>
      <label className="field">
        <span>{t('signIn.key')}</span>
        <input type="password" autoComplete="current-password" value={key} onChange={(event) => setKey(event.target.value)} required autoFocus={first} />
      </label>
      {signIn.error && (
        <p className="field-error" role="alert">
          {refused ? t('signIn.refused') : signIn.error.message}
        </p>
      )}
      <ActionButton type="submit" className={first ? 'primary' : ''} disabled={signIn.busy || !key.trim()}>
        {signIn.busy ? t('signIn.checking') : t('signIn.submit')}
      </ActionButton>
    </form>
  );
}
