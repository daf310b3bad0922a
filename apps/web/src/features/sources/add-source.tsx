import type { NewSource, Source, SourcePreview } from '@barometer/http-api/contract';
import { useRef, useState, type FormEvent } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAnnounce } from '../../components/announcer';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { t } from '../../i18n/translate';
import { useConnection } from '../../state/use-connection';
import { AdvancedSourceFields } from './advanced-source-fields';
import { FeedChoice } from './feed-choice';
import { GroupsField, groupsIn } from './groups-field';
import { SourcePreviewBox } from './source-preview-box';

/** Finds and reads a feed first, shows its content, then adds it. */
export function AddSource({ onClose }: { onClose: () => void }) {
  const connection = useConnection();
  const announce = useAnnounce();
  const [url, setUrl] = useState('');
  const [name, setName] = useState('');
  const [groups, setGroups] = useState('');
  const [userAgent, setUserAgent] = useState('');
  const [preview, setPreview] = useState<SourcePreview>();
  const [feeds, setFeeds] = useState<SourcePreview['feeds']>([]);
  const asked = { url: url.trim(), ...(userAgent.trim() ? { userAgent: userAgent.trim() } : {}) };
  const look = useAction(async () => {
    setPreview(undefined);
    setFeeds([]);
    const found = await api.send<SourcePreview>('POST', '/sources/preview', asked);
    setPreview(found);
    setFeeds(found.feeds);
    setName((typed) => typed || found.title.slice(0, 200));
    if (found.feeds.length > 1) announce(t('source.feedsFound', { count: found.feeds.length }));
  });
  const chosen = useRef<string>(undefined);
  const choose = useAction(async (address: string) => {
    chosen.current = address;
    try {
      const other = await api.send<SourcePreview>('POST', '/sources/preview', { ...asked, url: address });
      // With the arrow keys, several feeds can be chosen before the first answer arrives.
      if (chosen.current !== address) return;
      setPreview(other);
      setName(other.title.slice(0, 200));
    } catch (error) {
      chosen.current = preview?.url;
      throw error;
    }
  });
  const add = useAction(async () => {
    const source: NewSource = {
      ...asked,
      ...(preview && { url: preview.url }),
      ...(name.trim() ? { name: name.trim() } : {}),
      ...(groupsIn(groups).length > 0 && { groups: groupsIn(groups) }),
    };
    const added = await api.send<Source>('POST', '/sources', source);
    announce(t('source.added', { name: added.name }));
    connection.refresh();
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void (preview ? add.run() : look.run());
  };
  const error = add.error ?? choose.error ?? look.error;
  return (
    <Dialog title={t('source.addTitle')} onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field">
          <span>{t('source.address')}</span>
          <input
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            required
            placeholder="https://"
            value={url}
            onChange={(event) => {
              setUrl(event.target.value);
              setPreview(undefined);
              setFeeds([]);
            }}
          />
        </label>
        {feeds.length > 0 && (
          <FeedChoice feeds={feeds} chosen={choose.busy ? chosen.current : preview?.url} busy={choose.busy} onChoose={(address) => void choose.run(address)} />
        )}
        {preview && (
          <label className="field">
            <span>{t('common.name')}</span>
            <input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
          </label>
        )}
        {preview && <GroupsField value={groups} onChange={setGroups} />}
        <AdvancedSourceFields
          userAgent={userAgent}
          onUserAgent={(typed) => {
            setUserAgent(typed);
            setPreview(undefined);
          }}
          open={look.error !== undefined}
        />
        <div aria-live="polite">
          {(look.busy || choose.busy) && <p className="muted">{look.busy ? t('source.looking') : t('source.reading')}</p>}
          {preview && <SourcePreviewBox preview={preview} />}
        </div>
        {error && (
          <p className="field-error" role="alert">
            {error.message}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          {look.error && !preview && (
            <ActionButton disabled={add.busy} onClick={() => void add.run()}>
              {t('common.addAnyway')}
            </ActionButton>
          )}
          <ActionButton type="submit" className="primary" disabled={!url.trim() || look.busy || choose.busy || add.busy}>
            {preview ? t('common.add') : t('common.preview')}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}
