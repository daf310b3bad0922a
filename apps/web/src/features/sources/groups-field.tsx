import { useId } from 'react';
import { t } from '../../i18n/translate';

/** The names in a text, one per line. */
export const groupsIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
export const groupsText = (groups: readonly string[]): string => groups.join('\n');

/** The groups of a source, one per line. */
export function GroupsField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const hint = useId();
  return (
    <label className="field">
      <span>{t('groups.field')}</span>
      <textarea rows={2} value={value} spellCheck={false} aria-describedby={hint} onChange={(event) => onChange(event.target.value)} />
      <small id={hint} className="muted">
        {t('groups.field.hint')}
      </small>
    </label>
  );
}
