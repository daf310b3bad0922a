import type { SourceChange } from '../ports/source-store.port';
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
  const changed = { ...source, ...change };
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

/** The first `limit` of these, at most one a host and none on a busy host. */
export function onePerHost<T extends { readonly host: string }>(due: readonly T[], busyHosts: Iterable<string>, limit: number): T[] {
  const busy = new Set(busyHosts);
  const chosen: T[] = [];
  for (const one of due) {
    if (chosen.length >= limit) break;
    if (busy.has(one.host)) continue;
    busy.add(one.host);
    chosen.push(one);
  }
  return chosen;
}

/** The order of source lists: by name as a reader sorts it. */
export const bySourceName = (a: Source, b: Source): number => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1);
