import { EmptyNote } from '../../components/notes';
import { useCatalog } from '../../state/use-catalog';
import { useView } from '../../state/use-view';
import { periodLabels } from '../header/period-labels';

/** Why the list is empty, and the next step out of it. */
export function NoArticles() {
  const [view, change] = useView();
  const { sources } = useCatalog();
  const wider = periodLabels[view.period].wider;
  const narrowed = view.search ?? view.label ?? view.topic ?? view.source;
  if (sources.data?.items.length === 0) return <EmptyNote actions={<a className="button" href="#sources">Go to the sources</a>}>There is no source yet. Add a feed, and its articles appear here.</EmptyNote>;
  return (
    <EmptyNote
      actions={
        <>
          {narrowed && (
            <button type="button" onClick={() => change({ search: undefined, label: undefined, topic: undefined, source: undefined })}>Clear the filters</button>
          )}
          {view.zoom && <button type="button" onClick={() => change({ zoom: undefined })}>Show the whole period</button>}
          {!view.zoom && wider && <button type="button" onClick={() => change({ period: wider, bucket: undefined })}>Show {periodLabels[wider].words}</button>}
        </>
      }
    >
      {narrowed ? 'No article fits these filters.' : 'No article lies in this period.'}
    </EmptyNote>
  );
}
