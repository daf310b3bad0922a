import { useState } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAction } from '../../components/use-action';
import { t } from '../../i18n/translate';

/** Removes an alert or a digest, after a confirmation; what was already sent stays. */
export function RemoveAlert({ path, name, onRemoved }: { path: string; name: string; onRemoved: () => void }) {
  const [asked, setAsked] = useState(false);
  const remove = useAction(async () => {
    await api.send('DELETE', path);
    onRemoved();
  });
  return (
    <span className="remove">
      {asked ? (
        <ActionButton className="danger" disabled={remove.busy} onClick={() => void remove.run()}>
          {t('common.reallyRemoveName', { name })}
        </ActionButton>
      ) : (
        <ActionButton className="quiet" onClick={() => setAsked(true)}>
          {t('common.removeAsk')}
        </ActionButton>
      )}
      {remove.error && (
        <span className="field-error" role="alert">
          {remove.error.message}
        </span>
      )}
    </span>
  );
}
