import type { Source, SourceChange } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { useAnnounce } from '../../components/announcer';
import { ExternalLink } from '../../components/external-link';
import { useAction } from '../../components/use-action';
import { useConnection, useMayWrite } from '../../state/use-connection';
import { useView } from '../../state/use-view';
import { EditSource } from './edit-source';
import { RemoveSource } from './remove-source';
import { SourceFacts } from './source-facts';

/** What is known of a source, and what can be done with it. */
export function SourceDetail({ id, source }: { id: string; source: Source }) {
  const [view, change] = useView();
  const mayWrite = useMayWrite();
  const chosen = view.source === source.id;
  return (
    <div id={id} className="source-detail">
      <p className="address"><ExternalLink href={source.url}>{source.url}</ExternalLink></p>
      <SourceFacts source={source} />
      <div className="actions">
        <button type="button" className="small" aria-pressed={chosen} onClick={() => change({ source: chosen ? undefined : source.id })}>{chosen ? 'Show all sources' : 'Show only this'}</button>
        {mayWrite && <Changes source={source} />}
      </div>
    </div>
  );
}

function Changes({ source }: { source: Source }) {
  const connection = useConnection();
  const announce = useAnnounce();
  const [dialog, setDialog] = useState<'edit' | 'remove'>();
  const path = `/sources/${encodeURIComponent(source.id)}`;
  const act = useAction(async (method: 'PATCH' | 'POST', suffix: string, body: SourceChange | undefined, said: string) => {
    await api.send(method, `${path}${suffix}`, body);
    announce(said);
    connection.refresh();
  });
  const pause = () => act.run('PATCH', '', { paused: !source.paused }, source.paused ? `${source.name} is polled again` : `${source.name} is paused`);
  return (
    <>
      <button type="button" className="small" disabled={act.busy || source.paused} onClick={() => void act.run('POST', '/poll', undefined, `${source.name} is read now`)}>Poll now</button>
      <button type="button" className="small" disabled={act.busy} onClick={() => void pause()}>{source.paused ? 'Resume' : 'Pause'}</button>
      <button type="button" className="small" onClick={() => setDialog('edit')}>Edit</button>
      <button type="button" className="small" onClick={() => setDialog('remove')}>Remove …</button>
      {act.error && <p className="field-error" role="alert">{act.error.message}</p>}
      {dialog === 'edit' && <EditSource source={source} onClose={() => setDialog(undefined)} />}
      {dialog === 'remove' && <RemoveSource source={source} onClose={() => setDialog(undefined)} />}
    </>
  );
}
