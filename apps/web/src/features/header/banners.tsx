import type { Status } from '@barometer/http-api/contract';
import { formatClock } from '../../format/times';
import { useConnection, useConnectionState } from '../../state/use-connection';
import { progressText } from './progress-text';

/** What a reader should know before reading the figures: offline, sample data, a model that loads or failed. */
export function Banners() {
  const link = useConnectionState((state) => state.link);
  const status = useConnectionState((state) => state.status);
  return (
    <>
      {link === 'offline' && <OfflineBanner />}
      {status && link !== 'offline' && <StatusBanner status={status} />}
    </>
  );
}

function OfflineBanner() {
  const connection = useConnection();
  const contactAt = useConnectionState((state) => state.contactAt);
  return (
    <div className="banner is-warning" role="alert">
      <p>
        <b>Barometer does not answer.</b> The page tries again by itself.
        {contactAt ? ` What you see is as of ${formatClock(contactAt)}.` : ' Is it running? Start it with npm start.'}
      </p>
      <button type="button" className="small" onClick={connection.refresh}>
        Try now
      </button>
    </div>
  );
}

function ModelBanner({ message }: { message: string | undefined }) {
  return (
    <div className="banner is-warning" role="alert">
      <p>
        <b>The model does not run,</b> so new articles wait unscored. {message}
      </p>
    </div>
  );
}

function StatusBanner({ status }: { status: Status }) {
  const progress = progressText(status);
  if (status.model.state === 'failed') return <ModelBanner message={status.model.message} />;
  if (status.sample && status.model.state === 'loading') {
    return (
      <div className="banner" role="status">
        <p className="number">
          <b>The first scores are on their way.</b> {progress}
        </p>
      </div>
    );
  }
  if (status.sample) {
    return (
      <div className="banner" role="status">
        <p>
          <b>Sample data.</b> No article of your own feeds has been scored yet; until then the page shows a set that ships with Barometer.
          {progress && <span className="progress number"> {progress}</span>}
        </p>
        {status.sources.failing > 0 && <a href="#sources">Why sources fail</a>}
      </div>
    );
  }
  const early = status.model.state === 'loading' || status.counts.scored < 200;
  if (!progress || !early) return null;
  return (
    <div className="banner" role="status">
      <p className="number">{progress}</p>
    </div>
  );
}
