import type { AlertDelivery } from '@barometer/http-api/contract';
import { address, api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAnnounce } from '../../components/announcer';
import { useAction } from '../../components/use-action';
import { t } from '../../i18n/translate';
import { useConnection } from '../../state/use-connection';
import { useResource } from '../../state/use-resource';

const NEWEST = 100;
const REASONS = 3;

/** The newest notices that failed permanently; nothing is requested while there is no channel. */
export function useFailedNotices(hasChannels: boolean): readonly AlertDelivery[] {
  const deliveries = useResource<{ items: AlertDelivery[] }>(hasChannels ? address('/alerts/deliveries', { limit: NEWEST }) : undefined);
  return deliveries.data?.items.filter(({ state }) => state === 'failed') ?? [];
}

/** Why notices failed, each reason once. */
export const reasonsOf = (notices: readonly AlertDelivery[]): string =>
  [...new Set(notices.map(({ reason }) => reason ?? t('alerts.didNotArrive')))].slice(0, REASONS).join(' ');

interface FailedProps {
  readonly notices: readonly AlertDelivery[];
  /** The text: that so many failed, and why. */
  readonly text: (reasons: string) => string;
  /** The accessible name of the button, for readers who do not see its place. */
  readonly again: string;
  readonly mayWrite: boolean;
}

/** Says that notices failed permanently, and why; sends them again on request. Empty if none failed. */
export function FailedNotices({ notices, text, again: label, mayWrite }: FailedProps) {
  const connection = useConnection();
  const announce = useAnnounce();
  const again = useAction(async () => {
    const { waiting } = await api.send<{ waiting: number }>('POST', '/alerts/deliveries/redrive', { ids: notices.map(({ id }) => id) });
    announce(t('notices.triedAgain', { count: waiting }));
    connection.refresh();
  });
  if (notices.length === 0) return null;
  return (
    <div className="failed-notices">
      <span className="field-error">{text(reasonsOf(notices))}</span>
      {mayWrite && (
        <ActionButton className="small" disabled={again.busy} onClick={() => void again.run()} aria-label={label}>
          {again.busy ? t('common.trying') : t('common.tryAgain')}
        </ActionButton>
      )}
      {again.error && (
        <span className="field-error" role="alert">
          {again.error.message}
        </span>
      )}
    </div>
  );
}
