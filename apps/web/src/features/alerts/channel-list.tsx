import type { AlertChannel, AlertDelivery, AlertTest } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { useAction } from '../../components/use-action';
import { t } from '../../i18n/translate';
import { useConnection } from '../../state/use-connection';
import { FailedNotices } from './failed-notices';

interface ListProps {
  readonly channels: readonly AlertChannel[];
  /** Notices that failed permanently, of all channels. */
  readonly failed: readonly AlertDelivery[];
  readonly mayWrite: boolean;
  readonly onEdit: (channel: AlertChannel) => void;
}

interface RowProps extends Pick<ListProps, 'failed' | 'mayWrite'> {
  readonly channel: AlertChannel;
  readonly onEdit: () => void;
}

/** The channels for notices, each with a test that shows the answer. */
export function ChannelList({ channels, failed, mayWrite, onEdit }: ListProps) {
  return (
    <ul className="alert-channels">
      {channels.map((channel) => (
        <ChannelRow
          key={channel.id}
          channel={channel}
          mayWrite={mayWrite}
          failed={failed.filter(({ channelId }) => channelId === channel.id)}
          onEdit={() => onEdit(channel)}
        />
      ))}
    </ul>
  );
}

function ChannelRow({ channel: { id, name, target, disabled }, failed, mayWrite, onEdit }: RowProps) {
  const connection = useConnection();
  const [answer, setAnswer] = useState<AlertTest>();
  const test = useAction(async () => {
    setAnswer(undefined);
    setAnswer(await api.send<AlertTest>('POST', `/alerts/channels/${encodeURIComponent(id)}/test`));
    connection.refresh();
  });
  return (
    <li>
      <span>
        <b>{name}</b> <span className="muted">{target.kind}</span>
      </span>
      {mayWrite && (
        <ActionButton className="small" disabled={test.busy} onClick={() => void test.run()} aria-label={t('channels.test', { name })}>
          {test.busy ? t('common.sending') : t('common.sendTest')}
        </ActionButton>
      )}
      {mayWrite && (
        <ActionButton className="small" onClick={onEdit} aria-label={t('channels.edit', { name })}>
          {t('common.edit')}
        </ActionButton>
      )}
      <span role="status">{answer && (answer.sent ? t('channels.arrived') : answer.reason)}</span>
      {disabled && !answer && <span className="field-error">{t('channels.off', { reason: disabled })}</span>}
      <FailedNotices
        notices={failed}
        text={(reasons) => t('notices.failed', { count: failed.length, reasons })}
        again={t('notices.again', { name })}
        mayWrite={mayWrite}
      />
      {test.error && (
        <span className="field-error" role="alert">
          {test.error.message}
        </span>
      )}
    </li>
  );
}
