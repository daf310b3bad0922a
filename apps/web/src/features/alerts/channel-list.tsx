import type { AlertChannel, AlertTest } from '@barometer/http-api/contract';
import { useState } from 'react';
import { api } from '../../api/client';
import { useAction } from '../../components/use-action';
import { useConnection } from '../../state/use-connection';

/** Where notices go, each with a test that says what came back. */
export function ChannelList({ channels, mayWrite }: { channels: readonly AlertChannel[]; mayWrite: boolean }) {
  return (
    <ul className="alert-channels">
      {channels.map((channel) => <ChannelRow key={channel.id} channel={channel} mayWrite={mayWrite} />)}
    </ul>
  );
}

function ChannelRow({ channel: { id, name, target, disabled }, mayWrite }: { channel: AlertChannel; mayWrite: boolean }) {
  const connection = useConnection();
  const [answer, setAnswer] = useState<AlertTest>();
  const test = useAction(async () => {
    setAnswer(undefined);
    setAnswer(await api.send<AlertTest>('POST', `/alerts/channels/${encodeURIComponent(id)}/test`));
    connection.refresh();
  });
  return (
    <li>
      <span><b>{name}</b> <span className="muted">{target.kind}</span></span>
      {mayWrite && <button type="button" className="small" disabled={test.busy} onClick={() => void test.run()} aria-label={`Send a test to ${name}`}>{test.busy ? 'Sending …' : 'Send a test'}</button>}
      <span role="status">{answer && (answer.sent ? 'It arrived.' : answer.reason)}</span>
      {disabled && !answer && <span className="field-error">Off: {disabled}</span>}
      {test.error && <span className="field-error" role="alert">{test.error.message}</span>}
    </li>
  );
}
