import type { AlertEpisode } from '@barometer/http-api/contract';
import { BASE } from '../../api/client';
import { ExternalLink } from '../../components/external-link';
import { TimeAgo } from '../../components/time-ago';

/** Episodes with what explains them, the latest first. */
export function EpisodeList({ episodes }: { episodes: readonly AlertEpisode[] }) {
  return (
    <ul className="alert-episodes">
      {episodes.map((episode) => <EpisodeRow key={episode.id} episode={episode} />)}
    </ul>
  );
}

function EpisodeRow({ episode: { ruleName, sentence, openedAt, closedAt, drivers, headlines, view } }: { episode: AlertEpisode }) {
  return (
    <li>
      <details>
        <summary>
          <span>{sentence}</span> <span className="muted">{closedAt ? '' : 'goes on, '}<TimeAgo at={openedAt} /></span>
        </summary>
        <p className="muted">{ruleName}{drivers.length > 0 && `. What moved it: ${drivers.map(({ name }) => name).join('; ')}`}</p>
        <ul>
          {headlines.map(({ title, url, publisher }) => (
            <li key={`${url} ${title}`}><ExternalLink href={url}>{title}</ExternalLink> {publisher && <span className="muted">{publisher}</span>}</li>
          ))}
        </ul>
        <a href={`${BASE}/${view}`}>Show these hours</a>
      </details>
    </li>
  );
}
