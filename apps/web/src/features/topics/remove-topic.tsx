import type { Topic } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAction } from '../../components/use-action';
import { t } from '../../i18n/translate';

/** Removes a topic, after a confirmation. */
export function RemoveTopic({ topic, onRemoved }: { topic: Topic; onRemoved: () => void }) {
  const [asked, setAsked] = useState(false);
  const remove = useAction(async () => {
    await api.send('DELETE', `/topics/${encodeURIComponent(topic.id)}`);
    onRemoved();
  });
  return (
    <span className="remove">
      {asked ? (
        <ActionButton className="danger" disabled={remove.busy} onClick={() => void remove.run()}>
          {t('common.reallyRemoveName', { name: topic.name })}
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
