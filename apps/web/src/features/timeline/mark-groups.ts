import type { Mark } from '@barometer/http-api/contract';
import { formatDayAndClock } from '../../format/times';
import { language } from '../../i18n/language';
import { t } from '../../i18n/translate';
import type { ChartBucket } from './chart-data';

/** Marks that are too close to be shown separately. */
export interface MarkGroup {
  /** Counted from 1; shown on the chart and in the list below it. */
  readonly number: number;
  /** The bucket of its first mark. */
  readonly index: number;
  readonly marks: readonly Mark[];
}

/** Flags closer than this would overlap, in pixels. */
const APART = 24;

/** The bucket of a mark: the first one if the mark began earlier, -1 if it is not on the chart. */
function indexOf({ at, until }: Mark, buckets: readonly ChartBucket[]): number {
  const time = Date.parse(at);
  const first = buckets[0];
  if (first && time < first.from) return until === undefined || Date.parse(until) >= first.from ? 0 : -1;
  return buckets.findIndex(({ from, to }) => time >= from && time < to);
}

/** The marks in groups that fit side by side, with buckets `step` pixels apart. */
export function groupMarks(marks: readonly Mark[], buckets: readonly ChartBucket[], step: number): MarkGroup[] {
  const placed = marks
    .map((mark) => ({ mark, index: indexOf(mark, buckets) }))
    .filter(({ index }) => index >= 0)
    .sort((one, other) => one.index - other.index);
  const groups: { index: number; marks: Mark[] }[] = [];
  for (const { mark, index } of placed) {
    const last = groups.at(-1);
    if (last && (index - last.index) * step < APART) last.marks.push(mark);
    else groups.push({ index, marks: [mark] });
  }
  return groups.map((group, place) => ({ ...group, number: place + 1 }));
}

/**
 * The text of a mark. Notes are shown as written and the server's texts are English; in other languages the text is
 * made from the data of the mark.
 */
export function markText({ kind, text, source, count = 1 }: Mark, sourceName: (id: string) => string): string {
  if (kind === 'note' || language() === 'en') return text;
  if (kind === 'model') return t('marks.model');
  if (source !== undefined) return t(kind === 'source-added' ? 'marks.added' : 'marks.failing', { name: sourceName(source) });
  return t(kind === 'source-added' ? 'marks.addedMany' : 'marks.failingMany', { count });
}

/** When a mark began, and when it ended. */
export function markTime({ at, until, kind }: Mark): string {
  const begun = formatDayAndClock(Date.parse(at));
  if (until !== undefined) return t('timeline.span', { from: begun, to: formatDayAndClock(Date.parse(until)) });
  return kind === 'source-failing' ? t('marks.since', { time: begun }) : begun;
}

const marksAt = ({ marks }: MarkGroup, buckets: readonly ChartBucket[], index: number): readonly Mark[] =>
  marks.filter((mark) => indexOf(mark, buckets) === index);

/** The text of the marks at a bucket, for screen readers; empty if there are none. */
export const marksText = (groups: readonly MarkGroup[], buckets: readonly ChartBucket[], index: number): string =>
  groups
    .flatMap((group) => marksAt(group, buckets, index))
    .map(({ text }) => ` · ${text}`)
    .join('');

/** The numbers of the marks at a bucket, for readers who see the list: the texts would not fit into the line. */
export function marksNumbers(groups: readonly MarkGroup[], buckets: readonly ChartBucket[], index: number): string {
  const numbers = groups.filter((group) => marksAt(group, buckets, index).length > 0).map(({ number }) => number);
  return numbers.length === 0 ? '' : ` · ${t('marks.numbers', { count: numbers.length, list: numbers.join(', ') })}`;
}
