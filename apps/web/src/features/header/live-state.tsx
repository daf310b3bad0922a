import { formatAgo, formatExact } from '../../format/times';
import { t } from '../../i18n/translate';
import { useConnectionState } from '../../state/use-connection';
import { useNow } from '../../state/use-now';

/** Whether live updates arrive, and how old the newest data are. */
export function LiveState() {
  const link = useConnectionState((state) => state.link);
  const lastPolledAt = useConnectionState((state) => state.status?.lastPolledAt);
  const now = useNow();
  const polled = lastPolledAt ? Date.parse(lastPolledAt) : undefined;
  const title = [t(`live.explained.${link}`), polled && t('live.lastRead', { time: formatExact(polled) })].filter(Boolean).join(' ');
  return (
    <p className={`live-state is-${link}`} title={title}>
      <span className="dot" aria-hidden="true" />
      <span role="status">{t(`live.${link}`)}</span>
      {polled && link !== 'locked' && <span className="age number"> · {t('live.age', { age: formatAgo(polled, now) })}</span>}
    </p>
  );
}
