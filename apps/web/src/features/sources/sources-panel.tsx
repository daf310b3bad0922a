import { useState } from 'react';
import { API } from '../../api/client';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { plural } from '../../format/numbers';
import { useCatalog } from '../../state/use-catalog';
import { useMayWrite } from '../../state/use-connection';
import { AddSource } from './add-source';
import { ImportOpml } from './import-opml';
import { SourceRow } from './source-row';
import { byConcern, healthLine } from './source-words';

const FEW = 9;
/** So many more are shown at once; a button would not save their place. */
const A_FEW_MORE = 3;

/** Where the news comes from, and how each source is. */
export function SourcesPanel() {
  const { sources } = useCatalog();
  const mayWrite = useMayWrite();
  const [dialog, setDialog] = useState<'add' | 'import'>();
  const [all, setAll] = useState(false);
  const items = sources.data && [...sources.data.items].sort(byConcern);
  const troubled = items?.filter(({ state }) => state === 'failing').length ?? 0;
  const few = Math.max(FEW, Math.min(troubled, 12));
  const folds = (items?.length ?? 0) > few + A_FEW_MORE;
  const shown = all || !folds ? items : items?.slice(0, few);
  return (
    <Panel name="sources" title="Sources" aside={<p className="panel-note number">{items && healthLine(items)}</p>}>
      <div id="sources" tabIndex={-1}>
        {sources.error && !items && <ErrorNote what="The sources" error={sources.error} onRetry={sources.retry} />}
        {!items && !sources.error && <Skeleton lines={6} className="skeleton-rows" />}
        {items?.length === 0 && <EmptyNote>There is no source yet. Add the address of a feed, or import a list from another reader.</EmptyNote>}
        <ul className="sources">{shown?.map((source) => <SourceRow key={source.id} source={source} />)}</ul>
        {items && shown && items.length > shown.length && (
          <button type="button" className="small quiet" onClick={() => setAll(true)}>Show all {plural(items.length, 'source')}</button>
        )}
        {all && folds && <button type="button" className="small quiet" onClick={() => setAll(false)}>Show fewer</button>}
      </div>
      <div className="actions">
        {mayWrite && <button type="button" className="small" onClick={() => setDialog('add')}>Add source</button>}
        {mayWrite && <button type="button" className="small" onClick={() => setDialog('import')}>Import OPML</button>}
        <a className="button small" href={`${API}/sources.opml`} download="barometer-sources.opml">Export OPML</a>
      </div>
      {dialog === 'add' && <AddSource onClose={() => setDialog(undefined)} />}
      {dialog === 'import' && <ImportOpml onClose={() => setDialog(undefined)} />}
    </Panel>
  );
}
