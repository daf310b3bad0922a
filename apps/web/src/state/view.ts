import type { Label } from '@barometer/http-api/contract';
import { readGroup } from './groups';

export const periods = ['24h', '48h', '7d', '30d'] as const;
export type PeriodName = (typeof periods)[number];
export type BucketName = 'hour' | 'day';

/** All articles, or those of a topic, a source or a group of sources: `all`, `topic:energy`, `source:the-guardian`, `group:News/World`. */
export type ComparedScope = 'all' | `topic:${string}` | `source:${string}` | `group:${string}`;
/** Lines besides the first one; four in all can still be told apart. */
export const MOST_COMPARED = 3;

/** What the page shows. It is kept in the address, so that it can be linked, reloaded and undone with the back button. */
export interface View {
  readonly period: PeriodName;
  /** The range that the timeline is zoomed to, in milliseconds since 1970. */
  readonly zoom?: { readonly from: number; readonly to: number } | undefined;
  readonly bucket?: BucketName | undefined;
  readonly topic?: string | undefined;
  readonly source?: string | undefined;
  /** A group of sources, by name; never together with a source. */
  readonly group?: string | undefined;
  /** Shows the groups side by side instead of the topics. */
  readonly by?: 'group' | undefined;
  readonly label?: Label | undefined;
  readonly search?: string | undefined;
  /** Scopes that the timeline draws in addition to the page's own, one line each. */
  readonly compare?: readonly ComparedScope[] | undefined;
  /** Every article in its own row, even if several belong to one story. */
  readonly apart?: true | undefined;
  /** The open story, among the biggest ones. */
  readonly story?: string | undefined;
  /** The open article. */
  readonly article?: string | undefined;
}

export const defaultView: View = { period: '24h' };

const labels: readonly string[] = ['negative', 'neutral', 'positive'];
const slug = /^[a-z0-9][a-z0-9._-]{0,99}$/i;
const articleId = /^[a-z2-7]{26}$/;

/** Reads a view from a query string; invalid parts are ignored. */
export function readView(query: string): View {
  const given = new URLSearchParams(query);
  const matching = (name: string, pattern: RegExp) => {
    const value = given.get(name) ?? '';
    return pattern.test(value) ? value : undefined;
  };
  const view: View = {
    period: periods.find((period) => period === given.get('period')) ?? defaultView.period,
    zoom: readZoom(given.get('from'), given.get('to')),
    bucket: matching('bucket', /^(hour|day)$/) as BucketName | undefined,
    topic: matching('topic', slug),
    source: matching('source', slug),
    group: matching('source', slug) ? undefined : readGroup(given.get('group')),
    by: given.get('by') === 'group' ? 'group' : undefined,
    label: labels.find((label) => label === given.get('label')) as Label | undefined,
    search: given.get('q')?.trim().slice(0, 200) || undefined,
    apart: given.get('stories') === 'apart' ? true : undefined,
    story: matching('story', articleId),
    article: matching('article', articleId),
  };
  return changedView(view, { compare: given.getAll('compare').filter(isScope) });
}

/** A view after a change. It compares no scope twice, not even with its own. */
export function changedView(view: View, change: Partial<View>): View {
  const next = { ...view, ...change };
  const scopes = [...new Set(next.compare)].filter((scope) => scope !== scopeOf(next)).slice(0, MOST_COMPARED);
  return { ...next, compare: scopes.length > 0 ? scopes : undefined };
}

/** The scope of a view as one to compare with; `undefined` for a topic in a source or a group, which cannot be. */
export function scopeOf({ topic, source, group }: View): ComparedScope | undefined {
  if (topic && (source || group)) return undefined;
  if (topic) return `topic:${topic}`;
  if (group) return `group:${group}`;
  return source ? `source:${source}` : 'all';
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
  set('group', view.group);
  set('by', view.by);
  set('label', view.label);
  set('q', view.search);
  changedView(view, {}).compare?.forEach((scope) => parameters.append('compare', scope));
  if (view.apart) set('stories', 'apart');
  set('story', view.story);
  set('article', view.article);
  const text = parameters.toString();
  return text && `?${text}`;
}

const idOf = (scope: string): string => scope.slice(scope.indexOf(':') + 1);

const isScope = (given: string): given is ComparedScope =>
  given === 'all' || (/^(topic|source):/.test(given) && slug.test(idOf(given))) || (given.startsWith('group:') && readGroup(idOf(given)) === idOf(given));

function readZoom(from: string | null, to: string | null): View['zoom'] {
  const start = Date.parse(from ?? '');
  const end = Date.parse(to ?? '');
  return start < end ? { from: start, to: end } : undefined;
}

/** The API's parameters for the scope of a view: topic, source or group, and time. */
export function scopeQuery(view: View): Record<string, string | undefined> {
  const time = view.zoom ? { from: new Date(view.zoom.from).toISOString(), to: new Date(view.zoom.to).toISOString() } : { period: view.period };
  return { topic: view.topic, source: view.source, group: view.group, ...time };
}

/** A compared scope in place of the view's own; period and zoom stay. */
export function withScope(view: View, scope: ComparedScope): View {
  const of = (kind: string) => (scope.startsWith(`${kind}:`) ? idOf(scope) : undefined);
  return { ...view, topic: of('topic'), source: of('source'), group: of('group') };
}

/** The query of the feed with the articles that a view lists; a feed has no period. */
export function feedQuery({ topic, source, group, label, search }: View): string {
  const parameters = new URLSearchParams(Object.entries({ topic, source, group, label, q: search }).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const text = parameters.toString();
  return text && `?${text}`;
}
