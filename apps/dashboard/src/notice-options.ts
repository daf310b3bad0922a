import type { AwsFault } from '@barometer/aws';
import type { Clock } from '@barometer/kernel';

/** What is needed to send a channel's test notice. */
export interface NoticeOptions {
  readonly clock: Clock;
  readonly allowPrivate: boolean;
  readonly secretId: string | undefined;
  readonly report: (fault: AwsFault) => void;
}
