import { HOUR, MINUTE } from '@barometer/kernel';
import type { FetchError } from '../ports/feed-fetcher.port';
import { MAX_WAIT } from './poll-schedule';
import type { Source, SparedHost } from './source';
import { CLOCK_TOLERANCE, hostOfSource, lastTouched } from './stored-source';

/** Statuses by which a server asks for fewer requests: 429 Too Many Requests, 503 Service Unavailable. */
const ASKS_FOR_LESS: ReadonlySet<number | undefined> = new Set([429, 503]);
/** If the server gives no time, its host is not polled for as long as the failed source waits, but at most this long. */
const MAX_UNSAID = HOUR;

/**
 * The host whose sources are not to be polled for a while after a failed poll; `undefined` if it did not ask for fewer
 * requests. The time is its Retry-After, with any status, up to `MAX_WAIT`; else `wait`, that of the source in milliseconds,
 * up to an hour. After a redirect, the host may differ from the source's.
 */
export function hostToSpare(
  source: Source,
  failure: Pick<FetchError, 'host' | 'httpStatus' | 'retryAfterMs'>,
  wait: number,
  now: number,
): SparedHost | undefined {
  const { httpStatus, retryAfterMs } = failure;
  if (httpStatus === undefined || (retryAfterMs === undefined && !ASKS_FOR_LESS.has(httpStatus))) return undefined;
  const time = Math.min(retryAfterMs ?? Math.min(wait, MAX_UNSAID), MAX_WAIT);
  return time > 0 ? { host: siteOf(failure.host ?? hostOfSource(source)), until: now + time } : undefined;
}

/** Tells whether a host must not be polled at `now`, according to the last responses to these sources. */
export function sparing(sources: Iterable<Pick<Source, 'addedAt' | 'health'>>, now: number): (host: string) => boolean {
  const spared = sparedHosts(sources, now);
  return (host) => spared.has(siteOf(host));
}

/** The sources with the actual time of their next poll, and a notice if it is later because their host asked for fewer requests. */
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

/** A sentence that says until when a host is not polled. */
export const untilWhen = ({ host, until }: SparedHost): string => `No feed of ${host} is asked before ${minuteText(until)}.`;

/** A time rounded up to the minute, such as `2026-11-27 14:00 UTC`. */
export const minuteText = (time: number): string => `${new Date(Math.ceil(time / MINUTE) * MINUTE).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** By host, until when it is not polled, if that is after `now`. Times that only a wrong clock could have set are ignored. */
function sparedHosts(sources: Iterable<Pick<Source, 'addedAt' | 'health'>>, now: number): Map<string, number> {
  const spared = new Map<string, number>();
  for (const { addedAt, health } of sources) {
    const { host, until = 0 } = health.sparedHost ?? {};
    const credible = until <= now + MAX_WAIT + CLOCK_TOLERANCE && lastTouched({ addedAt, health }) <= now + CLOCK_TOLERANCE;
    if (host !== undefined && until > now && credible) spared.set(host, Math.max(until, spared.get(host) ?? 0));
  }
  return spared;
}

/** Removes `www.`, since many sites redirect between the host with and without it. */
const siteOf = (host: string): string => host.replace(/^www\./, '');
