import type { Source } from '@barometer/http-api/contract';
import { useState, type FormEvent } from 'react';
import { api } from '../../api/client';
import { useAnnounce } from '../../components/announcer';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { useConnection } from '../../state/use-connection';

export function RenameSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const connection = useConnection();
  const announce = useAnnounce();
  const [name, setName] = useState(source.name);
  const rename = useAction(async () => {
    await api.send('PATCH', `/sources/${encodeURIComponent(source.id)}`, { name: name.trim() });
    announce(`Renamed to ${name.trim()}`);
    connection.refresh();
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void rename.run();
  };
  return (
    <Dialog title="Rename the source" onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field">
          <span>Name</span>
          <input value={name} maxLength={200} required onChange={(event) => setName(event.target.value)} />
        </label>
        {rename.error && <p className="field-error" role="alert">{rename.error.message}</p>}
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="primary" disabled={!name.trim() || rename.busy}>Rename</button>
        </div>
      </form>
    </Dialog>
  );
}
