import type { Topic } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { useAction } from '../../components/use-action';

/** Removes a topic, after it was asked twice. */
export function RemoveTopic({ topic, onRemoved }: { topic: Topic; onRemoved: () => void }) {
  const [asked, setAsked] = useState(false);
  const remove = useAction(async () => {
    await api.send('DELETE', `/topics/${encodeURIComponent(topic.id)}`);
    onRemoved();
  });
  return (
    <span className="remove">
      {asked ? (
        <button type="button" className="danger" disabled={remove.busy} onClick={() => void remove.run()}>
          Really remove “{topic.name}”
        </button>
      ) : (
        <button type="button" className="quiet" onClick={() => setAsked(true)}>
          Remove …
        </button>
      )}
      {remove.error && <span className="field-error" role="alert">{remove.error.message}</span>}
    </span>
  );
}
