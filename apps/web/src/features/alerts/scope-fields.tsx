import type { AlertRule } from '@barometer/http-api/contract';
import { chosenSource, sourceChoice, SourceOptions } from '../../components/source-options';
import { scopeText } from '../../format/scope';
import { t } from '../../i18n/translate';
import { useCatalog, type Catalog } from '../../state/use-catalog';

/** A scope as selected; empty means all. */
interface ScopeDraft {
  readonly topicId: string;
  readonly sourceId: string;
  readonly group: string;
}

/** A choice of scope: a topic, a source or a group of sources, a topic in one of these, or everything. */
export function ScopeFields({ draft, set }: { readonly draft: ScopeDraft; readonly set: (change: Partial<ScopeDraft>) => void }) {
  const { topics, sources } = useCatalog();
  const chosen = sourceChoice({ source: draft.sourceId, group: draft.group });
  const choose = (value: string) => {
    const { source = '', group = '' } = chosenSource(value);
    set({ sourceId: source, group });
  };
  return (
    <>
      <label className="field">
        <span>{t('common.topic')}</span>
        <select value={draft.topicId} onChange={(event) => set({ topicId: event.target.value })}>
          <option value="">{t('common.allTopics')}</option>
          {topics.data?.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('common.source')}</span>
        <select value={chosen} onChange={({ target }) => choose(target.value)}>
          <SourceOptions items={sources.data?.items} chosen={chosen} />
        </select>
      </label>
    </>
  );
}

/** The name of a scope. */
export function scopeLabel({ topicId, sourceId, group }: AlertRule['scope'], { topicName, sourceName }: Pick<Catalog, 'topicName' | 'sourceName'>): string {
  return scopeText(topicId && topicName(topicId), sourceId ? sourceName(sourceId) : group) ?? t('common.allNews');
}

/** The scope that a draft describes. */
export const scopeOfDraft = ({ topicId, sourceId, group }: ScopeDraft): AlertRule['scope'] => ({
  ...(topicId && { topicId }),
  ...(sourceId && { sourceId }),
  ...(group && { group }),
});
