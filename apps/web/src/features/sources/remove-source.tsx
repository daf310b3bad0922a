import type { Source } from '@barometer/http-api/contract';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAnnounce } from '../../components/announcer';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { t } from '../../i18n/translate';
import { useConnection } from '../../state/use-connection';
import { useView } from '../../state/use-view';

export function RemoveSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const connection = useConnection();
  const announce = useAnnounce();
  const [view, change] = useView();
  const remove = useAction(async () => {
    await api.send('DELETE', `/sources/${encodeURIComponent(source.id)}`);
    if (view.source === source.id) change({ source: undefined });
    announce(t('source.removed', { name: source.name }));
    connection.refresh();
    onClose();
    // The button that opened this disappears with its row, so the list gets the focus.
    setTimeout(() => document.getElementById('sources')?.focus({ preventScroll: true }));
  });
  return (
    <Dialog title={t('source.removeTitle', { name: source.name })} onClose={onClose}>
      <p>{t('source.removeText', { count: source.health.articles })}</p>
      {remove.error && (
        <p className="field-error" role="alert">
          {remove.error.message}
        </p>
      )}
      <div className="dialog-actions">
        <button type="button" onClick={onClose} autoFocus>
          {t('source.keep')}
        </button>
        <ActionButton className="danger" disabled={remove.busy} onClick={() => void remove.run()}>
          {t('common.remove')}
        </ActionButton>
      </div>
    </Dialog>
  );
}
