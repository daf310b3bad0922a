import type { ReactNode } from 'react';
import { CloseIcon } from '../../components/icons';
import { formatSpan } from '../../format/times';
import { useCatalog } from '../../state/use-catalog';
import { useView } from '../../state/use-view';
import { periods, type PeriodName } from '../../state/view';
import { periodLabels } from './period-labels';

/** What the whole page is about: the period, a topic, a source. */
export function Filters() {
  const [view, change] = useView();
  const { sources, topics } = useCatalog();
  return (
    <div className="filters" role="group" aria-label="Filters">
      <Choice label="Period" value={view.period} onChange={(period) => change({ period: period as PeriodName, zoom: undefined, bucket: undefined })}>
        {periods.map((period) => (
          <option key={period} value={period}>
            {periodLabels[period].option}
          </option>
        ))}
      </Choice>
      <Choice label="Topic" value={view.topic ?? ''} onChange={(topic) => change({ topic: topic || undefined })}>
        <Options all="All topics" items={topics.data?.items} chosen={view.topic} />
      </Choice>
      <Choice label="Source" value={view.source ?? ''} onChange={(source) => change({ source: source || undefined })}>
        <Options all="All sources" items={sources.data?.items} chosen={view.source} />
      </Choice>
      {view.zoom && (
        <button type="button" className="chip" onClick={() => change({ zoom: undefined })} aria-label={`Zoomed to ${formatSpan(view.zoom.from, view.zoom.to)}. Show the whole period`}>
          <span className="number">{formatSpan(view.zoom.from, view.zoom.to)}</span>
          <CloseIcon />
        </button>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <select aria-label={label} className={value && label !== 'Period' ? 'chosen' : ''} value={value} onChange={(event) => onChange(event.target.value)}>
      {children}
    </select>
  );
}

interface OptionsProps {
  readonly all: string;
  readonly items: readonly { id: string; name: string }[] | undefined;
  readonly chosen: string | undefined;
}

function Options({ all, items = [], chosen }: OptionsProps) {
  const sorted = [...items].sort((a, b) => a.name.localeCompare(b.name));
  const unknown = chosen && !items.some(({ id }) => id === chosen);
  return (
    <>
      <option value="">{all}</option>
      {unknown && <option value={chosen}>{chosen}</option>}
      {sorted.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </>
  );
}
