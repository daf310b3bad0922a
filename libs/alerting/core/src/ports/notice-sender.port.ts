import type { Channel } from '../domain/channel';
import type { Outcome } from '../domain/delivery';
import type { Notice } from '../domain/notice';

/** Sends notices to channels; answers within a limited time, and never throws. */
export interface NoticeSender {
  send(channel: Channel, notice: Notice): Promise<Outcome>;
}
