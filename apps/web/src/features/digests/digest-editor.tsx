import type { AlertChannel, Digest } from '@barometer/http-api/contract';
import { useState } from 'react';
import { address, api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { TimeZoneField } from '../../components/time-zone-field';
import { useSaving } from '../../components/use-saving';
import { formatWeekday } from '../../format/times';
import { t } from '../../i18n/translate';
import { ChannelChoice } from '../alerts/channel-choice';
import { RemoveAlert } from '../alerts/remove-alert';
import { ScopeFields } from '../alerts/scope-fields';
import { digestDraftOf, digestOf, weekdays, type DigestDraft } from './digest-words';

interface EditorProps {
  readonly digest: Digest | undefined;
  readonly channels: readonly AlertChannel[];
  readonly onClose: () => void;
}

/** Adds or changes a digest, beside a preview of what it would say now. */
export function DigestEditor({ digest, channels, onClose }: EditorProps) {
  const [draft, setDraft] = useState(() => digestDraftOf(digest));
  const set = (change: Partial<DigestDraft>) => setDraft((before) => ({ ...before, ...change }));
  const wanted = digestOf(draft);
  const { save, submit, done } = useSaving({
    send: () => api.send(digest ? 'PUT' : 'POST', digest ? `/digests/${encodeURIComponent(digest.id)}` : '/digests', wanted),
    saved: () => t('digests.saved', { name: draft.name.trim() }),
    onClose,
  });
  return (
    <Dialog title={digest ? t('digests.editTitle') : t('digests.addTitle')} onClose={onClose} wide>
      <form onSubmit={submit} className="editor">
        <div className="editor-fields">
          <label className="field">
            <span>{t('common.name')}</span>
            <input value={draft.name} maxLength={80} required onChange={(event) => set({ name: event.target.value })} />
          </label>
          <ScheduleFields draft={draft} set={set} />
          <ScopeFields draft={draft} set={set} />
          <fieldset className="tell">
            <legend>{t('alerts.tell')}</legend>
            {channels.length === 0 && <p className="muted hint">{t('digests.needsChannel')}</p>}
            <ChannelChoice channels={channels} chosen={draft.channelIds} onChoose={(channelIds) => set({ channelIds })} />
            <label>
              <input type="checkbox" checked={draft.enabled} onChange={() => set({ enabled: !draft.enabled })} /> {t('common.on')}
            </label>
          </fieldset>
        </div>
        <PreviewFrame draft={draft} />
        {save.error && (
          <p className="field-error" role="alert">
            {save.error.message}
          </p>
        )}
        <div className="dialog-actions">
          {digest && (
            <RemoveAlert
              path={`/digests/${encodeURIComponent(digest.id)}`}
              name={digest.name}
              onRemoved={() => done(t('digests.removed', { name: digest.name }))}
            />
          )}
          <button type="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <ActionButton type="submit" className="primary" disabled={!wanted || save.busy}>
            {save.busy ? t('common.saving') : t('common.save')}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  readonly draft: DigestDraft;
  readonly set: (change: Partial<DigestDraft>) => void;
}

function ScheduleFields({ draft, set }: FieldsProps) {
  return (
    <>
      <label className="field">
        <span>{t('digests.every')}</span>
        <select value={draft.every} onChange={(event) => set({ every: event.target.value as DigestDraft['every'] })}>
          <option value="day">{t('digests.every.day')}</option>
          <option value="week">{t('digests.every.week')}</option>
        </select>
      </label>
      {draft.every === 'week' && (
        <label className="field">
          <span>{t('digests.weekday')}</span>
          <select value={draft.weekday} onChange={(event) => set({ weekday: event.target.value as DigestDraft['weekday'] })}>
            {weekdays.map((day, place) => (
              <option key={day} value={day}>
                {formatWeekday(place)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="field">
        <span>{t('digests.at')}</span>
        <input type="time" value={draft.time} required onChange={(event) => set({ time: event.target.value.slice(0, 5) })} />
      </label>
      <TimeZoneField value={draft.timeZone} onChange={(timeZone) => set({ timeZone })} />
    </>
  );
}

/** The HTML that would be mailed now, in a frame that can do nothing but open links. */
function PreviewFrame({ draft: { every, timeZone, topicId, sourceId, group } }: Pick<FieldsProps, 'draft'>) {
  const isZone = Intl.supportedValuesOf('timeZone').includes(timeZone) || timeZone === 'UTC';
  const shown = address('/digests/preview.html', { every, topic: topicId, source: sourceId, group, timeZone: isZone ? timeZone : undefined });
  return (
    <section className="editor-preview digest-preview" aria-label={t('digests.preview')}>
      <h3>{t('digests.preview')}</h3>
      {/* A new frame for each address: navigating the same frame would add an entry to the browser's history. */}
      <iframe key={shown} title={t('digests.frame')} sandbox="allow-popups allow-popups-to-escape-sandbox" src={shown} />
    </section>
  );
}
