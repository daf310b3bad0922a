import type { Status } from '@barometer/http-api/contract';
import { formatDuration, formatWhen } from '../../format/times';
import { rich, t } from '../../i18n/translate';
import { useAsOf, useConnection, useConnectionState, useIsOld } from '../../state/use-connection';
import { useNow } from '../../state/use-now';
import { progressText } from './progress-text';

/** What a reader should know before reading the figures: offline, sample data, a model that loads or failed. */
export function Banners() {
  const isOld = useIsOld();
  const status = useConnectionState((state) => state.status);
  return (
    <>
      {isOld && <OfflineBanner />}
      {status && !isOld && <StatusBanner status={status} />}
    </>
  );
}

function OfflineBanner() {
  const connection = useConnection();
  const asOf = useAsOf();
  const now = useNow();
  return (
    <div className="banner is-warning" role="alert">
      <p>
        {asOf === undefined ? (
          <>
            {rich('banner.offline', {})} {t('banner.offline.never')}
          </>
        ) : (
          rich('banner.offline.old', { age: formatDuration(now - asOf), time: formatWhen(asOf, now) })
        )}
      </p>
      <button type="button" className="small" onClick={connection.refresh}>
        {t('common.tryNow')}
      </button>
    </div>
  );
}

function ModelBanner({ message }: { message: string | undefined }) {
  return (
    <div className="banner is-warning" role="alert">
      <p>{rich('banner.model', { message })}</p>
    </div>
  );
}

function StatusBanner({ status }: { status: Status }) {
  const progress = progressText(status);
  if (status.model.state === 'failed') return <ModelBanner message={status.model.message} />;
  if (status.sample && status.model.state === 'loading') {
    return (
      <div className="banner" role="status">
        <p className="number">{rich('banner.first', { progress })}</p>
      </div>
    );
  }
  if (status.sample) {
    return (
      <div className="banner" role="status">
        <p>
          {rich('banner.sample', {})}
          {progress && <span className="progress number"> {progress}</span>}
        </p>
        {status.sources.failing > 0 && <a href="#sources">{t('banner.whyFail')}</a>}
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
