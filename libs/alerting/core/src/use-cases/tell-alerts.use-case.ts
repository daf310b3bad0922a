import { randomHex, SECOND, type Clock } from '@barometer/kernel';
import type { Channel } from '../domain/channel';
import { afterAttempt, type Delivery, type Outcome } from '../domain/delivery';
import type { Notice } from '../domain/notice';
import type { AlertStore } from '../ports/alert-store.port';
import type { DigestStore } from '../ports/digest-store.port';
import type { NoticeSender } from '../ports/notice-sender.port';

/** Longer than a sender may take, so that no other process sends the same delivery meanwhile. */
const LEASE = 60 * SECOND;
const AT_ONCE = 10;

export interface TellReport {
  readonly sent: number;
  readonly failed: number;
}

interface Deps {
  readonly store: AlertStore;
  readonly digests: Pick<DigestStore, 'edition'>;
  readonly sender: NoticeSender;
  readonly clock: Clock;
  /** The address of the page when a notice is sent, without a trailing slash. */
  readonly home?: () => string | undefined;
}

/**
 * Turns pending notifications into deliveries, one a channel, and sends those that are due, digests included. After a
 * crash between sending and recording it, the delivery is sent again under the same id, so that receivers can recognise
 * it.
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
    const { sender, clock, home } = this.deps;
    if (!channel) return { kind: 'failed', reason: 'The channel was removed.', retry: false };
    if (channel.disabled !== undefined) return { kind: 'failed', reason: `The channel is off: ${channel.disabled}`, retry: false };
    const told = await this.toldBy(delivery);
    return told
      ? sender.send(channel, { id: delivery.id, at: clock.now(), ...told, test: false, home: home?.() })
      : { kind: 'failed', reason: 'What it tells of is no longer kept.', retry: false };
  }

  /** The episodes or the edition of a delivery; `undefined` if they are no longer stored. */
  private async toldBy({ told, editionId }: Delivery): Promise<Pick<Notice, 'items' | 'edition'> | undefined> {
    const { store, digests } = this.deps;
    if (editionId !== undefined) {
      const edition = await digests.edition(editionId);
      return edition && { items: [], edition };
    }
    const episodes = new Map((await store.episodesOf(told.map(({ episodeId }) => episodeId))).map((episode) => [episode.id, episode]));
    const items = told.flatMap(({ episodeId, event }) => {
      const episode = episodes.get(episodeId);
      return episode ? [{ event, episode }] : [];
    });
    return items.length === 0 ? undefined : { items };
  }
}
