import { useState } from 'react';
import { lazyPart } from '../../components/lazy-part';
import { t } from '../../i18n/translate';
import { useConnectionState } from '../../state/use-connection';

const AccountDialog = lazyPart(async () => (await import('../dialogs')).AccountDialog);

/** Takes the place of a button that changes things: says that this reader may not, and why. Nothing while that is unknown. */
export function ReadingOnly({ panel }: { panel: 'alerts' | 'digests' | 'sources' | 'topics' }) {
  const [open, setOpen] = useState(false);
  const role = useConnectionState(({ capabilities }) => capabilities?.auth.role);
  if (role !== 'read') return null;
  const why = t(`access.cannot.${panel}`);
  return (
    <>
      <button type="button" className="small quiet reading-only" onClick={() => setOpen(true)} aria-label={t('access.readingOnlyWhy', { why })} title={why}>
        {t('access.role.read')}
      </button>
      {open && <AccountDialog onClose={() => setOpen(false)} />}
    </>
  );
}
