import type { NoticeSender } from '@barometer/alerting';
import type { AwsFault } from '@barometer/aws';
import type { Clock } from '@barometer/kernel';

/** What a test of a channel is sent with. */
export interface NoticeOptions {
  readonly clock: Clock;
  readonly allowPrivate: boolean;
  readonly secretId: string | undefined;
  readonly report: (fault: AwsFault) => void;
}

/** Tests of channels are rare: the first one loads what sends them. */
export function noticesOnDemand(options: NoticeOptions): NoticeSender {
  let sender: Promise<NoticeSender> | undefined;
  return { send: async (channel, notice) => (await (sender ??= import('./notices-on-demand').then(({ createSender }) => createSender(options)))).send(channel, notice) };
}
