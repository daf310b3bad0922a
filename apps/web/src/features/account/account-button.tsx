import { useState } from 'react';
import { PersonIcon } from '../../components/icons';
import { lazyPart } from '../../components/lazy-part';
import { t } from '../../i18n/translate';
import { useConnectionState } from '../../state/use-connection';

const AccountDialog = lazyPart(async () => (await import('../dialogs')).AccountDialog);

/** In the page's header where access is restricted: who is signed in, and what they may do. */
export function AccountButton() {
  const [open, setOpen] = useState(false);
  const auth = useConnectionState(({ capabilities }) => capabilities?.auth);
  if (!auth?.required) return null;
  return (
    <>
      <button
        type="button"
        className="icon"
        onClick={() => setOpen(true)}
        aria-label={t('access.title')}
        title={t('access.titleAs', { role: t(`access.role.${auth.role}`) })}
      >
        <PersonIcon />
      </button>
      {open && <AccountDialog onClose={() => setOpen(false)} />}
    </>
  );
}
