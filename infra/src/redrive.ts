import { Duration } from 'aws-cdk-lib';
import type { Settings } from './settings';

/** Attempts that an article has: the function's MAX_RECEIVES. */
const attempts = 5;

/** How often and how soon a message comes back; the queue and the function have to agree. */
export const redrive = {
  attempts,
  /** One more, for the delivery that marks what crashed every time as failed. */
  maxReceiveCount: attempts + 1,
  /** AWS asks for six times the function's limit, so that a throttled batch is not handed out twice. */
  visibilityTimeout: ({ timeoutSeconds, batchWindowSeconds }: Settings['analysis']) => Duration.seconds(6 * timeoutSeconds + batchWindowSeconds),
};
