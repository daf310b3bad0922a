import { Dialog } from '../../components/dialog';
import type { Key } from '../../i18n/messages';
import { t } from '../../i18n/translate';

const keys: readonly (readonly [readonly string[], Extract<Key, `help.${string}`>])[] = [
  [['/'], 'help.search'],
  [['j', 'k'], 'help.move'],
  [['o', 'Enter'], 'help.open'],
  [['Esc'], 'help.close'],
  [['←', '→'], 'help.walk'],
  [['Shift ←', 'Shift →'], 'help.select'],
  [['?'], 'help.list'],
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('head.help')} onClose={onClose}>
      <dl className="keys">
        {keys.map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('help.tone')}</h3>
      <p>{t('help.toneText')}</p>
      <ul className="legend-list">
        <li>
          <span className="mark is-positive" aria-hidden="true" /> {t('help.positive')}
        </li>
        <li>
          <span className="mark is-neutral" aria-hidden="true" /> {t('help.neutral')}
        </li>
        <li>
          <span className="mark is-negative" aria-hidden="true" /> {t('help.negative')}
        </li>
        <li>
          <span className="mark is-negative hollow" aria-hidden="true" /> {t('help.hollow')}
        </li>
      </ul>
      <p className="muted">{t('help.axis')}</p>
      <p className="muted">{t('help.hatched')}</p>
    </Dialog>
  );
}
