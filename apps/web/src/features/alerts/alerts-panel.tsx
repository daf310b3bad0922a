import type { AlertChannel, AlertEpisode, AlertRule } from '@barometer/http-api/contract';
import { useState } from 'react';
import { address } from '../../api/client';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { TimeAgo } from '../../components/time-ago';
import { useCatalog } from '../../state/use-catalog';
import { useMayWrite } from '../../state/use-connection';
import { useResource } from '../../state/use-resource';
import { AlertEditor } from './alert-editor';
import { ChannelList } from './channel-list';
import { EpisodeList } from './episode-list';
import { conditionText } from './rule-words';

const NEWEST = 10;

/** The rules, what they do now, and what rang. */
export function AlertsPanel() {
  const mayWrite = useMayWrite();
  const [edited, setEdited] = useState<AlertRule | 'new'>();
  const rules = useResource<{ items: AlertRule[] }>(address('/alerts/rules'));
  const channels = useResource<{ items: AlertChannel[] }>(address('/alerts/channels'));
  const episodes = useResource<{ items: AlertEpisode[] }>(address('/alerts/episodes', { limit: NEWEST }));
  const add = mayWrite && <button type="button" className="small" onClick={() => setEdited('new')}>Add alert</button>;
  return (
    <Panel name="alerts" title="Alerts" aside={add}>
      {rules.error && !rules.data && <ErrorNote what="The alerts" error={rules.error} onRetry={rules.retry} />}
      {!rules.data && !rules.error && <Skeleton lines={3} className="skeleton-rows" />}
      {rules.data?.items.length === 0 && <EmptyNote actions={add}>An alert tells you when the mood leaves its usual range, a story spreads, or a phrase appears. You have set up none so far.</EmptyNote>}
      {rules.data && rules.data.items.length > 0 && (
        <ul className="alert-rules">
          {rules.data.items.map((rule) => <RuleRow key={rule.id} rule={rule} onEdit={mayWrite ? () => setEdited(rule) : undefined} />)}
        </ul>
      )}
      {episodes.data && episodes.data.items.length > 0 && (
        <>
          <h3 className="alert-history">What rang</h3>
          <EpisodeList episodes={episodes.data.items} />
        </>
      )}
      {channels.data && channels.data.items.length > 0 && (
        <>
          <h3 className="alert-history">Channels</h3>
          <ChannelList channels={channels.data.items} mayWrite={mayWrite} />
        </>
      )}
      {edited && <AlertEditor rule={edited === 'new' ? undefined : edited} channels={channels.data?.items ?? []} onClose={() => setEdited(undefined)} />}
    </Panel>
  );
}

function RuleRow({ rule, onEdit }: { rule: AlertRule; onEdit: (() => void) | undefined }) {
  const { topicName, sourceName } = useCatalog();
  const { topicId, sourceId } = rule.scope;
  const about = [topicId && topicName(topicId), sourceId && sourceName(sourceId)].filter(Boolean).join(' in ') || 'All news';
  const state = rule.broken ? 'broken' : !rule.enabled ? 'off' : rule.ringing ? 'rings' : 'listens';
  return (
    <li>
      <div className="alert-rule">
        <b>{rule.name}</b>
        <span className="muted">{about}: {conditionText(rule)}</span>
        {rule.broken && <span className="field-error">{rule.broken}</span>}
      </div>
      <span className={`alert-state is-${state}`} title={`Looked at up to ${new Date(rule.evaluatedTo).toLocaleString()}`}>{state}</span>
      {onEdit && <button type="button" className="small" onClick={onEdit} aria-label={`Edit alert ${rule.name}`}>Edit</button>}
    </li>
  );
}

/** What rings now, for whoever looks at the mood. */
export function OpenAlerts() {
  const open = useResource<{ items: AlertEpisode[] }>(address('/alerts/episodes', { open: 'true' }));
  if (!open.data || open.data.items.length === 0) return null;
  return (
    <ul className="open-alerts" aria-label="Alerts that ring">
      {open.data.items.slice(0, 3).map(({ id, ruleName, sentence, openedAt }) => (
        <li key={id}>
          <b>{ruleName}</b> {sentence} <TimeAgo at={openedAt} />
        </li>
      ))}
    </ul>
  );
}
