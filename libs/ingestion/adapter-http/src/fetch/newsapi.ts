import type { Clock } from '@barometer/kernel';
import { DAY, HOUR } from '@barometer/kernel';
import { fail } from './fetch-failure';

export const NEWSAPI_SCHEME = 'newsapi:';
export const NEWSAPI_BASE = 'https://newsapi.org/v2/';

/** Requests of a free account in 24 hours (newsapi.org/pricing). */
export const NEWSAPI_DAILY_REQUESTS = 100;
/** A free account gets half of its requests back every 12 hours, as the API says when it refuses. */
const QUOTA_PAUSE = 12 * HOUR;
const MOST_ARTICLES = '100';

/**
 * The request for an address such as `newsapi:top-headlines?country=us`. Requests the maximum number of articles, since
 * the quota counts requests.
 */
export function newsApiUrl(address: string, base: string): string {
  const match = /^newsapi:\/{0,2}(top-headlines|everything)\/?(?:\?([^#]*))?$/i.exec(address.trim());
  if (match === null) {
    throw fail('invalid-url', 'A NewsAPI address reads newsapi:top-headlines?… or newsapi:everything?…');
  }
  const query = new URLSearchParams(match[2] ?? '');
  if ([...query.keys()].some((name) => name.toLowerCase() === 'apikey')) {
    throw fail('invalid-url', 'The NewsAPI key belongs into the settings, not into the address.');
  }
  if (!query.has('pageSize')) query.set('pageSize', MOST_ARTICLES);
  return `${base}${(match[1] ?? '').toLowerCase()}?${query}`;
}

/** Keeps all NewsAPI sources together within the daily quota, and sends nothing after the API reported that it is exceeded. */
export class NewsApiQuota {
  private sent: number[] = [];
  private closedUntil = 0;

  constructor(
    private readonly clock: Clock,
    private readonly dailyRequests: number,
  ) {}

  /** Takes one request from the quota; throws a `quota` failure with the time to wait. */
  spend(): void {
    const now = this.clock.now();
    this.sent = this.sent.filter((time) => time > now - DAY);
    const [oldest] = this.sent;
    const full = this.sent.length >= this.dailyRequests && oldest !== undefined ? oldest + DAY : 0;
    const until = Math.max(full, this.closedUntil);
    if (until > now) throw quotaUsedUp(until - now);
    this.sent.push(now);
  }

  /** Records a refusal by the API, for the time it `asked` for in milliseconds if it did; at most a day. */
  close(asked: number = QUOTA_PAUSE): never {
    const retryAfterMs = Math.min(asked, DAY);
    this.closedUntil = this.clock.now() + retryAfterMs;
    throw quotaUsedUp(retryAfterMs);
  }
}

const quotaUsedUp = (retryAfterMs: number) => fail('quota', 'The daily quota of NewsAPI requests is used up.', { retryAfterMs, httpStatus: 429 });
