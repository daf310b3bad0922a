import { err, ok, randomHex, type Clock, type Result } from '@barometer/kernel';
import type { AlertStore } from '../ports/alert-store.port';
import type { DigestStore } from '../ports/digest-store.port';
import type { NoticeSender } from '../ports/notice-sender.port';
import type { NoEdition } from './compose-edition';
import type { PreviewDigest } from './preview-digest.use-case';

/** The result of a test on one channel. */
export interface DigestTest {
  readonly channelId: string;
  readonly sent: boolean;
  /** Why it did not arrive. */
  readonly reason?: string | undefined;
}

interface Deps {
  readonly store: Pick<DigestStore, 'digest'>;
  readonly alerts: Pick<AlertStore, 'channels'>;
  readonly preview: Pick<PreviewDigest, 'execute'>;
  readonly sender: NoticeSender;
  readonly clock: Clock;
  readonly home?: () => string | undefined;
}

/** Sends what a digest would say now to its channels, marked as a test; the next edition stays due. */
export class TestDigest {
  constructor(private readonly deps: Deps) {}

  async execute(id: string): Promise<Result<readonly DigestTest[], 'not-found' | NoEdition>> {
    const { store, alerts, preview, sender, clock, home } = this.deps;
    const digest = await store.digest(id);
    if (!digest) return err('not-found');
    const composed = await preview.execute(digest);
    if (!composed.ok) return composed;
    const channels = (await alerts.channels()).filter((channel) => digest.channelIds.includes(channel.id));
    return ok(
      await Promise.all(
        channels.map(async (channel) => {
          const outcome = await sender.send(channel, {
            id: `test-${randomHex(8)}`,
            at: clock.now(),
            items: [],
            edition: composed.value,
            test: true,
            home: home?.(),
          });
          return outcome.kind === 'sent' ? { channelId: channel.id, sent: true } : { channelId: channel.id, sent: false, reason: outcome.reason };
        }),
      ),
    );
  }
}
