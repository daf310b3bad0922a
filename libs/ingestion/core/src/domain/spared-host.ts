import { HOUR, MINUTE } from '@barometer/kernel';
import type { FetchError } from '../ports/feed-fetcher.port';
import { MAX_WAIT } from './poll-schedule';
import type { Source, SparedHost } from './source';
import { CLOCK_TOLERANCE, hostOfSource, lastTouched } from './stored-source';

/** What a server says that wants fewer requests: too many came (429), or it can't take any now (503). */
const ASKS_FOR_LESS: ReadonlySet<number | undefined> = new Set([429, 503]);
/** A host that names no time is left alone as long as the feed that it answered is, but no longer than this. */
const MAX_UNSAID = HOUR;

/**
 * The host that a failed poll asks to spare, with all its sources: as long as it said in whatever status, at most the
 * longest wait there is, else `wait`, that of the source itself, in milliseconds. A host may be another than the source's,
 * after a redirect.
 */
export function hostToSpare(source: Source, failure: Pick<FetchError, 'host' | 'httpStatus' | 'retryAfterMs'>, wait: number, now: number): SparedHost | undefined {
  const { httpStatus, retryAfterMs } = failure;
  if (httpStatus === undefined || (retryAfterMs === undefined && !ASKS_FOR_LESS.has(httpStatus))) return undefined;
  const time = Math.min(retryAfterMs ?? Math.min(wait, MAX_UNSAID), MAX_WAIT);
  return time > 0 ? { host: siteOf(failure.host ?? hostOfSource(source)), until: now + time } : undefined;
}

/** Whether a host is spared at `now`, by what these sources were answered. */
export function sparing(sources: Iterable<Pick<Source, 'addedAt' | 'health'>>, now: number): (host: string) => boolean {
  const spared = sparedHosts(sources, now);
  return (host) => spared.has(siteOf(host));
}

/** The next poll of each source as it will be, and why, where its host is spared longer than the source itself. */
export function withHostsSpared(sources: readonly Source[], now: number): Source[] {
  const spared = sparedHosts(sources, now);
  return sources.map((source) => {
    const { paused, health } = source;
    const host = siteOf(hostOfSource(source));
    const until = spared.get(host) ?? 0;
    if (paused || health.status === 'gone' || until <= health.nextPollAt) return source;
    const notice = `${host} asked for fewer requests. ${untilWhen({ host, until })}`;
    return { ...source, health: { ...health, nextPollAt: until, notices: [...(health.notices ?? []), notice] } };
  });
}

/** A sentence on how long a host is spared. */
export const untilWhen = ({ host, until }: SparedHost): string => `No feed of ${host} is asked before ${minuteText(until)}.`;

/** A time to the minute, not before it, such as `2026-11-27 14:00 UTC`. */
export const minuteText = (time: number): string => `${new Date(Math.ceil(time / MINUTE) * MINUTE).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Until when each host is spared that is at `now`. Times that no right clock could have set do not count. */
function sparedHosts(sources: Iterable<Pick<Source, 'addedAt' | 'health'>>, now: number): Map<string, number> {
  const spared = new Map<string, number>();
  for (const { addedAt, health } of sources) {
    const { host, until = 0 } = health.sparedHost ?? {};
    const credible = until <= now + MAX_WAIT + CLOCK_TOLERANCE && lastTouched({ addedAt, health }) <= now + CLOCK_TOLERANCE;
    if (host !== undefined && until > now && credible) spared.set(host, Math.max(until, spared.get(host) ?? 0));
  }
  return spared;
}

/** A site is the same with and without `www.`: many redirect from one to the other. */
const siteOf = (host: string): string => host.replace(/^www\./, '');
