import { useState, type FormEvent } from 'react';
import { api } from '../../api/client';
import { ProblemError } from '../../api/errors';
import { useAction } from '../../components/use-action';
import { useConnection } from '../../state/use-connection';

/** Exchanges an access key for a session that only this browser holds. */
export function SignIn() {
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
    <form className="sign-in panel" onSubmit={submit}>
      <h2>This Barometer asks for a key</h2>
      <p className="muted">
        Whoever runs it can make one with <code>barometer keys add</code>. It is kept as a cookie of this browser, out of reach of scripts.
      </p>
      <label className="field">
        <span>Access key</span>
        <input type="password" autoComplete="current-password" value={key} onChange={(event) => setKey(event.target.value)} required autoFocus />
      </label>
      {signIn.error && (
        <p className="field-error" role="alert">
          {refused ? 'This key is not known here, or was revoked.' : signIn.error.message}
        </p>
      )}
      <button type="submit" className="primary" disabled={signIn.busy || !key.trim()}>
        {signIn.busy ? 'Checking …' : 'Sign in'}
      </button>
    </form>
  );
}
