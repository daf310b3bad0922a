import type { NoticeSender } from '@barometer/alerting';
import type { NoticeOptions } from './notice-options';

/** Tests of channels are rare: the first one loads what sends them. */
export function noticesOnDemand(options: NoticeOptions): NoticeSender {
  let sender: Promise<NoticeSender> | undefined;
  return {
    send: async (channel, notice) =>
      (await (sender ??= import('./elsewhere-on-demand').then(({ createSender }) => createSender(options)))).send(channel, notice),
  };
}
