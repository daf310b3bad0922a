import type { Mark } from '@barometer/http-api/contract';
import { useState, type FormEvent } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAnnounce } from '../../components/announcer';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { fromLocalInput, toLocalInput } from '../../format/times';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useConnection, useMayWrite } from '../../state/use-connection';
import { useView } from '../../state/use-view';
import { viewName } from './compared-scopes';

const LONGEST = 280;

/** Adds a note to the timeline. */
export function AddNote() {
  const [isOpen, setOpen] = useState(false);
  if (!useMayWrite()) return null;
  return (
    <>
      <button type="button" className="small quiet" onClick={() => setOpen(true)}>
        {t('note.add')}
      </button>
      {isOpen && <NoteDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function NoteDialog({ onClose }: { onClose: () => void }) {
  const [view] = useView();
  const catalog = useCatalog();
  const connection = useConnection();
  const announce = useAnnounce();
  const [text, setText] = useState('');
  const [when, setWhen] = useState(toLocalInput(view.zoom?.from ?? Date.now()));
  const [isScoped, setScoped] = useState(true);
  const at = fromLocalInput(when);
  const add = useAction(async () => {
    await api.send<Mark>('POST', '/marks', {
      text,
      ...(at !== undefined && { at: new Date(at).toISOString() }),
      ...(isScoped && { topic: view.topic, source: view.source }),
    });
    announce(t('note.added'));
    connection.refresh();
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add.run();
  };
  return (
    <Dialog title={t('note.addTitle')} onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field">
          <span>{t('note.what')}</span>
          <input type="text" required maxLength={LONGEST} value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <label className="field">
          <span>{t('common.when')}</span>
          <input type="datetime-local" required value={when} max={toLocalInput(Date.now())} onChange={(event) => setWhen(event.target.value)} />
        </label>
        {(view.topic || view.source) && (
          <label className="check">
            <input type="checkbox" checked={isScoped} onChange={(event) => setScoped(event.target.checked)} />
            {t('note.onlyAbout', { about: viewName({ topic: view.topic, source: view.source }, catalog) })}
          </label>
        )}
        {add.error && (
          <p className="field-error" role="alert">
            {add.error.message}
          </p>
        )}
        <div className="dialog-actions">
          <ActionButton type="submit" className="primary" disabled={add.busy || text.trim() === '' || at === undefined}>
            {add.busy ? t('common.adding') : t('common.add')}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}
