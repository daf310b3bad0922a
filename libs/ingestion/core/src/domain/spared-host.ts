import { HOUR } from '@barometer/kernel';
import type { FetchError } from '../ports/feed-fetcher.port';
import { MAX_WAIT } from './poll-schedule';
import type { Source, SparedHost } from './source';
import { CLOCK_TOLERANCE, hostOfSource, lastTouched } from './stored-source';

/** What a server says that wants fewer requests: too many came (429), or it can't take any now (503). */
const ASKS_FOR_LESS: ReadonlySet<number | undefined> = new Set([429, 503]);
/** A host that names no time is left alone as long as the feed that it answered is, but no longer than this. */
const MAX_UNSAID = HOUR;

/**
 * The host that a failed poll asks to spare, with all its sources: as long as it said, at most the longest wait there is,
 * else `wait`, that of the source itself, in milliseconds. A host may be another than the source's, after a redirect.
 */
export function hostToSpare(source: Source, failure: Pick<FetchError, 'host' | 'httpStatus' | 'retryAfterMs'>, wait: number, now: number): SparedHost | undefined {
  if (!ASKS_FOR_LESS.has(failure.httpStatus)) return undefined;
  const time = Math.min(failure.retryAfterMs ?? Math.min(wait, MAX_UNSAID), MAX_WAIT);
  return time > 0 ? { host: siteOf(failure.host ?? hostOfSource(source)), until: now + time } : undefined;
}

/** Whether a host is spared at `now`, by what these sources were answered. Times that no right clock could have set do not count. */
export function sparing(sources: Iterable<Pick<Source, 'addedAt' | 'health'>>, now: number): (host: string) => boolean {
  const spared = new Set<string>();
  for (const { addedAt, health } of sources) {
    const { host, until = 0 } = health.sparedHost ?? {};
    const credible = until <= now + MAX_WAIT + CLOCK_TOLERANCE && lastTouched({ addedAt, health }) <= now + CLOCK_TOLERANCE;
    if (host !== undefined && until > now && credible) spared.add(host);
  }
  return (host) => spared.has(siteOf(host));
}

/** The next poll of each source as it will be, where its host is spared longer than the source itself. */
export function withHostsSpared(sources: readonly Source[]): Source[] {
  const until = new Map<string, number>();
  for (const { health: { sparedHost } } of sources) {
    if (sparedHost) until.set(sparedHost.host, Math.max(sparedHost.until, until.get(sparedHost.host) ?? 0));
  }
  return sources.map((source) => {
    const spared = until.get(siteOf(hostOfSource(source))) ?? 0;
    return spared > source.health.nextPollAt ? { ...source, health: { ...source.health, nextPollAt: spared } } : source;
  });
}

/** A site is the same with and without `www.`: many redirect from one to the other. */
const siteOf = (host: string): string => host.replace(/^www\./, '');
