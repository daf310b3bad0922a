import { BASE } from '../../api/client';
import { BellIcon, KeyboardIcon, LogoIcon } from '../../components/icons';
import { t } from '../../i18n/translate';
import { useConnectionState } from '../../state/use-connection';
import { useView } from '../../state/use-view';
import { defaultView } from '../../state/view';
import { AccountButton } from '../account/account-button';
import { Filters } from './filters';
import { LiveState } from './live-state';
import { ThemeSwitch } from './theme-switch';

export function PageHeader({ onHelp }: { onHelp: () => void }) {
  const [, change] = useView();
  const locked = useConnectionState(({ link }) => link === 'locked');
  const home = () =>
    change({
      ...defaultView,
      zoom: undefined,
      bucket: undefined,
      topic: undefined,
      source: undefined,
      group: undefined,
      by: undefined,
      label: undefined,
      search: undefined,
      article: undefined,
    });
  return (
    <header className="page-head">
      <div className="page-head-inner">
        <h1>
          <a
            href={`${BASE}/`}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              home();
            }}
          >
            <LogoIcon />
            Barometer
          </a>
        </h1>
        {locked ? <div className="filters" /> : <Filters />}
        <div className="head-tools">
          <LiveState />
          {!locked && (
            <a className="icon" href="#alerts" aria-label={t('head.alerts')} title={t('head.alerts')}>
              <BellIcon />
            </a>
          )}
          {!locked && <AccountButton />}
          <ThemeSwitch />
          <button type="button" className="icon" onClick={onHelp} aria-label={t('head.help')} title={t('head.helpKey')}>
            <KeyboardIcon />
          </button>
        </div>
      </div>
    </header>
  );
}
