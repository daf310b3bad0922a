import type { Source, SourceChange } from '@barometer/http-api/contract';
import { useState, type FormEvent } from 'react';
import { api } from '../../api/client';
import { useAnnounce } from '../../components/announcer';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { useConnection } from '../../state/use-connection';
import { AdvancedSourceFields } from './advanced-source-fields';

/** Changes a source's name, and how its host is asked. */
export function EditSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const connection = useConnection();
  const announce = useAnnounce();
  const [name, setName] = useState(source.name);
  const [userAgent, setUserAgent] = useState(source.userAgent ?? '');
  const save = useAction(async () => {
    // Only what was changed: another User-Agent has the source polled at once.
    const change: SourceChange = { name: name.trim(), ...(userAgent.trim() !== (source.userAgent ?? '') && { userAgent: userAgent.trim() }) };
    await api.send('PATCH', `/sources/${encodeURIComponent(source.id)}`, change);
    announce(`${name.trim()} was changed`);
    connection.refresh();
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save.run();
  };
  return (
    <Dialog title="Edit the source" onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field">
          <span>Name</span>
          <input value={name} maxLength={200} required onChange={(event) => setName(event.target.value)} />
        </label>
        <AdvancedSourceFields userAgent={userAgent} onUserAgent={setUserAgent} />
        {save.error && <p className="field-error" role="alert">{save.error.message}</p>}
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="primary" disabled={!name.trim() || save.busy}>Save</button>
        </div>
      </form>
    </Dialog>
  );
}
