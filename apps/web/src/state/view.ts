import type { Label } from '@barometer/http-api/contract';

export const periods = ['24h', '48h', '7d', '30d'] as const;
export type PeriodName = (typeof periods)[number];
export type BucketName = 'hour' | 'day';

/** All articles, or those of a topic or a source: `all`, `topic:energy`, `source:the-guardian`. */
export type ComparedScope = 'all' | `topic:${string}` | `source:${string}`;
/** Lines beside the first one; four in all can still be told apart. */
export const MOST_COMPARED = 3;

/** What the page shows. It lives in the address, so that it can be linked, reloaded and walked back. */
export interface View {
  readonly period: PeriodName;
  /** The stretch that the timeline is zoomed to, in milliseconds since 1970. */
  readonly zoom?: { readonly from: number; readonly to: number } | undefined;
  readonly bucket?: BucketName | undefined;
  readonly topic?: string | undefined;
  readonly source?: string | undefined;
  readonly label?: Label | undefined;
  readonly search?: string | undefined;
  /** What the timeline draws beside what the page is about, each a line of its own. */
  readonly compare?: readonly ComparedScope[] | undefined;
  /** Every article in a line of its own, also where several tell one story. */
  readonly apart?: true | undefined;
  /** The open article. */
  readonly article?: string | undefined;
}

export const defaultView: View = { period: '24h' };

const labels: readonly string[] = ['negative', 'neutral', 'positive'];
const slug = /^[a-z0-9][a-z0-9._-]{0,99}$/i;
const articleId = /^[a-z2-7]{26}$/;

/** Reads a view from a query string; what it does not understand it leaves out. */
export function readView(query: string): View {
  const given = new URLSearchParams(query);
  const matching = (name: string, pattern: RegExp) => {
    const value = given.get(name) ?? '';
    return pattern.test(value) ? value : undefined;
  };
  return {
    period: periods.find((period) => period === given.get('period')) ?? defaultView.period,
    zoom: readZoom(given.get('from'), given.get('to')),
    bucket: matching('bucket', /^(hour|day)$/) as BucketName | undefined,
    topic: matching('topic', slug),
    source: matching('source', slug),
    label: labels.find((label) => label === given.get('label')) as Label | undefined,
    search: given.get('q')?.trim().slice(0, 200) || undefined,
    compare: readCompared(given.getAll('compare')),
    apart: given.get('stories') === 'apart' ? true : undefined,
    article: matching('article', articleId),
  };
}

/** The query string of a view, empty for the default one. */
export function writeView(view: View): string {
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | undefined) => value && parameters.set(name, value);
  if (view.period !== defaultView.period) set('period', view.period);
  if (view.zoom) {
    set('from', new Date(view.zoom.from).toISOString());
    set('to', new Date(view.zoom.to).toISOString());
  }
  set('bucket', view.bucket);
  set('topic', view.topic);
  set('source', view.source);
  set('label', view.label);
  set('q', view.search);
  view.compare?.forEach((scope) => parameters.append('compare', scope));
  if (view.apart) set('stories', 'apart');
  set('article', view.article);
  const text = parameters.toString();
  return text && `?${text}`;
}

function readCompared(given: readonly string[]): View['compare'] {
  const known = given.filter((scope): scope is ComparedScope => scope === 'all' || (/^(topic|source):/.test(scope) && slug.test(scope.slice(scope.indexOf(':') + 1))));
  const scopes = [...new Set(known)].slice(0, MOST_COMPARED);
  return scopes.length > 0 ? scopes : undefined;
}

function readZoom(from: string | null, to: string | null): View['zoom'] {
  const start = Date.parse(from ?? '');
  const end = Date.parse(to ?? '');
  return start < end ? { from: start, to: end } : undefined;
}

/** The API's parameters for what a view is about: topic, source and time. */
export function scopeQuery(view: View): Record<string, string | undefined> {
  const time = view.zoom
    ? { from: new Date(view.zoom.from).toISOString(), to: new Date(view.zoom.to).toISOString() }
    : { period: view.period };
  return { topic: view.topic, source: view.source, ...time };
}

/** A compared scope in place of the view's own; period and zoom stay. */
export function withScope(view: View, scope: ComparedScope): View {
  const id = scope.slice(scope.indexOf(':') + 1);
  return { ...view, topic: scope.startsWith('topic:') ? id : undefined, source: scope.startsWith('source:') ? id : undefined };
}

/** The query of the feed that holds what a view lists; a feed has no period. */
export function feedQuery({ topic, source, label, search }: View): string {
  const parameters = new URLSearchParams(Object.entries({ topic, source, label, q: search }).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const text = parameters.toString();
  return text && `?${text}`;
}
