import type { AlertDelivery, AlertEpisode } from '@barometer/http-api/contract';
import { BASE } from '../../api/client';
import { ExternalLink } from '../../components/external-link';
import { TimeAgo } from '../../components/time-ago';
import { rich, t } from '../../i18n/translate';
import { FailedNotices } from './failed-notices';

interface ListProps {
  readonly episodes: readonly AlertEpisode[];
  /** Notices that failed permanently. */
  readonly failed: readonly AlertDelivery[];
  readonly channelName: (id: string) => string;
  readonly mayWrite: boolean;
}

/** Episodes with what explains them, the latest first. */
export function EpisodeList({ episodes, ...rest }: ListProps) {
  return (
    <ul className="alert-episodes">
      {episodes.map((episode) => (
        <EpisodeRow key={episode.id} episode={episode} {...rest} />
      ))}
    </ul>
  );
}

function EpisodeRow({
  episode: { id, ruleName, sentence, openedAt, closedAt, drivers, headlines, view },
  failed,
  channelName,
  mayWrite,
}: Omit<ListProps, 'episodes'> & { readonly episode: AlertEpisode }) {
  const untold = failed.filter(({ told }) => told.some(({ episodeId }) => episodeId === id));
  const channels = [...new Set(untold.map(({ channelId }) => channelName(channelId)))].join(', ');
  return (
    <li>
      <details>
        <summary>
          <span lang="en">{sentence}</span>{' '}
          <span className="muted">{closedAt ? <TimeAgo at={openedAt} /> : rich('alerts.goesOn', { ago: <TimeAgo at={openedAt} /> })}</span>
        </summary>
        <p className="muted">{drivers.length > 0 ? t('alerts.episode', { rule: ruleName, names: drivers.map(({ name }) => name).join('; ') }) : ruleName}</p>
        <ul>
          {headlines.map(({ title, url, publisher }) => (
            <li key={`${url} ${title}`}>
              <ExternalLink href={url}>{title}</ExternalLink> {publisher && <span className="muted">{publisher}</span>}
            </li>
          ))}
        </ul>
        <a href={`${BASE}/${view}`}>{t('alerts.showHours')}</a>
      </details>
      <FailedNotices
        notices={untold}
        text={(reasons) => t('alerts.notTold', { channels, reasons })}
        again={t('alerts.notTold.again', { rule: ruleName, channels })}
        mayWrite={mayWrite}
      />
    </li>
  );
}
