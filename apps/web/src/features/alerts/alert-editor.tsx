import type { AlertChannel, AlertRule } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { useSaving } from '../../components/use-saving';
import { rich, t } from '../../i18n/translate';
import { AdvancedFields } from './advanced-fields';
import { BacktestBox } from './backtest-box';
import { ChannelChoice } from './channel-choice';
import { RemoveAlert } from './remove-alert';
import { draftOf, isPlain, kinds, ruleOf, settingsOf, thresholds, type Draft, type Kind } from './rule-words';
import { ScopeFields } from './scope-fields';

interface EditorProps {
  readonly rule: AlertRule | undefined;
  readonly channels: readonly AlertChannel[];
  readonly onClose: () => void;
}

/** Adds or changes an alert; while it is typed, the back-test shows when it would have fired. */
export function AlertEditor({ rule, channels, onClose }: EditorProps) {
  const [draft, setDraft] = useState(() => draftOf(rule));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const [open] = useState(() => !isPlain(draft));
  const wanted = ruleOf(draft);
  const { save, submit, done } = useSaving({
    send: () => api.send(rule ? 'PUT' : 'POST', rule ? `/alerts/rules/${encodeURIComponent(rule.id)}` : '/alerts/rules', wanted),
    saved: () => t('alerts.saved', { name: draft.name.trim() }),
    onClose,
  });
  return (
    <Dialog title={rule ? t('alerts.editTitle') : t('alerts.addTitle')} onClose={onClose} wide>
      <form onSubmit={submit} className="editor">
        <div className="editor-fields">
          <label className="field">
            <span>{t('common.name')}</span>
            <input value={draft.name} maxLength={80} required onChange={(event) => set({ name: event.target.value })} />
          </label>
          <ConditionFields draft={draft} set={set} />
          <ScopeFields draft={draft} set={set} />
          <TellFields draft={draft} set={set} channels={channels} />
          <AdvancedFields draft={draft} set={set} open={open} />
        </div>
        <BacktestBox rule={wanted} />
        {save.error && (
          <p className="field-error" role="alert">
            {save.error.message}
          </p>
        )}
        <div className="dialog-actions">
          {rule && (
            <RemoveAlert
              path={`/alerts/rules/${encodeURIComponent(rule.id)}`}
              name={rule.name}
              onRemoved={() => done(t('alerts.removed', { name: rule.name }))}
            />
          )}
          <button type="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <ActionButton type="submit" className="primary" disabled={!wanted || !draft.name.trim() || save.busy}>
            {save.busy ? t('common.saving') : t('common.save')}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
}

/** A new condition sets its own defaults; hold, cool-down and the end stay as they were. */
function measuredBy(kind: Kind): Partial<Draft> {
  const { windowHours, leastArticles, hysteresis } = settingsOf(kind);
  return { windowHours, leastArticles, hysteresis };
}

function ConditionFields({ draft, set }: FieldsProps) {
  return (
    <>
      <label className="field">
        <span>{t('alerts.when')}</span>
        <select
          value={draft.kind}
          onChange={(event) => {
            const kind = event.target.value as Kind;
            set({ kind, threshold: thresholds[kind], ...measuredBy(kind) });
          }}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`alerts.kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      {draft.kind === 'unusual' && (
        <label className="field">
          <span>{t('alerts.direction')}</span>
          <select value={draft.direction} onChange={(event) => set({ direction: event.target.value as Draft['direction'] })}>
            <option value="darker">{t('alerts.direction.darker')}</option>
            <option value="calmer">{t('alerts.direction.calmer')}</option>
            <option value="either">{t('alerts.direction.either')}</option>
          </select>
        </label>
      )}
      {draft.kind === 'tone' && (
        <label className="field">
          <span>{t('alerts.side')}</span>
          <select value={draft.side} onChange={(event) => set({ side: event.target.value as Draft['side'] })}>
            <option value="under">{t('alerts.side.under')}</option>
            <option value="over">{t('alerts.side.over')}</option>
          </select>
        </label>
      )}
      {draft.kind === 'phrase' && (
        <label className="field">
          <span>{t('alerts.phrase')}</span>
          <input value={draft.phrase} maxLength={100} onChange={(event) => set({ phrase: event.target.value })} />
        </label>
      )}
      {draft.kind !== 'phrase' && draft.kind !== 'silence' && (
        <label className="field">
          <span>{t(`alerts.threshold.${draft.kind}`)}</span>
          <input inputMode="decimal" value={draft.threshold} onChange={(event) => set({ threshold: event.target.value.replace('−', '-') })} />
        </label>
      )}
      <label className="field">
        <span>{t('alerts.window')}</span>
        <input type="number" min={1} max={48} value={draft.windowHours} onChange={(event) => set({ windowHours: event.target.value })} />
      </label>
    </>
  );
}

function TellFields({ draft, set, channels }: FieldsProps & Pick<EditorProps, 'channels'>) {
  return (
    <fieldset className="tell">
      <legend>{t('alerts.tell')}</legend>
      {channels.length === 0 && <p className="muted hint">{t('alerts.noChannel')}</p>}
      <ChannelChoice channels={channels} chosen={draft.channelIds} onChoose={(channelIds) => set({ channelIds })} />
      <label>
        <input type="checkbox" checked={draft.quiet} onChange={() => set({ quiet: !draft.quiet })} />{' '}
        {rich('alerts.quiet', { from: draft.quietFrom, to: draft.quietTo, zone: draft.quietZone })}
      </label>
      <label>
        <input type="checkbox" checked={draft.enabled} onChange={() => set({ enabled: !draft.enabled })} /> {t('common.on')}
      </label>
    </fieldset>
  );
}
