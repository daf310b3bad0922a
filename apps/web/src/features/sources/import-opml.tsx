import type { SourceImport } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { rich, t } from '../../i18n/translate';
import { useConnection } from '../../state/use-connection';

/** Imports the feeds of an OPML file, as other feed readers export it. */
export function ImportOpml({ onClose }: { onClose: () => void }) {
  const connection = useConnection();
  const [result, setResult] = useState<SourceImport>();
  const read = useAction(async (file: File) => {
    setResult(undefined);
    setResult(await api.send<SourceImport>('POST', '/sources.opml', { type: 'application/octet-stream', bytes: file }));
    connection.refresh();
  });
  return (
    <Dialog title={t('opml.title')} onClose={onClose}>
      <label className="field">
        <span>{t('opml.file')}</span>
        <input
          type="file"
          accept=".opml,.xml,text/x-opml,text/xml,application/xml"
          onChange={({ target }) => target.files?.[0] && void read.run(target.files[0])}
        />
      </label>
      <div aria-live="polite">
        {read.busy && <p className="muted">{t('opml.reading')}</p>}
        {read.error && <p className="field-error">{read.error.message}</p>}
        {result && <Outcome result={result} />}
      </div>
      <div className="dialog-actions">
        <button type="button" className={result ? 'primary' : ''} onClick={onClose}>
          {result ? t('common.done') : t('common.cancel')}
        </button>
      </div>
    </Dialog>
  );
}

function Outcome({ result }: { result: SourceImport }) {
  return (
    <section className="preview-box" aria-label={t('opml.outcome')}>
      <p>
        {rich('opml.added', { count: result.added })} {result.alreadyThere > 0 && t('opml.known', { count: result.alreadyThere })}{' '}
        {result.grouped > 0 && t('opml.grouped', { count: result.grouped })}
      </p>
      {result.refused.length > 0 && (
        <>
          <p>{t('opml.refused', { count: result.refused.length })}</p>
          <ul>
            {result.refused.map((note) => (
              <Note key={`${note.place} ${note.url}`} note={note} />
            ))}
          </ul>
        </>
      )}
      {result.leftOut.length > 0 && (
        <>
          <p>{t('opml.leftOut', { count: result.leftOut.length })}</p>
          <ul>
            {result.leftOut.map((note) => (
              <Note key={`${note.place} ${note.message}`} note={note} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Note({ note: { place, name, url, message } }: { note: SourceImport['refused'][number] }) {
  return (
    <li>
      <span className="headline">{[place, name, url].filter(Boolean).join(', ')}</span> <span className="muted">{message}</span>
    </li>
  );
}
