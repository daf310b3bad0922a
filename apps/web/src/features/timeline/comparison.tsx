import type { Marks, Timeline } from '@barometer/http-api/contract';
import { useMemo } from 'react';
import { ActionButton } from '../../components/action-button';
import { useAnnounce } from '../../components/announcer';
import { CloseIcon } from '../../components/icons';
import { ErrorNote } from '../../components/notes';
import { formatTone } from '../../format/tone';
import { perLocale } from '../../i18n/language';
import { t } from '../../i18n/translate';
import { groupNames } from '../../state/groups';
import { useCatalog } from '../../state/use-catalog';
import { useView } from '../../state/use-view';
import { MOST_COMPARED, scopeOf, type BucketName, type ComparedScope, type View } from '../../state/view';
import { bucketTime, chartBuckets, isGap } from './chart-data';
import { aligned, scopeName, useComparedTimelines, viewName, type ComparedLine } from './compared-scopes';
import { groupsAt } from './chart-scales';
import { ComparisonChart } from './comparison-chart';
import { MarkList } from './mark-list';
import { ScopeMark } from './scope-mark';
import { useWidth } from './use-width';

interface ComparisonProps {
  /** The timeline of the page's own scope. */
  readonly timeline: Timeline;
  readonly marks: Pick<Marks, 'items' | 'left'>;
  readonly bucket: BucketName;
  readonly onZoom: (from: number, to: number) => void;
}

/** The page's own scope and up to three others in one chart. */
export function Comparison({ timeline, marks, bucket, onZoom }: ComparisonProps) {
  const [view, change] = useView();
  const catalog = useCatalog();
  const { timelines, error, unread, stale, retry } = useComparedTimelines(view, bucket);
  const [follow, width] = useWidth();
  const lines = useMemo((): ComparedLine[] => {
    const times = chartBuckets(timeline);
    const others = (view.compare ?? []).flatMap((scope, index) => {
      const other = timelines[index];
      return other ? [{ place: index + 1, name: scopeName(scope, catalog), buckets: aligned(times, other) }] : [];
    });
    return [{ place: 0, name: viewName(view, catalog), buckets: times }, ...others];
    // The answers one by one, since their array is a new one on each render.
  }, [timeline, view, catalog, timelines[0], timelines[1], timelines[2]]);
  const times = lines[0]?.buckets;
  const groups = useMemo(() => groupsAt(marks.items, times ?? [], width), [marks, times, width]);
  return (
    <div ref={follow} className={stale ? 'chart-frame stale' : 'chart-frame'}>
      {error && (
        <ErrorNote
          text={t('unread.compared')}
          error={error}
          onRetry={retry}
          leave={{
            text: t('compare.stop', { name: listOf().format(unread.map((scope) => scopeName(scope, catalog))) }),
            act: () => change(without(view, unread)),
          }}
        />
      )}
      {width > 0 && <ComparisonChart lines={lines} groups={groups} width={width} onZoom={onZoom} />}
      <ul className="chart-legend" aria-label={t('compare.legend')}>
        <li>
          <LineKey place={0} /> {lines[0]?.name}
        </li>
        {view.compare?.map((scope, index) => (
          <ComparedItem key={scope} scope={scope} place={index + 1} />
        ))}
        <UsualRanges lines={lines} />
      </ul>
      <MarkList groups={groups} left={marks.left} />
      <ComparisonTable lines={lines} />
    </div>
  );
}

const listOf = perLocale((locale) => new Intl.ListFormat(locale));

/** Says which lines have a band, so that the band of some is not taken for one of all, or that there is none. */
function UsualRanges({ lines }: { lines: readonly ComparedLine[] }) {
  const namesWhere = (isKnown: boolean) => lines.filter(({ buckets }) => buckets.some(({ usual }) => usual) === isKnown).map(({ name }) => name);
  const [known, unknown] = [namesWhere(true), namesWhere(false)];
  return (
    <>
      {known.length > 0 && (
        <li>
          <span className="swatch usual" aria-hidden="true" />{' '}
          {unknown.length === 0 ? t('compare.usual') : t('compare.usual.some', { names: listOf().format(known) })}
        </li>
      )}
      {unknown.length > 0 && <li>{known.length === 0 ? t('compare.usual.none') : t('compare.usual.unknown', { names: listOf().format(unknown) })}</li>}
    </>
  );
}

/** The view without some of what it compares with. */
function without({ compare = [] }: View, scopes: readonly ComparedScope[]): Pick<View, 'compare'> {
  const left = compare.filter((scope) => !scopes.includes(scope));
  return { compare: left.length > 0 ? left : undefined };
}

function ComparedItem({ scope, place }: { scope: ComparedScope; place: number }) {
  const [view, change] = useView();
  const name = scopeName(scope, useCatalog());
  return (
    <li>
      <LineKey place={place} /> {name}
      <ActionButton className="icon remove-scope" aria-label={t('compare.stop', { name })} onClick={() => change(without(view, [scope]))}>
        <CloseIcon />
      </ActionButton>
    </li>
  );
}

/** The line and mark of a compared scope, for the legend. */
function LineKey({ place }: { place: number }) {
  return (
    <svg className={`line-key scope-${place}`} width="26" height="12" aria-hidden="true">
      <path className="scope-line" d="M0,6h26" />
      <ScopeMark place={place} x={13} y={6} />
    </svg>
  );
}

/** Adds a topic, a group, a source or all articles to the chart, while there is room. */
export function CompareChoice() {
  const [view, change] = useView();
  const announce = useAnnounce();
  const catalog = useCatalog();
  const compared = view.compare ?? [];
  if (compared.length >= MOST_COMPARED) return null;
  const shown = new Set<ComparedScope | undefined>([scopeOf(view), ...compared]);
  const groups = groupNames(catalog.sources.data?.items).map((name) => ({ id: name, name }));
  const offer = (kind: 'topic' | 'source' | 'group', items: readonly { id: string; name: string }[] = []) =>
    items
      .map(({ id, name }) => ({ scope: `${kind}:${id}` as const, name }))
      .filter(({ scope }) => !shown.has(scope))
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ scope, name }) => (
        <option key={scope} value={scope}>
          {name}
        </option>
      ));
  const add = (scope: ComparedScope) => {
    change({ compare: [...compared, scope] });
    announce(t('compare.added', { name: scopeName(scope, catalog) }));
  };
  return (
    <select aria-label={t('compare.with')} className="compare-choice" value="" onChange={(event) => add(event.target.value as ComparedScope)}>
      <option value="" disabled hidden>
        {t('compare.withAsk')}
      </option>
      {!shown.has('all') && <option value="all">{t('scope.allArticles')}</option>}
      <optgroup label={t('topics.title')}>{offer('topic', catalog.topics.data?.items)}</optgroup>
      {groups.length > 0 && <optgroup label={t('groups.title')}>{offer('group', groups)}</optgroup>}
      <optgroup label={t('sources.title')}>{offer('source', catalog.sources.data?.items)}</optgroup>
    </select>
  );
}

function ComparisonTable({ lines }: { lines: readonly ComparedLine[] }) {
  return (
    <table className="sr-only">
      <caption>{t('compare.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('timeline.table.time')}</th>
          {lines.map(({ place, name }) => (
            <th key={place} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines[0]?.buckets.map((time, index) => (
          <tr key={time.from}>
            <th scope="row">{bucketTime(time)}</th>
            {lines.map(({ place, buckets }) => {
              const bucket = buckets[index];
              return (
                <td key={place}>{!bucket || isGap(bucket) ? t('common.notWatched') : bucket.tone === null ? t('common.none') : formatTone(bucket.tone)}</td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
