import type { AlertChannel, Digest, DigestTest } from '@barometer/http-api/contract';
import { useState } from 'react';
import { address, api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { lazyPart } from '../../components/lazy-part';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { useAction } from '../../components/use-action';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useMayWrite } from '../../state/use-connection';
import { useResource } from '../../state/use-resource';
import { ReadingOnly } from '../account/reading-only';
import { scopeLabel } from '../alerts/scope-fields';
import { scheduleText, stateText } from './digest-words';

const DigestEditor = lazyPart(async () => (await import('../dialogs')).DigestEditor);

/** Digests: summaries of the day or the week, sent automatically. */
export function DigestsPanel() {
  const mayWrite = useMayWrite();
  const [edited, setEdited] = useState<Digest | 'new'>();
  const digests = useResource<{ items: Digest[] }>(address('/digests'));
  const channels = useResource<{ items: AlertChannel[] }>(address('/alerts/channels'));
  const add = mayWrite && (
    <button type="button" className="small" onClick={() => setEdited('new')}>
      {t('digests.add')}
    </button>
  );
  return (
    <Panel name="digests" title={t('digests.title')} aside={add || <ReadingOnly panel="digests" />}>
      {digests.error && !digests.data && <ErrorNote text={t('unread.digests')} error={digests.error} onRetry={digests.retry} />}
      {!digests.data && !digests.error && <Skeleton lines={2} className="skeleton-rows" />}
      {digests.data?.items.length === 0 && <EmptyNote actions={add}>{t('digests.none')}</EmptyNote>}
      {digests.data && digests.data.items.length > 0 && (
        <ul className="alert-rules">
          {digests.data.items.map((digest) => (
            <DigestRow key={digest.id} digest={digest} channels={channels.data?.items ?? []} onEdit={mayWrite ? () => setEdited(digest) : undefined} />
          ))}
        </ul>
      )}
      {edited && <DigestEditor digest={edited === 'new' ? undefined : edited} channels={channels.data?.items ?? []} onClose={() => setEdited(undefined)} />}
    </Panel>
  );
}

interface RowProps {
  readonly digest: Digest;
  readonly channels: readonly AlertChannel[];
  readonly onEdit: (() => void) | undefined;
}

function DigestRow({ digest, channels, onEdit }: RowProps) {
  const about = scopeLabel(digest.scope, useCatalog());
  const [answer, setAnswer] = useState<DigestTest>();
  const nameOf = (id: string) => channels.find((channel) => channel.id === id)?.name ?? id;
  const test = useAction(async () => {
    setAnswer(undefined);
    setAnswer(await api.send<DigestTest>('POST', `/digests/${encodeURIComponent(digest.id)}/test`));
  });
  return (
    <li>
      <div className="alert-rule">
        <b>{digest.name}</b>
        <span className="muted">{scheduleText(digest, about, digest.channelIds.map(nameOf).join(', '))}</span>
        <span className="muted">{stateText(digest)}</span>
        <span role="status">{answer && answerText(answer, nameOf)}</span>
        {test.error && (
          <span className="field-error" role="alert">
            {test.error.message}
          </span>
        )}
      </div>
      {onEdit && (
        <span className="panel-tools">
          <ActionButton className="small" disabled={test.busy} onClick={() => void test.run()} aria-label={t('digests.test', { name: digest.name })}>
            {test.busy ? t('common.sending') : t('common.sendTest')}
          </ActionButton>
          <ActionButton className="small" onClick={onEdit} aria-label={t('digests.edit', { name: digest.name })}>
            {t('common.edit')}
          </ActionButton>
        </span>
      )}
    </li>
  );
}

const answerText = ({ items, silence }: DigestTest, nameOf: (id: string) => string): string =>
  silence ? t('digests.nothingSent', { silence }) : items.map((item) => outcomeText(item, nameOf(item.channelId))).join(' ');

function outcomeText({ sent, reason }: DigestTest['items'][number], channel: string): string {
  if (sent) return t('digests.arrived', { channel });
  return reason ? t('digests.answer', { channel, reason }) : t('digests.notArrived', { channel });
}
