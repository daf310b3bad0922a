import type { Topic } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { useSaving } from '../../components/use-saving';
import { t } from '../../i18n/translate';
import { useView } from '../../state/use-view';
import { phrasesOf, textOf } from './phrases';
import { RemoveTopic } from './remove-topic';
import { TopicPreviewList } from './topic-preview-list';

const fields = ['anyOf', 'allOf', 'noneOf'] as const;

/** Adds or changes a topic; the articles that it would match appear while the phrases are typed. */
export function TopicEditor({ topic, onClose }: { topic: Topic | undefined; onClose: () => void }) {
  const [view, change] = useView();
  const [name, setName] = useState(topic?.name ?? '');
  const [texts, setTexts] = useState({ anyOf: textOf(topic?.anyOf ?? []), allOf: textOf(topic?.allOf ?? []), noneOf: textOf(topic?.noneOf ?? []) });
  const rule = { anyOf: phrasesOf(texts.anyOf), allOf: phrasesOf(texts.allOf), noneOf: phrasesOf(texts.noneOf) };
  const asks = rule.anyOf.length + rule.allOf.length > 0;

  const { save, submit, done } = useSaving({
    send: () => api.send(topic ? 'PUT' : 'POST', topic ? `/topics/${encodeURIComponent(topic.id)}` : '/topics', { name: name.trim(), ...rule }),
    saved: () => t('topics.saved', { name: name.trim() }),
    onClose,
  });
  const removed = () => {
    if (view.topic === topic?.id) change({ topic: undefined });
    done(t('topics.removed', { name }));
    // The button that opened this disappears with its row, so the list gets the focus.
    setTimeout(() => document.querySelector<HTMLElement>('.panel-topics .panel-head button')?.focus());
  };
  return (
    <Dialog title={topic ? t('topics.editTitle') : t('topics.addTitle')} onClose={onClose} wide>
      <form onSubmit={submit} className="editor">
        <div className="editor-fields">
          <label className="field">
            <span>{t('common.name')}</span>
            <input value={name} maxLength={80} required onChange={(event) => setName(event.target.value)} />
          </label>
          {fields.map((field) => (
            <label key={field} className="field">
              <span>{t(`topics.${field}`)}</span>
              <textarea
                rows={field === 'anyOf' ? 3 : 2}
                placeholder={field === 'anyOf' ? t('topics.anyOf.hint') : t('topics.optional')}
                value={texts[field]}
                onChange={(event) => setTexts({ ...texts, [field]: event.target.value })}
              />
            </label>
          ))}
          <p className="muted hint">{t('topics.phrases')}</p>
        </div>
        <TopicPreviewList rule={asks ? rule : undefined} />
        {save.error && (
          <p className="field-error" role="alert">
            {save.error.message}
          </p>
        )}
        <div className="dialog-actions">
          {topic && <RemoveTopic topic={topic} onRemoved={removed} />}
          <button type="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <ActionButton type="submit" className="primary" disabled={!asks || !name.trim() || save.busy}>
            {save.busy ? t('common.saving') : t('common.save')}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}
