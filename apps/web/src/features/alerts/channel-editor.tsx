import type { AlertChannel } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { useSaving } from '../../components/use-saving';
import { t } from '../../i18n/translate';
import { channelDraftOf, channelKinds, channelOf, type ChannelDraft, type ChannelKind } from './channel-draft';

/** Adds or changes a channel. A secret is only named here, never typed. */
export function ChannelEditor({ channel, onClose }: { channel: AlertChannel | undefined; onClose: () => void }) {
  const [draft, setDraft] = useState(() => channelDraftOf(channel));
  const set = (change: Partial<ChannelDraft>) => setDraft((before) => ({ ...before, ...change }));
  const { save, submit, done } = useSaving({
    send: () => api.send(channel ? 'PUT' : 'POST', channel ? `/alerts/channels/${encodeURIComponent(channel.id)}` : '/alerts/channels', channelOf(draft)),
    saved: () => t('channels.saved', { name: draft.name.trim() }),
    onClose,
  });
  return (
    <Dialog title={channel ? t('channels.editTitle') : t('channels.addTitle')} onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field">
          <span>{t('common.name')}</span>
          <input value={draft.name} maxLength={80} required onChange={(event) => set({ name: event.target.value })} />
        </label>
        <label className="field">
          <span>{t('channel.kind')}</span>
          <select value={draft.kind} onChange={(event) => set({ kind: event.target.value as ChannelKind })}>
            {channelKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`channel.kind.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <TargetFields draft={draft} set={set} />
        {save.error && (
          <p className="field-error" role="alert">
            {save.error.message}
          </p>
        )}
        <div className="dialog-actions">
          {channel && <RemoveChannel channel={channel} onRemoved={() => done(t('channels.removed', { name: channel.name }))} />}
          <button type="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <ActionButton type="submit" className="primary" disabled={!draft.name.trim() || save.busy}>
            {save.busy ? t('common.saving') : t('common.save')}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}

interface TargetProps {
  readonly draft: ChannelDraft;
  readonly set: (change: Partial<ChannelDraft>) => void;
}

const addresses: Partial<Record<ChannelKind, string>> = { ntfy: 'https://ntfy.sh/my-topic', webhook: 'https://' };

function TargetFields({ draft, set }: TargetProps) {
  const isNeeded = draft.kind === 'slack' || draft.kind === 'email';
  const variable = draft.secret.trim().toUpperCase() || 'NAME';
  return (
    <>
      {addresses[draft.kind] && (
        <label className="field">
          <span>{t('channel.address')}</span>
          <input type="url" required placeholder={addresses[draft.kind]} value={draft.url} onChange={(event) => set({ url: event.target.value })} />
        </label>
      )}
      {draft.kind === 'email' && (
        <>
          <label className="field">
            <span>{t('channel.from')}</span>
            <input type="email" required value={draft.from} onChange={(event) => set({ from: event.target.value })} />
          </label>
          <label className="field">
            <span>{t('channel.to')}</span>
            <input inputMode="email" required value={draft.to} onChange={(event) => set({ to: event.target.value })} />
          </label>
        </>
      )}
      {draft.kind === 'sns' && (
        <label className="field">
          <span>{t('channel.arn')}</span>
          <input required placeholder="arn:aws:sns:…" value={draft.topicArn} onChange={(event) => set({ topicArn: event.target.value })} />
        </label>
      )}
      {draft.kind !== 'sns' && (
        <label className="field">
          <span>{isNeeded ? t('channel.secret') : t('channel.secret.optional')}</span>
          <input
            required={isNeeded}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            value={draft.secret}
            onChange={(event) => set({ secret: event.target.value })}
          />
          <small className="muted">{t(`channel.secret.${draft.kind}`, { variable })}</small>
        </label>
      )}
    </>
  );
}

/** Removes a channel, after a confirmation; a channel that an alert uses stays, and the reader is told why. */
function RemoveChannel({ channel, onRemoved }: { channel: AlertChannel; onRemoved: () => void }) {
  const [asked, setAsked] = useState(false);
  const remove = useAction(async () => {
    await api.send('DELETE', `/alerts/channels/${encodeURIComponent(channel.id)}`);
    onRemoved();
  });
  return (
    <span className="remove">
      {asked ? (
        <ActionButton className="danger" disabled={remove.busy} onClick={() => void remove.run()}>
          {t('common.reallyRemoveName', { name: channel.name })}
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
