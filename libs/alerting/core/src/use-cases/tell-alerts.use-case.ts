import { randomHex, SECOND, type Clock } from '@barometer/kernel';
import type { Channel } from '../domain/channel';
import { afterAttempt, type Delivery, type Outcome } from '../domain/delivery';
import type { AlertStore } from '../ports/alert-store.port';
import type { NoticeSender } from '../ports/notice-sender.port';

/** A lease is longer than a sender may take, so that nobody else sends meanwhile. */
const LEASE = 60 * SECOND;
const AT_ONCE = 10;

export interface TellReport {
  readonly sent: number;
  readonly failed: number;
}

interface Deps {
  readonly store: AlertStore;
  readonly sender: NoticeSender;
  readonly clock: Clock;
  /** Where the page is, without a slash at its end. */
  readonly home?: string | undefined;
}

/**
 * Makes deliveries of what is to be told, one a channel, and sends those that are due. A crash between sending and
 * keeping that it was sent sends once more under the same id, by which receivers know it.
 */
export class TellAlerts {
  constructor(private readonly deps: Deps) {}

  async execute(): Promise<TellReport> {
    const { store, clock } = this.deps;
    const now = clock.now();
    await store.gather(now, () => `${String(now).padStart(13, '0')}-${randomHex(8)}`);
    const leasedUntil = now + LEASE;
    const due = await store.lease(now, leasedUntil, AT_ONCE);
    if (due.length === 0) return { sent: 0, failed: 0 };
    const channels = new Map((await store.channels()).map((channel) => [channel.id, channel]));
    const outcomes = await Promise.all(due.map((delivery) => this.tell(delivery, channels.get(delivery.channelId), leasedUntil)));
    return { sent: outcomes.filter(({ kind }) => kind === 'sent').length, failed: outcomes.filter(({ kind }) => kind === 'failed').length };
  }

  private async tell(delivery: Delivery, channel: Channel | undefined, leasedUntil: number): Promise<Outcome> {
    const { store, clock } = this.deps;
    const outcome = await this.attempt(delivery, channel);
    if (outcome.kind === 'failed' && outcome.gone && channel) await store.putChannel({ ...channel, disabled: outcome.reason });
    await store.settle(afterAttempt(delivery, outcome, clock.now()), leasedUntil);
    return outcome;
  }

  private async attempt(delivery: Delivery, channel: Channel | undefined): Promise<Outcome> {
    const { store, sender, clock, home } = this.deps;
    if (!channel) return { kind: 'failed', reason: 'The channel was removed.', retry: false };
    if (channel.disabled !== undefined) return { kind: 'failed', reason: `The channel is off: ${channel.disabled}`, retry: false };
    const episodes = new Map((await store.episodesOf(delivery.told.map(({ episodeId }) => episodeId))).map((episode) => [episode.id, episode]));
    const items = delivery.told.flatMap(({ episodeId, event }) => {
      const episode = episodes.get(episodeId);
      return episode ? [{ event, episode }] : [];
    });
    if (items.length === 0) return { kind: 'failed', reason: 'What it tells of is no longer kept.', retry: false };
    return sender.send(channel, { id: delivery.id, at: clock.now(), items, test: false, home });
  }
}
