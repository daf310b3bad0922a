import { secretsFrom, topicPublisher } from '@barometer/alerting-aws';
import { ChannelSender } from '@barometer/alerting-channels';
import { GuardedPost } from '@barometer/guarded-http';
import type { NoticeOptions } from './notices';

/** Sends as ingestion does, with connections of its own. */
export const createSender = ({ clock, allowPrivate, secretId, report }: NoticeOptions): ChannelSender =>
  new ChannelSender({ post: new GuardedPost({ allowPrivate }), secret: secretsFrom({ secretId, clock, report }), publish: topicPublisher() });
