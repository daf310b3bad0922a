import type { ReactNode } from 'react';
import { TimeZoneField } from '../../components/time-zone-field';
import { t } from '../../i18n/translate';
import { settingsOf, type Draft } from './rule-words';

interface AdvancedProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  /** Whether the fields are open from the start. */
  readonly open: boolean;
}

/** Settings that few rules need: each field holds the default of the condition until it is changed. */
export function AdvancedFields({ draft, set, open }: AdvancedProps) {
  const defaults = settingsOf(draft.kind);
  return (
    <details className="advanced" open={open || undefined}>
      <summary>{t('common.advanced')}</summary>
      <div className="editor-fields">
        {draft.kind !== 'silence' && (
          <>
            <NumberField name={t('alerts.least')} hint={t('alerts.least.help', { value: Number(defaults.leastArticles) })}>
              <input type="number" min={0} max={100_000} value={draft.leastArticles} onChange={(event) => set({ leastArticles: event.target.value })} />
            </NumberField>
            <NumberField name={t(`alerts.hysteresis.${draft.kind}`)} hint={t('alerts.hysteresis.help', { value: Number(defaults.hysteresis) })}>
              <input inputMode="decimal" value={draft.hysteresis} onChange={(event) => set({ hysteresis: event.target.value })} />
            </NumberField>
          </>
        )}
        <NumberField name={t('alerts.hold')} hint={t('alerts.hold.help', { value: Number(defaults.holdHours) })}>
          <input type="number" min={1} max={24} value={draft.holdHours} onChange={(event) => set({ holdHours: event.target.value })} />
        </NumberField>
        <NumberField name={t('alerts.cooldown')} hint={t('alerts.cooldown.help', { value: Number(defaults.cooldownHours) })}>
          <input type="number" min={0} max={720} value={draft.cooldownHours} onChange={(event) => set({ cooldownHours: event.target.value })} />
        </NumberField>
        <label>
          <input type="checkbox" checked={draft.tellEnd} onChange={() => set({ tellEnd: !draft.tellEnd })} /> {t('alerts.tellEnd')}
        </label>
        <QuietFields draft={draft} set={set} />
      </div>
    </details>
  );
}

function NumberField({ name, hint, children }: { name: string; hint: string; children: ReactNode }) {
  return (
    <label className="field">
      <span>{name}</span>
      {children}
      <small className="muted">{hint}</small>
    </label>
  );
}

/** The hours without notices; setting a time switches them on. */
function QuietFields({ draft, set }: Omit<AdvancedProps, 'open'>) {
  return (
    <fieldset className="tell quiet-hours">
      <legend>{draft.quiet ? t('alerts.quietHours') : t('alerts.quietHours.off')}</legend>
      <label className="field">
        <span>{t('common.from')}</span>
        <input type="time" value={draft.quietFrom} onChange={(event) => set({ quietFrom: event.target.value.slice(0, 5), quiet: true })} />
      </label>
      <label className="field">
        <span>{t('common.to')}</span>
        <input type="time" value={draft.quietTo} onChange={(event) => set({ quietTo: event.target.value.slice(0, 5), quiet: true })} />
      </label>
      <TimeZoneField value={draft.quietZone} onChange={(quietZone) => set({ quietZone, quiet: true })} />
    </fieldset>
  );
}
