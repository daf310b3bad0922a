import { OidcSignIn } from '@barometer/access-oidc';
import { secretsFrom, topicPublisher } from '@barometer/alerting-aws';
import { ChannelSender } from '@barometer/alerting-channels';
import type { AwsFault } from '@barometer/aws';
import { GuardedPost } from '@barometer/guarded-http';
import type { Clock } from '@barometer/kernel';
import { clientSecret } from './client-secret';
import type { RemoteSignIn } from './config';
import type { NoticeOptions } from './notice-options';

// All code that sends requests to other hosts is in one file: each file that is loaded on demand carries its own copy
// of its imports, and these two share most of theirs.

/** Sends notices as ingestion does, with its own connections. */
export const createSender = ({ clock, allowPrivate, secretId, report }: NoticeOptions): ChannelSender =>
  new ChannelSender({ post: new GuardedPost({ allowPrivate }), secret: secretsFrom({ secretId, clock, report }), publish: topicPublisher() });

/** Speaks with the provider of sign-ins. */
export const createProvider = (settings: RemoteSignIn, { clock, report }: { readonly clock: Clock; readonly report: (fault: AwsFault) => void }): OidcSignIn =>
  new OidcSignIn({ settings, clock, secret: clientSecret({ secretId: settings.secretId, clock, report }) });
