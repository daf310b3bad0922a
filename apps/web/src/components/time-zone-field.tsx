import { useId } from 'react';
import { t } from '../i18n/translate';

/** Chooses a time zone by its IANA name; the browser's own list helps. */
export function TimeZoneField({ value, onChange }: { readonly value: string; readonly onChange: (timeZone: string) => void }) {
  const zones = useId();
  return (
    <label className="field">
      <span>{t('common.timeZone')}</span>
      <input value={value} list={zones} required onChange={(event) => onChange(event.target.value)} />
      <datalist id={zones}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </label>
  );
}
