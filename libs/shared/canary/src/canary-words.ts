import { MINUTE, SECOND } from '@barometer/kernel';
import { CANARY_LATE, type CanaryStatus } from './canary';

const seconds = (ms: number) => `${(ms / SECOND).toFixed(1)} s`;
const clock = (time: number) => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The status of the canary as one line for an operator. */
export function canaryWords(status: CanaryStatus): string {
  switch (status.state) {
    case 'none':
      return 'none was sent yet';
    case 'waiting':
      return `the first one is on its way since ${clock(status.sentAt)}`;
    case 'stopped':
      return `none was sent since ${clock(status.sentAt)}: Barometer did not run, or what polls hangs`;
    case 'right':
      return `right after ${seconds(status.tookMs ?? 0)} (${status.label}, sent at ${clock(status.sentAt)})`;
    case 'wrong':
      return `WRONG: the model calls a ${status.expected} sentence ${status.label} (sent at ${clock(status.sentAt)})`;
    case 'late':
      return `LATE: the one sent at ${clock(status.sentAt)} ${status.tookMs === undefined ? `had no score after ${CANARY_LATE / MINUTE} minutes` : `took ${seconds(status.tookMs)}`}`;
  }
}
