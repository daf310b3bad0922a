import type { Source, SourceChange } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { Dialog } from '../../components/dialog';
import { useSaving } from '../../components/use-saving';
import { t } from '../../i18n/translate';
import { AdvancedSourceFields } from './advanced-source-fields';
import { GroupsField, groupsIn, groupsText } from './groups-field';

/** Changes a source's name and groups, and the User-Agent for its host. */
export function EditSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const [name, setName] = useState(source.name);
  const [groups, setGroups] = useState(groupsText(source.groups));
  const [userAgent, setUserAgent] = useState(source.userAgent ?? '');
  const { save, submit } = useSaving({
    send: () => {
      // Only what was changed: a new User-Agent has the source polled at once.
      const change: SourceChange = {
        name: name.trim(),
        ...(groups !== groupsText(source.groups) && { groups: groupsIn(groups) }),
        ...(userAgent.trim() !== (source.userAgent ?? '') && { userAgent: userAgent.trim() }),
      };
      return api.send('PATCH', `/sources/${encodeURIComponent(source.id)}`, change);
    },
    saved: () => t('source.changed', { name: name.trim() }),
    onClose,
  });
  return (
    <Dialog title={t('source.editTitle')} onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field">
          <span>{t('common.name')}</span>
          <input value={name} maxLength={200} required onChange={(event) => setName(event.target.value)} />
        </label>
        <GroupsField value={groups} onChange={setGroups} />
        <AdvancedSourceFields userAgent={userAgent} onUserAgent={setUserAgent} />
        {save.error && (
          <p className="field-error" role="alert">
            {save.error.message}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <ActionButton type="submit" className="primary" disabled={!name.trim() || save.busy}>
            {t('common.save')}
          </ActionButton>
        </div>
      </form>
    </Dialog>
  );
}
