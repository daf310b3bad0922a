import { MINUTE } from '@barometer/kernel';
import type { SourceChange } from '../ports/source-store.port';
import { MAX_WAIT } from './poll-schedule';
import type { Source } from './source';

const NEWSAPI_HOST = 'newsapi.org';

/** The host that polling a source asks: one request at a time goes to each. */
export function hostOfSource(source: Pick<Source, 'kind' | 'url'>): string {
  return source.kind === 'newsapi' ? NEWSAPI_HOST : (URL.parse(source.url)?.hostname ?? source.url);
}

/**
 * A source after a change. Another url starts anew, with a first poll: what was learned of the old document says nothing
 * of the new one. What the source has brought so far stays counted.
 */
export function changedSource(source: Source, change: SourceChange): Source {
  const { userAgent, ...rest }: Source = { ...source, ...change };
  const changed = { ...rest, ...(userAgent ? { userAgent } : {}) };
  if (changed.url === source.url) return changed;
  const { nextPollAt, polls, articles, bytesSaved } = source.health;
  return { ...changed, health: { status: 'never', nextPollAt, failures: 0, polls, articles, bytesSaved, lastBytes: 0 } };
}

/** A source that is to be polled now; one that was gone gets another try. */
export function dueSource(source: Source, now: number): Source {
  const { status, nextPollAt } = source.health;
  return { ...source, health: { ...source.health, status: status === 'gone' ? 'never' : status, nextPollAt: Math.min(now, nextPollAt) } };
}

/** A source after a poll; `newUrl` is where it has moved. A poll asked for meanwhile stays due. */
export function polledSource(source: Source, health: Source['health'], options: { newUrl?: string | undefined; asked: boolean }): Source {
  const nextPollAt = options.asked ? Math.min(source.health.nextPollAt, health.nextPollAt) : health.nextPollAt;
  return { ...source, ...(options.newUrl !== undefined && { url: options.newUrl }), health: { ...health, nextPollAt } };
}

/** How far two clocks of one store may differ before one of them counts as wrong. */
export const CLOCK_TOLERANCE = MINUTE;

/**
 * Whether a source may be polled at `now`. What a clock noted that was ahead then counts for nothing: a next poll further
 * off than the longest wait there is, or any after a poll (or an addition) that lies in the future.
 */
export function isDue({ paused, addedAt, health }: Source, now: number): boolean {
  if (paused || health.status === 'gone') return false;
  return health.nextPollAt <= now || health.nextPollAt > now + MAX_WAIT || lastTouched({ addedAt, health }) > now + CLOCK_TOLERANCE;
}

/** When the source was last polled, or added, by the clock of that moment. */
export const lastTouched = ({ addedAt, health }: Pick<Source, 'addedAt' | 'health'>): number => health.lastPolledAt ?? addedAt;

/** Whether a lease of `leaseMs` that ends at `until` runs at `now`; one that ends later than it could was made by a clock that was ahead. */
export const isRunning = (until: number, now: number, leaseMs: number): boolean => until > now && until <= now + leaseMs + CLOCK_TOLERANCE;

/** A source that may be leased, on this host; somebody may have asked for the poll. */
export interface DueSource {
  readonly host: string;
  readonly asked: boolean;
}

/**
 * The first `limit` of these, at most one a host and none on a busy host. Those on a spared host wait, unless somebody
 * asked for the poll, who knows better.
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

/** The order of source lists: by name as a reader sorts it. */
export const bySourceName = (a: Source, b: Source): number => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1);
