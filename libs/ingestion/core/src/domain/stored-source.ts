import { MINUTE } from '@barometer/kernel';
import type { SourceChange } from '../ports/source-store.port';
import { MAX_WAIT } from './poll-schedule';
import type { Source } from './source';

const NEWSAPI_HOST = 'newsapi.org';

/** The host of a source's requests; each host gets one request at a time. */
export function hostOfSource(source: Pick<Source, 'kind' | 'url'>): string {
  return source.kind === 'newsapi' ? NEWSAPI_HOST : URL.parse(source.url)?.hostname || source.url;
}

/**
 * A source after a change. A new url resets the health and starts with a first poll, since it does not apply to the new
 * document; the counts of polls, articles and saved bytes are kept.
 */
export function changedSource(source: Source, change: SourceChange): Source {
  const { userAgent, groups, ...rest }: Source = { ...source, ...change };
  const changed = { ...rest, ...(groups && groups.length > 0 ? { groups } : {}), ...(userAgent ? { userAgent } : {}) };
  if (changed.url === source.url) return changed;
  const { nextPollAt, polls, articles, bytesSaved } = source.health;
  return { ...changed, health: { status: 'never', nextPollAt, failures: 0, polls, articles, bytesSaved, lastBytes: 0 } };
}

/** Parses a source from the JSON of a store. The `field` of older sources becomes their group. */
export function readSource(json: string): Source {
  const { field, ...source } = JSON.parse(json) as Source & { readonly field?: string };
  return field === undefined || source.groups ? source : { ...source, groups: [field] };
}

/** The source, due at `now`; one that was gone is tried again. */
export function dueSource(source: Source, now: number): Source {
  const { status, nextPollAt } = source.health;
  return { ...source, health: { ...source.health, status: status === 'gone' ? 'never' : status, nextPollAt: Math.min(now, nextPollAt) } };
}

/** A source after a poll; `newUrl` is set if it has moved. If another poll was requested meanwhile (`asked`), it stays due. */
export function polledSource(source: Source, health: Source['health'], options: { newUrl?: string | undefined; asked: boolean }): Source {
  const nextPollAt = options.asked ? Math.min(source.health.nextPollAt, health.nextPollAt) : health.nextPollAt;
  return { ...source, ...(options.newUrl !== undefined && { url: options.newUrl }), health: { ...health, nextPollAt } };
}

/** How far the clocks of two processes with one store may differ before one counts as wrong, in milliseconds. */
export const CLOCK_TOLERANCE = MINUTE;

/**
 * Whether a source may be polled at `now`. Times set by a clock that was ahead are ignored: a next poll later than the
 * longest wait, or any if the last poll (or the addition) lies in the future.
 */
export function isDue({ paused, addedAt, health }: Source, now: number): boolean {
  if (paused || health.status === 'gone') return false;
  return health.nextPollAt <= now || health.nextPollAt > now + MAX_WAIT || lastTouched({ addedAt, health }) > now + CLOCK_TOLERANCE;
}

/** When the source was last polled, or else added, by the clock used then. */
export const lastTouched = ({ addedAt, health }: Pick<Source, 'addedAt' | 'health'>): number => health.lastPolledAt ?? addedAt;

/** Whether a lease of `leaseMs` until `until` is valid at `now`. If it ends later than possible, it was made by a clock that was ahead. */
export const isRunning = (until: number, now: number, leaseMs: number): boolean => until > now && until <= now + leaseMs + CLOCK_TOLERANCE;

/** A source that may be leased, with its host; `asked` if a user requested the poll. */
export interface DueSource {
  readonly host: string;
  readonly asked: boolean;
}

/**
 * The first `limit` of these, at most one per host and none on a busy host. Sources on a spared host wait, unless a user
 * requested the poll.
 */
export function onePerHost<T extends DueSource>(due: readonly T[], limit: number, busyHosts: Iterable<string>, isSpared: (host: string) => boolean): T[] {
  const busy = new Set(busyHosts);
  const chosen: T[] = [];
  for (const one of due) {
    if (chosen.length >= limit) break;
    if (busy.has(one.host) || (!one.asked && isSpared(one.host))) continue;
    busy.add(one.host);
    chosen.push(one);
  }
  return chosen;
}

/** The order of source lists: by name in English alphabetical order, then by id. */
export const bySourceName = (a: Source, b: Source): number => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1);
