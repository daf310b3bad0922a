import { useState } from 'react';
import { API } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { lazyPart } from '../../components/lazy-part';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useMayWrite } from '../../state/use-connection';
import { ReadingOnly } from '../account/reading-only';
import { SourceRow } from './source-row';
import { byConcern, healthLine } from './source-words';

const ImportOpml = lazyPart(async () => (await import('../dialogs')).ImportOpml);
const AddSource = lazyPart(async () => (await import('../dialogs')).AddSource);
const ManageSources = lazyPart(async () => (await import('../dialogs')).ManageSources);

const FEW = 9;
/** If only so many more sources remain, they are shown at once: a button would take as much room. */
const A_FEW_MORE = 3;

/** The sources of the news, and the state of each. */
export function SourcesPanel() {
  const { sources } = useCatalog();
  const mayWrite = useMayWrite();
  const [dialog, setDialog] = useState<'add' | 'import' | 'manage'>();
  const [all, setAll] = useState(false);
  const items = sources.data && [...sources.data.items].sort(byConcern);
  const troubled = items?.filter(({ state }) => state === 'failing').length ?? 0;
  const few = Math.max(FEW, Math.min(troubled, 12));
  const folds = (items?.length ?? 0) > few + A_FEW_MORE;
  const shown = all || !folds ? items : items?.slice(0, few);
  return (
    <Panel name="sources" title={t('sources.title')} aside={<p className="panel-note number">{items && healthLine(items)}</p>}>
      <div id="sources" tabIndex={-1}>
        {sources.error && !items && <ErrorNote text={t('unread.sources')} error={sources.error} onRetry={sources.retry} />}
        {!items && !sources.error && <Skeleton lines={6} className="skeleton-rows" />}
        {items?.length === 0 && <EmptyNote>{t('sources.none')}</EmptyNote>}
        <ul className="sources">
          {shown?.map((source) => (
            <SourceRow key={source.id} source={source} />
          ))}
        </ul>
        {items && shown && items.length > shown.length && (
          <ActionButton className="small quiet" onClick={() => setAll(true)}>
            {t('sources.showAll', { count: items.length })}
          </ActionButton>
        )}
        {all && folds && (
          <ActionButton className="small quiet" onClick={() => setAll(false)}>
            {t('sources.showFewer')}
          </ActionButton>
        )}
      </div>
      <div className="actions">
        {mayWrite && (
          <button type="button" className="small" onClick={() => setDialog('add')}>
            {t('sources.add')}
          </button>
        )}
        {mayWrite && (
          <button type="button" className="small" onClick={() => setDialog('import')}>
            {t('sources.import')}
          </button>
        )}
        {(items?.length ?? 0) > 0 && (
          <button type="button" className="small" onClick={() => setDialog('manage')}>
            {mayWrite ? t('manage.open') : t('manage.openToRead')}
          </button>
        )}
        <ReadingOnly panel="sources" />
        <a className="button small" href={`${API}/sources.opml`} download="barometer-sources.opml">
          {t('sources.export')}
        </a>
      </div>
      {dialog === 'add' && <AddSource onClose={() => setDialog(undefined)} />}
      {dialog === 'manage' && <ManageSources onClose={() => setDialog(undefined)} />}
      {dialog === 'import' && <ImportOpml onClose={() => setDialog(undefined)} />}
    </Panel>
  );
}
