import type { Timeline } from '@barometer/http-api/contract';
import { useMemo } from 'react';
import { useAnnounce } from '../../components/announcer';
import { CloseIcon } from '../../components/icons';
import { ErrorNote } from '../../components/notes';
import { formatTone } from '../../format/tone';
import { useCatalog } from '../../state/use-catalog';
import { useView } from '../../state/use-view';
import { MOST_COMPARED, type BucketName, type ComparedScope } from '../../state/view';
import { bucketTime, chartBuckets, isGap } from './chart-data';
import { aligned, scopeName, scopeOf, useComparedTimelines, viewName, type ComparedLine } from './compared-scopes';
import { ComparisonChart } from './comparison-chart';
import { ScopeMark } from './scope-mark';
import { useWidth } from './use-width';

interface ComparisonProps {
  /** The timeline of what the page is about. */
  readonly timeline: Timeline;
  readonly bucket: BucketName;
  readonly onZoom: (from: number, to: number) => void;
}

/** What the page is about and up to three other scopes in one chart. */
export function Comparison({ timeline, bucket, onZoom }: ComparisonProps) {
  const [view] = useView();
  const catalog = useCatalog();
  const { timelines, error, stale, retry } = useComparedTimelines(view, bucket);
  const [follow, width] = useWidth();
  const lines = useMemo((): ComparedLine[] => {
    const times = chartBuckets(timeline);
    const others = (view.compare ?? []).flatMap((scope, index) => {
      const other = timelines[index];
      return other ? [{ place: index + 1, name: scopeName(scope, catalog), buckets: aligned(times, other) }] : [];
    });
    return [{ place: 0, name: viewName(view, catalog), buckets: times }, ...others];
    // The answers one by one, since their array is made anew on each render.
  }, [timeline, view, catalog, timelines[0], timelines[1], timelines[2]]);
  return (
    <div ref={follow} className={stale ? 'chart-frame stale' : 'chart-frame'}>
      {error && <ErrorNote what="A compared timeline" error={error} onRetry={retry} />}
      {width > 0 && <ComparisonChart lines={lines} modelChanges={timeline.modelChanges} width={width} onZoom={onZoom} />}
      <ul className="chart-legend" aria-label="Compared">
        <li><LineKey place={0} /> {lines[0]?.name}</li>
        {view.compare?.map((scope, index) => <ComparedItem key={scope} scope={scope} place={index + 1} />)}
        {lines.some(({ buckets }) => buckets.some(({ usual }) => usual)) && <li><span className="swatch usual" aria-hidden="true" /> usual range of each</li>}
      </ul>
      <ComparisonTable lines={lines} />
    </div>
  );
}

function ComparedItem({ scope, place }: { scope: ComparedScope; place: number }) {
  const [view, change] = useView();
  const name = scopeName(scope, useCatalog());
  const left = view.compare?.filter((other) => other !== scope);
  return (
    <li>
      <LineKey place={place} /> {name}
      <button type="button" className="icon remove-scope" aria-label={`Stop comparing ${name}`} onClick={() => change({ compare: left?.length ? left : undefined })}>
        <CloseIcon />
      </button>
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

/** Adds a topic, a source or all articles to the chart, as long as there is room. */
export function CompareChoice() {
  const [view, change] = useView();
  const announce = useAnnounce();
  const catalog = useCatalog();
  const compared = view.compare ?? [];
  if (compared.length >= MOST_COMPARED) return null;
  const shown = new Set<ComparedScope | undefined>([scopeOf(view), ...compared]);
  const offer = (kind: 'topic' | 'source', items: readonly { id: string; name: string }[] = []) =>
    items
      .map(({ id, name }) => ({ scope: `${kind}:${id}` as const, name }))
      .filter(({ scope }) => !shown.has(scope))
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ scope, name }) => <option key={scope} value={scope}>{name}</option>);
  const add = (scope: ComparedScope) => {
    change({ compare: [...compared, scope] });
    announce(`Comparing with ${scopeName(scope, catalog)}`);
  };
  return (
    <select aria-label="Compare with" className="compare-choice" value="" onChange={(event) => add(event.target.value as ComparedScope)}>
      <option value="" disabled hidden>Compare with …</option>
      {!shown.has('all') && <option value="all">All articles</option>}
      <optgroup label="Topics">{offer('topic', catalog.topics.data?.items)}</optgroup>
      <optgroup label="Sources">{offer('source', catalog.sources.data?.items)}</optgroup>
    </select>
  );
}

function ComparisonTable({ lines }: { lines: readonly ComparedLine[] }) {
  return (
    <table className="sr-only">
      <caption>Mean tones over time, compared</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          {lines.map(({ place, name }) => <th key={place} scope="col">{name}</th>)}
        </tr>
      </thead>
      <tbody>
        {lines[0]?.buckets.map((time, index) => (
          <tr key={time.from}>
            <th scope="row">{bucketTime(time)}</th>
            {lines.map(({ place, buckets }) => {
              const bucket = buckets[index];
              return <td key={place}>{!bucket || isGap(bucket) ? 'not watched' : bucket.tone === null ? 'none' : formatTone(bucket.tone)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
