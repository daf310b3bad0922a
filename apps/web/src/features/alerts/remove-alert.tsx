import type { AlertRule } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { useAction } from '../../components/use-action';

/** Removes an alert, after it was asked twice; what rang stays. */
export function RemoveAlert({ rule, onRemoved }: { rule: AlertRule; onRemoved: () => void }) {
  const [asked, setAsked] = useState(false);
  const remove = useAction(async () => {
    await api.send('DELETE', `/alerts/rules/${encodeURIComponent(rule.id)}`);
    onRemoved();
  });
  return (
    <span className="remove">
      {asked
        ? <button type="button" className="danger" disabled={remove.busy} onClick={() => void remove.run()}>Really remove “{rule.name}”</button>
        : <button type="button" className="quiet" onClick={() => setAsked(true)}>Remove …</button>}
      {remove.error && <span className="field-error" role="alert">{remove.error.message}</span>}
    </span>
  );
}
