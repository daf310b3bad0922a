import { Duration } from 'aws-cdk-lib';
import type { Settings } from './settings';

/** Attempts that an article has: the function's MAX_RECEIVES. */
const attempts = 5;

const visibilitySeconds = ({ timeoutSeconds, batchWindowSeconds }: Settings['analysis']) => 6 * timeoutSeconds + batchWindowSeconds;

/** How often and how soon a message comes back; the queue and the function have to agree. */
export const redrive = {
  attempts,
  /** Two more: the first batch counts against nobody, and the last delivery marks what crashed every time as failed (ADR 0014). */
  maxReceiveCount: attempts + 2,
  /** AWS asks for six times the function's limit, so that a throttled batch is not handed out twice. */
  visibilityTimeout: (analysis: Settings['analysis']) => Duration.seconds(visibilitySeconds(analysis)),
  /** When ingestion sends a message again that brought no score: not while the queue may still hide it. The function's OVERDUE_SECONDS. */
  overdueSeconds: (analysis: Settings['analysis']) => Math.max(900, 2 * visibilitySeconds(analysis)),
};
