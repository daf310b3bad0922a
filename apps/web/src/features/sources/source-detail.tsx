import type { Source, SourceChange } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAnnounce } from '../../components/announcer';
import { ExternalLink } from '../../components/external-link';
import { lazyPart } from '../../components/lazy-part';
import { useAction } from '../../components/use-action';
import { t } from '../../i18n/translate';
import { useConnection, useMayWrite } from '../../state/use-connection';
import { useView } from '../../state/use-view';
import { SourceFacts } from './source-facts';

const RemoveSource = lazyPart(async () => (await import('../dialogs')).RemoveSource);
const EditSource = lazyPart(async () => (await import('../dialogs')).EditSource);

/** Everything about a source, and what can be done with it. */
export function SourceDetail({ id, source }: { id: string; source: Source }) {
  const [view, change] = useView();
  const mayWrite = useMayWrite();
  const chosen = view.source === source.id;
  return (
    <div id={id} className="source-detail">
      <p className="address">{source.kind === 'feed' ? <ExternalLink href={source.url}>{source.url}</ExternalLink> : source.url}</p>
      <SourceFacts source={source} />
      <div className="actions">
        <button type="button" className="small" aria-pressed={chosen} onClick={() => change({ source: chosen ? undefined : source.id })}>
          {chosen ? t('source.showAll') : t('source.showOnly')}
        </button>
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
  const isPolled = source.kind !== 'import';
  const pause = () => act.run('PATCH', '', { paused: !source.paused }, t(source.paused ? 'source.resumed' : 'source.paused', { name: source.name }));
  return (
    <>
      {isPolled && (
        <ActionButton
          className="small"
          disabled={act.busy || source.paused}
          onClick={() => void act.run('POST', '/poll', undefined, t('source.polledNow', { name: source.name }))}
        >
          {t('source.poll')}
        </ActionButton>
      )}
      {isPolled && (
        <ActionButton className="small" disabled={act.busy} onClick={() => void pause()}>
          {source.paused ? t('common.resume') : t('common.pause')}
        </ActionButton>
      )}
      {isPolled && (
        <button type="button" className="small" onClick={() => setDialog('edit')}>
          {t('common.edit')}
        </button>
      )}
      <button type="button" className="small" onClick={() => setDialog('remove')}>
        {t('common.removeAsk')}
      </button>
      {act.error && (
        <p className="field-error" role="alert">
          {act.error.message}
        </p>
      )}
      {dialog === 'edit' && <EditSource source={source} onClose={() => setDialog(undefined)} />}
      {dialog === 'remove' && <RemoveSource source={source} onClose={() => setDialog(undefined)} />}
    </>
  );
}
