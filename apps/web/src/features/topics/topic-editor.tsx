import type { Topic } from '@barometer/http-api/contract';
import { useState, type FormEvent } from 'react';
import { api } from '../../api/client';
import { useAnnounce } from '../../components/announcer';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { useConnection } from '../../state/use-connection';
import { useView } from '../../state/use-view';
import { phrasesOf, textOf } from './phrases';
import { RemoveTopic } from './remove-topic';
import { TopicPreviewList } from './topic-preview-list';

const fields = [
  ['anyOf', 'Any of these', 'gas prices, power grid, wind farm'],
  ['allOf', 'All of these', 'optional'],
  ['noneOf', 'None of these', 'optional'],
] as const;

/** Adds or changes a topic; the articles that it would match appear while the phrases are typed. */
export function TopicEditor({ topic, onClose }: { topic: Topic | undefined; onClose: () => void }) {
  const connection = useConnection();
  const announce = useAnnounce();
  const [view, change] = useView();
  const [name, setName] = useState(topic?.name ?? '');
  const [texts, setTexts] = useState({ anyOf: textOf(topic?.anyOf ?? []), allOf: textOf(topic?.allOf ?? []), noneOf: textOf(topic?.noneOf ?? []) });
  const rule = { anyOf: phrasesOf(texts.anyOf), allOf: phrasesOf(texts.allOf), noneOf: phrasesOf(texts.noneOf) };
  const asks = rule.anyOf.length + rule.allOf.length > 0;

  const done = (text: string) => {
    announce(text);
    connection.refresh();
    onClose();
  };
  const save = useAction(async () => {
    await api.send(topic ? 'PUT' : 'POST', topic ? `/topics/${encodeURIComponent(topic.id)}` : '/topics', { name: name.trim(), ...rule });
    done(`Topic ${name.trim()} saved. Articles of the last 30 days are searched for it.`);
  });
  const removed = () => {
    if (view.topic === topic?.id) change({ topic: undefined });
    done(`Topic ${name} removed`);
    // The button that opened this goes with its row; the focus stays with the list.
    setTimeout(() => document.querySelector<HTMLElement>('.panel-topics .panel-head button')?.focus());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save.run();
  };
  return (
    <Dialog title={topic ? 'Edit topic' : 'Add a topic'} onClose={onClose} wide>
      <form onSubmit={submit} className="editor">
        <div className="editor-fields">
          <label className="field">
            <span>Name</span>
            <input value={name} maxLength={80} required onChange={(event) => setName(event.target.value)} />
          </label>
          {fields.map(([field, label, hint]) => (
            <label key={field} className="field">
              <span>{label}</span>
              <textarea rows={field === 'anyOf' ? 3 : 2} placeholder={hint} value={texts[field]} onChange={(event) => setTexts({ ...texts, [field]: event.target.value })} />
            </label>
          ))}
          <p className="muted hint">Phrases between commas or one a line; they match as whole words, capitals aside.</p>
        </div>
        <TopicPreviewList rule={asks ? rule : undefined} />
        {save.error && <p className="field-error" role="alert">{save.error.message}</p>}
        <div className="dialog-actions">
          {topic && <RemoveTopic topic={topic} onRemoved={removed} />}
          <button type="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="primary" disabled={!asks || !name.trim() || save.busy}>{save.busy ? 'Saving …' : 'Save'}</button>
        </div>
      </form>
    </Dialog>
  );
}
