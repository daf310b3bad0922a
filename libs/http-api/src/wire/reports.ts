import type { Breakdown, BreakdownRow, Figures, Mood, Timeline, TimelineBucket, UsualRange } from '@barometer/reporting';
import type * as wire from '../contract';
import { isoPeriod, isoTime } from './time';

/** Figures as the wire has them: what cannot be said of no articles is null. */
function figures({ counts, volume, shares, tone, standardError }: Figures) {
  return {
    volume,
    counts: { negative: counts.negative, neutral: counts.neutral, positive: counts.positive },
    shares: volume === 0 ? null : shares,
    tone: tone ?? null,
    standardError: standardError ?? null,
  };
}

const wordOf = ({ word }: { readonly word?: wire.ToneWord }) => (word === undefined ? {} : { word });

export function wireMood(mood: Mood): Omit<wire.Mood, 'sample' | 'topic' | 'source'> {
  const { period, change, observedHours, hours } = mood;
  const usual = wireUsual(mood.usual);
  return { period: isoPeriod(period), ...figures(mood), ...wordOf(mood), change, ...usual, observedHours, hours };
}

const rangeOf = ({ low, high, mean }: UsualRange): wire.UsualRange => ({ low, high, mean });

function wireUsual(usual: Mood['usual']): Pick<wire.Mood, 'usual' | 'noUsual'> {
  if ('missing' in usual) return { usual: null, noUsual: usual.missing };
  const { percentile, standardScore, basis, days, word } = usual;
  return { usual: { ...rangeOf(usual), percentile, standardScore, basis, days, word } };
}

export function wireTimeline(timeline: Timeline): Omit<wire.Timeline, 'sample' | 'topic' | 'source'> {
  return {
    period: isoPeriod(timeline.period),
    bucket: timeline.bucket,
    tz: timeline.timeZone,
    ...(timeline.dayBegins !== undefined && { dayBegins: timeline.dayBegins }),
    ...('missing' in timeline.usual ? { usual: null, noUsual: timeline.usual.missing } : { usual: timeline.usual }),
    buckets: timeline.buckets.map(wireBucket),
    modelChanges: timeline.modelChanges.map(({ at, model }) => ({ at: isoTime(at), model })),
  };
}

function wireBucket(bucket: TimelineBucket): wire.TimelineBucket {
  const { volume, counts, tone, standardError } = figures(bucket);
  const { observed, day } = bucket;
  return { ...isoPeriod(bucket), ...(day !== undefined && { day }), observed, volume, counts, tone, standardError, usual: bucket.usual ? rangeOf(bucket.usual) : null };
}

export function wireBreakdown({ period, by, rows, left }: Breakdown): Omit<wire.Breakdown, 'sample' | 'topic' | 'source'> {
  return { period: isoPeriod(period), by, rows: rows.map(wireRow), left };
}

function wireRow(row: BreakdownRow): wire.BreakdownRow {
  const { id, name, change, ready, sparkline, topArticle: top } = row;
  const { volume, counts, shares, tone } = figures(row);
  const topArticle = top && {
    id: top.id, title: top.title, url: top.url, publishedAt: isoTime(top.journey.publishedAt), tone: top.sentiment?.tone ?? null,
  };
  return { id, name, volume, counts, shares, tone, ...wordOf(row), change, ready, sparkline: sparkline.map((tone) => tone && Math.round(tone * 1e4) / 1e4), ...(topArticle && { topArticle }) };
}
