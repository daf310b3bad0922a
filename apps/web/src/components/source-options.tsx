import type { Source } from '@barometer/http-api/contract';
import { t } from '../i18n/translate';
import { groupNames } from '../state/groups';

const GROUP = 'group:';

/** The value of a source or a group in a select that offers both. */
export const sourceChoice = ({ source, group }: { readonly source?: string | undefined; readonly group?: string | undefined }): string =>
  group ? `${GROUP}${group}` : (source ?? '');

/** The source or group of a selected value; neither where all are selected. */
export const chosenSource = (value: string): { readonly source: string | undefined; readonly group: string | undefined } =>
  value.startsWith(GROUP) ? { source: undefined, group: value.slice(GROUP.length) } : { source: value || undefined, group: undefined };

interface SourceOptionsProps {
  readonly items: readonly Source[] | undefined;
  /** The selected value, kept even if no such source or group is known (any more). */
  readonly chosen: string;
}

/** All sources, the groups, and each source, as options of one select. */
export function SourceOptions({ items = [], chosen }: SourceOptionsProps) {
  const groups = groupNames(items);
  const sources = [...items].sort((a, b) => a.name.localeCompare(b.name));
  const { source, group } = chosenSource(chosen);
  const isUnknown = (source !== undefined && !items.some(({ id }) => id === source)) || (group !== undefined && !groups.includes(group));
  const each = sources.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
  return (
    <>
      <option value="">{t('common.allSources')}</option>
      {isUnknown && <option value={chosen}>{group ?? source}</option>}
      {groups.length > 0 && (
        <optgroup label={t('groups.title')}>
          {groups.map((name) => (
            <option key={name} value={sourceChoice({ group: name })}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
      {groups.length > 0 ? <optgroup label={t('sources.title')}>{each}</optgroup> : each}
    </>
  );
}
