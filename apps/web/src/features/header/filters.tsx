import type { ReactNode } from 'react';
import { ActionButton } from '../../components/action-button';
import { CloseIcon } from '../../components/icons';
import { chosenSource, sourceChoice, SourceOptions } from '../../components/source-options';
import { formatSpan } from '../../format/times';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { usePeriods } from '../../state/use-periods';
import { useView } from '../../state/use-view';
import { periods, type PeriodName } from '../../state/view';

/** The scope of the whole page: the period, a topic, a source or a group of sources. */
export function Filters() {
  const [view, change] = useView();
  const { sources, topics } = useCatalog();
  const kept = usePeriods();
  return (
    <div className="filters" role="group" aria-label={t('head.filters')}>
      <Choice label={t('head.period')} value={view.period} onChange={(period) => change({ period: period as PeriodName, zoom: undefined, bucket: undefined })}>
        {periods
          .filter((period) => period === view.period || kept.includes(period))
          .map((period) => (
            <option key={period} value={period}>
              {t(`period.${period}`)}
            </option>
          ))}
      </Choice>
      <Choice label={t('common.topic')} chosen={!!view.topic} value={view.topic ?? ''} onChange={(topic) => change({ topic: topic || undefined })}>
        <TopicOptions items={topics.data?.items} chosen={view.topic} />
      </Choice>
      <Choice label={t('common.source')} chosen={!!(view.source ?? view.group)} value={sourceChoice(view)} onChange={(value) => change(chosenSource(value))}>
        <SourceOptions items={sources.data?.items} chosen={sourceChoice(view)} />
      </Choice>
      {view.zoom && (
        <ActionButton
          className="chip"
          onClick={() => change({ zoom: undefined })}
          aria-label={t('head.zoomed', { span: formatSpan(view.zoom.from, view.zoom.to) })}
        >
          <span className="number">{formatSpan(view.zoom.from, view.zoom.to)}</span>
          <CloseIcon />
        </ActionButton>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  /** Whether this filter is set. */
  readonly chosen?: boolean;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

function Choice({ label, value, chosen = false, onChange, children }: ChoiceProps) {
  return (
    <select aria-label={label} className={chosen ? 'chosen' : ''} value={value} onChange={(event) => onChange(event.target.value)}>
      {children}
    </select>
  );
}

interface OptionsProps {
  readonly items: readonly { id: string; name: string }[] | undefined;
  readonly chosen: string | undefined;
}

function TopicOptions({ items = [], chosen }: OptionsProps) {
  const sorted = [...items].sort((a, b) => a.name.localeCompare(b.name));
  const unknown = chosen && !items.some(({ id }) => id === chosen);
  return (
    <>
      <option value="">{t('common.allTopics')}</option>
      {unknown && <option value={chosen}>{chosen}</option>}
      {sorted.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </>
  );
}
