import type { Breakdown, BreakdownRow, Figures, Mood, Period, Timeline, TimelineBucket, UsualRange } from '@barometer/reporting';
import type * as wire from '../contract';
import { isoPeriod, isoTime, keptSinceOf } from './time';

type ScopeAnswer = 'topic' | 'source' | 'group';

/** Figures in the form of answers: values that do not exist without articles are null. */
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

/** The period of figures; if more was requested than is kept, also where it begins. */
const knownOf = (period: Period, asked: Period) => ({ period: isoPeriod(period), ...keptSinceOf(period.from, asked.from) });

export function wireMood(mood: Mood, asked: Period): Omit<wire.Mood, 'sample' | ScopeAnswer> {
  const { period, change, observedHours, hours } = mood;
  const usual = wireUsual(mood.usual);
  return { ...knownOf(period, asked), ...figures(mood), ...wordOf(mood), change, ...usual, observedHours, hours };
}

const rangeOf = ({ low, high, mean }: UsualRange): wire.UsualRange => ({ low, high, mean });

function wireUsual(usual: Mood['usual']): Pick<wire.Mood, 'usual' | 'noUsual'> {
  if ('missing' in usual) return { usual: null, noUsual: usual.missing };
  const { percentile, standardScore, basis, days, word } = usual;
  return { usual: { ...rangeOf(usual), percentile, standardScore, basis, days, word } };
}

export function wireTimeline(timeline: Timeline, asked: Period): Omit<wire.Timeline, 'sample' | ScopeAnswer> {
  return {
    ...knownOf(timeline.period, asked),
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
  const { observed, importedHours, day } = bucket;
  return {
    ...isoPeriod(bucket),
    ...(day !== undefined && { day }),
    observed,
    imported: importedHours > 0,
    volume,
    counts,
    tone,
    standardError,
    usual: bucket.usual ? rangeOf(bucket.usual) : null,
  };
}

export function wireBreakdown({ period, by, rows, left }: Breakdown, asked: Period): Omit<wire.Breakdown, 'sample' | 'against' | ScopeAnswer> {
  return { ...knownOf(period, asked), by, rows: rows.map(wireRow), left };
}

function wireRow(row: BreakdownRow): wire.BreakdownRow {
  const { id, name, change, usual, ready, sparkline, topArticle: top } = row;
  const { volume, counts, shares, tone } = figures(row);
  const topArticle = top && {
    id: top.id,
    title: top.title,
    url: top.url,
    publishedAt: isoTime(top.journey.publishedAt),
    tone: top.sentiment?.tone ?? null,
  };
  return {
    id,
    name,
    volume,
    counts,
    shares,
    tone,
    ...wordOf(row),
    change,
    ...(usual && wireUsual(usual)),
    ready,
    sparkline: sparkline.map((tone) => tone && Math.round(tone * 1e4) / 1e4),
    ...(topArticle && { topArticle }),
  };
}
