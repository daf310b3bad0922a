import type { AlertEpisode } from '@barometer/http-api/contract';
import { address } from '../../api/client';
import { TimeAgo } from '../../components/time-ago';
import { t } from '../../i18n/translate';
import { useResource } from '../../state/use-resource';

const SHOWN = 3;

/** The open alerts, beside the mood; the rest is in the alerts panel. */
export function OpenAlerts() {
  const open = useResource<{ items: AlertEpisode[] }>(address('/alerts/episodes', { open: 'true' }));
  const items = open.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <div className="open-alerts">
      <ul aria-label={t('alerts.ringing')}>
        {items.slice(0, SHOWN).map(({ id, ruleName, sentence, openedAt }) => (
          <li key={id}>
            <b>{ruleName}</b> <span lang="en">{sentence}</span> <TimeAgo at={openedAt} />
          </li>
        ))}
      </ul>
      {items.length > SHOWN && <a href="#alerts">{t('alerts.more', { count: items.length - SHOWN })}</a>}
    </div>
  );
}
