import type { AlertChannel, AlertEpisode, AlertRule } from '@barometer/http-api/contract';
import { useState } from 'react';
import { address } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { lazyPart } from '../../components/lazy-part';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { formatExact } from '../../format/times';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useMayWrite } from '../../state/use-connection';
import { useResource } from '../../state/use-resource';
import { ReadingOnly } from '../account/reading-only';
import { ChannelList } from './channel-list';
import { EpisodeList } from './episode-list';
import { useFailedNotices } from './failed-notices';
import { conditionText } from './rule-words';
import { scopeLabel } from './scope-fields';

const ChannelEditor = lazyPart(async () => (await import('../dialogs')).ChannelEditor);
const AlertEditor = lazyPart(async () => (await import('../dialogs')).AlertEditor);

const NEWEST = 10;

/** The rules, their present state, and their episodes. */
export function AlertsPanel() {
  const mayWrite = useMayWrite();
  const [channel, setChannel] = useState<AlertChannel | 'new'>();
  const [edited, setEdited] = useState<AlertRule | 'new'>();
  const rules = useResource<{ items: AlertRule[] }>(address('/alerts/rules'));
  const channels = useResource<{ items: AlertChannel[] }>(address('/alerts/channels'));
  const episodes = useResource<{ items: AlertEpisode[] }>(address('/alerts/episodes', { limit: NEWEST }));
  const failed = useFailedNotices(!!channels.data?.items.length);
  const nameOf = (id: string) => channels.data?.items.find((one) => one.id === id)?.name ?? id;
  const add = mayWrite && (
    <button type="button" className="small" onClick={() => setEdited('new')}>
      {t('alerts.add')}
    </button>
  );
  return (
    <Panel name="alerts" title={t('alerts.title')} aside={add || <ReadingOnly panel="alerts" />}>
      {rules.error && !rules.data && <ErrorNote text={t('unread.alerts')} error={rules.error} onRetry={rules.retry} />}
      {!rules.data && !rules.error && <Skeleton lines={3} className="skeleton-rows" />}
      {rules.data?.items.length === 0 && <EmptyNote actions={add}>{t('alerts.none')}</EmptyNote>}
      {rules.data && rules.data.items.length > 0 && (
        <ul className="alert-rules">
          {rules.data.items.map((rule) => (
            <RuleRow key={rule.id} rule={rule} onEdit={mayWrite ? () => setEdited(rule) : undefined} />
          ))}
        </ul>
      )}
      {episodes.data && episodes.data.items.length > 0 && (
        <>
          <h3 className="alert-history">{t('alerts.rang')}</h3>
          <EpisodeList episodes={episodes.data.items} failed={failed} channelName={nameOf} mayWrite={mayWrite} />
        </>
      )}
      {channels.data && (mayWrite || channels.data.items.length > 0) && (
        <>
          <h3 className="alert-history">{t('channels.title')}</h3>
          {channels.data.items.length === 0 && <p className="muted">{t('channels.none')}</p>}
          <ChannelList channels={channels.data.items} failed={failed} mayWrite={mayWrite} onEdit={setChannel} />
          {mayWrite && (
            <button type="button" className="small" onClick={() => setChannel('new')}>
              {t('channels.add')}
            </button>
          )}
        </>
      )}
      {channel && <ChannelEditor channel={channel === 'new' ? undefined : channel} onClose={() => setChannel(undefined)} />}
      {edited && <AlertEditor rule={edited === 'new' ? undefined : edited} channels={channels.data?.items ?? []} onClose={() => setEdited(undefined)} />}
    </Panel>
  );
}

function RuleRow({ rule, onEdit }: { rule: AlertRule; onEdit: (() => void) | undefined }) {
  const about = scopeLabel(rule.scope, useCatalog());
  const state = rule.broken ? 'broken' : !rule.enabled ? 'off' : rule.ringing ? 'rings' : 'listens';
  return (
    <li>
      <div className="alert-rule">
        <b>{rule.name}</b>
        <span className="muted">{t('alerts.about', { about, condition: conditionText(rule) })}</span>
        {rule.broken && <span className="field-error">{rule.broken}</span>}
      </div>
      <span className={`alert-state is-${state}`} title={t('alerts.lookedAt', { time: formatExact(Date.parse(rule.evaluatedTo)) })}>
        {t(`alerts.state.${state}`)}
      </span>
      {onEdit && (
        <ActionButton className="small" onClick={onEdit} aria-label={t('alerts.edit', { name: rule.name })}>
          {t('common.edit')}
        </ActionButton>
      )}
    </li>
  );
}
