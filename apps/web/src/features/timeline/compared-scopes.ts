import type { Timeline } from '@barometer/http-api/contract';
import { address } from '../../api/client';
import { scopeText } from '../../format/scope';
import { formatTone } from '../../format/tone';
import { timeZone } from '../../format/times';
import { usualWordOf } from '../../format/usual';
import { t } from '../../i18n/translate';
import type { Catalog } from '../../state/use-catalog';
import { useResource } from '../../state/use-resource';
import { MOST_COMPARED, scopeQuery, withScope, type BucketName, type ComparedScope, type View } from '../../state/view';
import { chartBuckets, isGap, type ChartBucket } from './chart-data';

/** A line of the comparison. Its place (0 to 3) decides its colour, dashes and mark. */
export interface ComparedLine {
  readonly place: number;
  readonly name: string;
  /** As many as the chart has times. */
  readonly buckets: readonly ChartBucket[];
}

/** The name of a compared scope; a topic or source that no longer exists is called by its id. */
export function scopeName(scope: ComparedScope, { topicName, sourceName }: Pick<Catalog, 'topicName' | 'sourceName'>): string {
  const id = scope.slice(scope.indexOf(':') + 1);
  if (scope === 'all') return t('scope.allArticles');
  if (scope.startsWith('group:')) return id;
  return scope.startsWith('topic:') ? topicName(id) : sourceName(id);
}

/** The name of the page's own scope, which is the first line. */
export function viewName({ topic, source, group }: Pick<View, 'topic' | 'source' | 'group'>, names: Pick<Catalog, 'topicName' | 'sourceName'>): string {
  return scopeText(topic && names.topicName(topic), source ? names.sourceName(source) : group) ?? t('scope.allArticles');
}

/** The timelines of the compared scopes; always the same number of reads (a rule of hooks), of which the last ones may be idle. */
export function useComparedTimelines(
  view: View,
  bucket: BucketName,
): {
  readonly timelines: readonly (Timeline | undefined)[];
  readonly error: Error | undefined /** Those of which nothing could be read. */;
  readonly unread: readonly ComparedScope[];
  readonly stale: boolean;
  readonly retry: () => void;
} {
  const url = (place: number) => {
    const scope = view.compare?.[place];
    return scope && address('/timeline', { ...scopeQuery(withScope(view, scope)), bucket, tz: timeZone() });
  };
  const read = [useResource<Timeline>(url(0)), useResource<Timeline>(url(1)), useResource<Timeline>(url(2))].slice(
    0,
    Math.min(MOST_COMPARED, view.compare?.length ?? 0),
  );
  const failed = read.filter(({ error, data }) => error && !data);
  return {
    timelines: read.map(({ data }) => data),
    error: failed[0]?.error,
    unread: (view.compare ?? []).filter((_, place) => failed.some((one) => one === read[place])),
    stale: read.some(({ stale }) => stale),
    retry: () => failed.forEach(({ retry }) => retry()),
  };
}

/** Aligns another timeline with the times of the first one; a time that it lacks is empty. */
export function aligned(times: readonly ChartBucket[], timeline: Timeline): ChartBucket[] {
  const byStart = new Map(chartBuckets(timeline).map((bucket) => [bucket.from, bucket]));
  return times.map((time) => byStart.get(time.from) ?? { ...time, observed: false, volume: 0, negative: 0, neutral: 0, positive: 0, tone: null, usual: null });
}

/** The figures of each line at one time, in words. */
export function comparisonText(lines: readonly ComparedLine[], index: number): string {
  return lines
    .map(({ name, buckets }) => {
      const bucket = buckets[index];
      if (!bucket || isGap(bucket)) return t('compare.of', { name, value: t('common.notWatched') });
      if (bucket.tone === null) return t('compare.of', { name, value: t('bucket.none') });
      const value = formatTone(bucket.tone);
      return bucket.usual
        ? t('compare.ofUsual', { name, value, usual: t(`usual.word.${usualWordOf(bucket.tone, bucket.usual)}`) })
        : t('compare.of', { name, value });
    })
    .join(' · ');
}
