import type { Source } from '@barometer/http-api/contract';
import { api } from '../../api/client';
import { useAnnounce } from '../../components/announcer';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { plural } from '../../format/numbers';
import { useConnection } from '../../state/use-connection';
import { useView } from '../../state/use-view';

export function RemoveSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const connection = useConnection();
  const announce = useAnnounce();
  const [view, change] = useView();
  const remove = useAction(async () => {
    await api.send('DELETE', `/sources/${encodeURIComponent(source.id)}`);
    if (view.source === source.id) change({ source: undefined });
    announce(`${source.name} was removed`);
    connection.refresh();
    onClose();
    // The button that opened this goes with its row; the focus stays with the list.
    setTimeout(() => document.getElementById('sources')?.focus({ preventScroll: true }));
  });
  return (
    <Dialog title={`Remove ${source.name}?`} onClose={onClose}>
      <p>It is not polled any more. Its {plural(source.health.articles, 'article')} and all figures stay.</p>
      {remove.error && <p className="field-error" role="alert">{remove.error.message}</p>}
      <div className="dialog-actions">
        <button type="button" onClick={onClose} autoFocus>Keep it</button>
        <button type="button" className="danger" disabled={remove.busy} onClick={() => void remove.run()}>Remove</button>
      </div>
    </Dialog>
  );
}
