import type { Timeline } from '@barometer/http-api/contract';
import { address } from '../../api/client';
import { formatTone } from '../../format/tone';
import { timeZone } from '../../format/times';
import { usualWordOf } from '../../format/usual';
import type { Catalog } from '../../state/use-catalog';
import { useResource } from '../../state/use-resource';
import { MOST_COMPARED, scopeQuery, withScope, type BucketName, type ComparedScope, type View } from '../../state/view';
import { chartBuckets, isGap, type ChartBucket } from './chart-data';

/** A line of the comparison. Its place (0 to 3) gives it its colour, dashes and mark. */
export interface ComparedLine {
  readonly place: number;
  readonly name: string;
  /** As long as the times of the chart. */
  readonly buckets: readonly ChartBucket[];
}

/** What a compared scope is called; a topic or source that is gone keeps its id. */
export function scopeName(scope: ComparedScope, { topicName, sourceName }: Pick<Catalog, 'topicName' | 'sourceName'>): string {
  const id = scope.slice(scope.indexOf(':') + 1);
  if (scope === 'all') return 'All articles';
  return scope.startsWith('topic:') ? topicName(id) : sourceName(id);
}

/** What the page itself is about, as the first line is called. */
export function viewName({ topic, source }: View, names: Pick<Catalog, 'topicName' | 'sourceName'>): string {
  if (topic && source) return `${names.topicName(topic)} in ${names.sourceName(source)}`;
  if (topic) return names.topicName(topic);
  return source ? names.sourceName(source) : 'All articles';
}

/** The compared scope that a view is, unless it is a topic in a source. */
export function scopeOf({ topic, source }: View): ComparedScope | undefined {
  if (topic && source) return undefined;
  if (topic) return `topic:${topic}`;
  return source ? `source:${source}` : 'all';
}

/** The timelines of the compared scopes; a fixed number of reads, of which the last ones may be idle. */
export function useComparedTimelines(view: View, bucket: BucketName): { readonly timelines: readonly (Timeline | undefined)[]; readonly error: Error | undefined; readonly stale: boolean; readonly retry: () => void } {
  const url = (place: number) => {
    const scope = view.compare?.[place];
    return scope && address('/timeline', { ...scopeQuery(withScope(view, scope)), bucket, tz: timeZone() });
  };
  const read = [useResource<Timeline>(url(0)), useResource<Timeline>(url(1)), useResource<Timeline>(url(2))].slice(0, Math.min(MOST_COMPARED, view.compare?.length ?? 0));
  const failed = read.filter(({ error, data }) => error && !data);
  return { timelines: read.map(({ data }) => data), error: failed[0]?.error, stale: read.some(({ stale }) => stale), retry: () => failed.forEach(({ retry }) => retry()) };
}

/** Lays another timeline along the times of the first one; a time that it does not have is empty. */
export function aligned(times: readonly ChartBucket[], timeline: Timeline): ChartBucket[] {
  const byStart = new Map(chartBuckets(timeline).map((bucket) => [bucket.from, bucket]));
  return times.map((time) => byStart.get(time.from) ?? { ...time, observed: false, volume: 0, negative: 0, neutral: 0, positive: 0, tone: null, usual: null });
}

/** What each line says of one time, in words. */
export function comparisonText(lines: readonly ComparedLine[], index: number): string {
  return lines
    .map(({ name, buckets }) => {
      const bucket = buckets[index];
      if (!bucket || isGap(bucket)) return `${name}: not watched`;
      if (bucket.tone === null) return `${name}: no articles`;
      return `${name}: ${formatTone(bucket.tone)}${bucket.usual ? `, ${usualWordOf(bucket.tone, bucket.usual)}` : ''}`;
    })
    .join(' · ');
}
