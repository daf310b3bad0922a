import type { PeriodNews, TroubledSource } from '../domain/edition';
import type { AlertScope } from '../domain/rule';
import type { Hours } from './alert-news.port';

/** The news data that digests need. */
export interface DigestNews {
  /** The news of a period of whole hours; the number of reads is bounded, however many articles there are. */
  newsOf(scope: AlertScope, hours: Hours): Promise<PeriodNews>;
  /** Sources of the scope that cannot be read, those without success for longest first. */
  troubled(scope: AlertScope): Promise<readonly TroubledSource[]>;
}
