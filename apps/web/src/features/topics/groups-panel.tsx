import type { Breakdown } from '@barometer/http-api/contract';
import type { ReactNode } from 'react';
import { address } from '../../api/client';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { comparisonOfRows } from '../../format/row-usual';
import { t } from '../../i18n/translate';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery } from '../../state/view';
import { RowFigures, TopHeadline } from './topic-row';

/** The groups of sources side by side; a source in several groups counts in each. */
export function GroupsPanel({ choice }: { choice: ReactNode }) {
  const [view, change] = useView();
  const { data, error, stale, retry } = useResource<Breakdown>(
    address('/breakdown', { by: 'group', against: 'usual', ...scopeQuery(view), source: undefined, group: undefined }),
  );
  const rows = data?.by === 'group' ? data.rows : undefined;
  const against = rows && comparisonOfRows(rows);
  return (
    <Panel name="topics" title={t('groups.title')} stale={stale && !!rows} aside={<div className="actions">{choice}</div>}>
      {error && !rows && <ErrorNote text={t('unread.groups')} error={error} onRetry={retry} />}
      {!rows && !error && <Skeleton lines={5} className="skeleton-rows" />}
      {rows?.length === 0 && <EmptyNote>{t('groups.none')}</EmptyNote>}
      {rows && rows.length > 0 && (
        <table className="topics">
          <thead>
            <tr>
              <th scope="col">{t('common.group')}</th>
              <th scope="col" className="figure volume">
                {t('topics.volume')}
              </th>
              <th scope="col" className="figure tone-cell">
                {t('topics.tone')}
              </th>
              <th scope="col" className="trend">
                {t('topics.trend')}
              </th>
              <th scope="col" className="mover">
                {t('groups.strongest')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const chosen = view.group === row.id;
              return (
                <tr key={row.id} className={`${chosen ? 'chosen' : ''} ${row.volume === 0 ? 'quiet' : ''}`}>
                  <th scope="row">
                    <button
                      type="button"
                      className="link"
                      aria-pressed={chosen}
                      title={chosen ? t('source.showAll') : t('groups.only')}
                      onClick={() => change({ group: chosen ? undefined : row.id, source: undefined })}
                    >
                      {row.name}
                    </button>
                  </th>
                  <RowFigures row={row} against={against} />
                  <td className="mover">
                    <TopHeadline row={row} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
