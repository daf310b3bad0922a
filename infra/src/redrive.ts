import { Duration } from 'aws-cdk-lib';
import type { Settings } from './settings';

/** Attempts per article: the function's MAX_RECEIVES. */
const attempts = 5;

const visibilitySeconds = ({ timeoutSeconds, batchWindowSeconds }: Settings['analysis']) => 6 * timeoutSeconds + batchWindowSeconds;

/** How often and how soon a message is delivered again; the queue and the function must agree. */
export const redrive = {
  attempts,
  /**
   * Two more: the first batch counts against no article, and the last delivery marks articles as failed that crashed
   * the process every time (ADR 0014).
   */
  maxReceiveCount: attempts + 2,
  /** AWS recommends six times the function's time limit, so that a throttled batch is not delivered twice. */
  visibilityTimeout: (analysis: Settings['analysis']) => Duration.seconds(visibilitySeconds(analysis)),
  /**
   * When ingestion sends an article without a score again: not while the queue may still hide its message. The
   * function's OVERDUE_SECONDS.
   */
  overdueSeconds: (analysis: Settings['analysis']) => Math.max(900, 2 * visibilitySeconds(analysis)),
};
