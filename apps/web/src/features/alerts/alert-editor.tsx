import type { AlertChannel, AlertRule } from '@barometer/http-api/contract';
import { useState, type FormEvent } from 'react';
import { api } from '../../api/client';
import { useAnnounce } from '../../components/announcer';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { useCatalog } from '../../state/use-catalog';
import { useConnection } from '../../state/use-connection';
import { BacktestBox } from './backtest-box';
import { RemoveAlert } from './remove-alert';
import { draftOf, kinds, ruleOf, thresholds, windows, type Draft, type Kind } from './rule-words';

interface EditorProps {
  readonly rule: AlertRule | undefined;
  readonly channels: readonly AlertChannel[];
  readonly onClose: () => void;
}

/** Adds or changes an alert; when it would have rung appears while it is typed. */
export function AlertEditor({ rule, channels, onClose }: EditorProps) {
  const connection = useConnection();
  const announce = useAnnounce();
  const [draft, setDraft] = useState(() => draftOf(rule));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const wanted = ruleOf(draft, rule);
  const done = (text: string) => {
    announce(text);
    connection.refresh();
    onClose();
  };
  const save = useAction(async () => {
    await api.send(rule ? 'PUT' : 'POST', rule ? `/alerts/rules/${encodeURIComponent(rule.id)}` : '/alerts/rules', wanted);
    done(`Alert ${draft.name.trim()} saved`);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save.run();
  };
  return (
    <Dialog title={rule ? 'Edit alert' : 'Add an alert'} onClose={onClose} wide>
      <form onSubmit={submit} className="editor">
        <div className="editor-fields">
          <label className="field">
            <span>Name</span>
            <input value={draft.name} maxLength={80} required onChange={(event) => set({ name: event.target.value })} />
          </label>
          <ConditionFields draft={draft} set={set} />
          <ScopeFields draft={draft} set={set} />
          <TellFields draft={draft} set={set} channels={channels} rule={rule} />
        </div>
        <BacktestBox rule={wanted} />
        {save.error && <p className="field-error" role="alert">{save.error.message}</p>}
        <div className="dialog-actions">
          {rule && <RemoveAlert rule={rule} onRemoved={() => done(`Alert ${rule.name} removed`)} />}
          <button type="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="primary" disabled={!wanted || !draft.name.trim() || save.busy}>{save.busy ? 'Saving …' : 'Save'}</button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
}

const thresholdNames: Partial<Record<Kind, string>> = { unusual: 'Tone beyond its usual range', tone: 'Tone, −1 to 1', volume: 'Times as many as usual', story: 'Publishers' };

function ConditionFields({ draft, set }: FieldsProps) {
  return (
    <>
      <label className="field">
        <span>When</span>
        <select value={draft.kind} onChange={(event) => {
          const kind = event.target.value as Kind;
          set({ kind, threshold: thresholds[kind], windowHours: windows[kind] });
        }}>
          {kinds.map(([kind, words]) => <option key={kind} value={kind}>{words}</option>)}
        </select>
      </label>
      {draft.kind === 'unusual' && (
        <label className="field">
          <span>Direction</span>
          <select value={draft.direction} onChange={(event) => set({ direction: event.target.value as Draft['direction'] })}>
            <option value="darker">darker than usual</option>
            <option value="calmer">calmer than usual</option>
            <option value="either">either</option>
          </select>
        </label>
      )}
      {draft.kind === 'tone' && (
        <label className="field">
          <span>Side</span>
          <select value={draft.side} onChange={(event) => set({ side: event.target.value as Draft['side'] })}>
            <option value="under">under</option>
            <option value="over">over</option>
          </select>
        </label>
      )}
      {draft.kind === 'phrase' && (
        <label className="field">
          <span>Phrase</span>
          <input value={draft.phrase} maxLength={100} onChange={(event) => set({ phrase: event.target.value })} />
        </label>
      )}
      {thresholdNames[draft.kind] && (
        <label className="field">
          <span>{thresholdNames[draft.kind]}</span>
          <input inputMode="decimal" value={draft.threshold} onChange={(event) => set({ threshold: event.target.value.replace('−', '-') })} />
        </label>
      )}
      <label className="field">
        <span>Over so many hours</span>
        <input type="number" min={1} max={48} value={draft.windowHours} onChange={(event) => set({ windowHours: event.target.value })} />
      </label>
    </>
  );
}

function ScopeFields({ draft, set }: FieldsProps) {
  const { topics, sources } = useCatalog();
  return (
    <>
      <label className="field">
        <span>Topic</span>
        <select value={draft.topicId} onChange={(event) => set({ topicId: event.target.value })}>
          <option value="">All topics</option>
          {topics.data?.items.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
      <label className="field">
        <span>Source</span>
        <select value={draft.sourceId} onChange={(event) => set({ sourceId: event.target.value })}>
          <option value="">All sources</option>
          {sources.data?.items.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
    </>
  );
}

function TellFields({ draft, set, channels, rule }: FieldsProps & Pick<EditorProps, 'channels' | 'rule'>) {
  const { from, to, timeZone } = rule?.quiet ?? { from: '22:00', to: '07:00', timeZone: 'your time' };
  const toggle = (id: string) => set({ channelIds: draft.channelIds.includes(id) ? draft.channelIds.filter((one) => one !== id) : [...draft.channelIds, id] });
  return (
    <fieldset className="tell">
      <legend>Tell</legend>
      {channels.length === 0 && <p className="muted hint">There is no channel yet: it shows here only. “barometer alerts channel” adds one.</p>}
      {channels.map(({ id, name, target, disabled }) => (
        <label key={id}>
          <input type="checkbox" checked={draft.channelIds.includes(id)} onChange={() => toggle(id)} /> {name} <span className="muted">{target.kind}{disabled ? ', off' : ''}</span>
        </label>
      ))}
      <label>
        <input type="checkbox" checked={draft.quiet} onChange={() => set({ quiet: !draft.quiet })} /> Not from {from} to {to} <span className="muted">{timeZone}</span>
      </label>
      <label>
        <input type="checkbox" checked={draft.enabled} onChange={() => set({ enabled: !draft.enabled })} /> On
      </label>
    </fieldset>
  );
}
