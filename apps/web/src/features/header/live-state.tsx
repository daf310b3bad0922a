import { formatAgo, formatExact } from '../../format/times';
import { useConnectionState } from '../../state/use-connection';
import { useNow } from '../../state/use-now';

const words = { connecting: 'connecting', live: 'live', polling: 'polling', offline: 'offline', locked: 'key needed' } as const;

const explanations = {
  connecting: 'Asking the server for the first time.',
  live: 'New scores arrive by themselves.',
  polling: 'The page asks for news at intervals.',
  offline: 'The server does not answer. The page tries again by itself.',
  locked: 'This server asks for an access key.',
} as const;

/** Whether news arrives, and how old the newest data are. */
export function LiveState() {
  const link = useConnectionState((state) => state.link);
  const lastPolledAt = useConnectionState((state) => state.status?.lastPolledAt);
  const now = useNow();
  const polled = lastPolledAt ? Date.parse(lastPolledAt) : undefined;
  const title = `${explanations[link]}${polled ? ` Feeds were last read on ${formatExact(polled)}.` : ''}`;
  return (
    <p className={`live-state is-${link}`} title={title}>
      <span className="dot" aria-hidden="true" />
      <span role="status">{words[link]}</span>
      {polled && link !== 'locked' && <span className="age number"> · data {formatAgo(polled, now)}</span>}
    </p>
  );
}
