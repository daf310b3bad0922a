import { HOUR, type Clock } from '@barometer/kernel';
import type { Digest, DigestState } from '../domain/digest';
import { dueBefore, duesBetween, latestDue } from '../domain/digest-schedule';
import { deliveriesOf, hoursBetween } from '../domain/edition';
import type { DigestStore } from '../ports/digest-store.port';
import { composeEdition, type EditionNews } from './compose-edition';

/** A late edition is sent up to this long after it was due; after that, it is skipped. */
const LATEST_TELLING = 12 * HOUR;
/** Editions composed in one tick; the others wait for the next ticks, so that no tick takes long. */
const MOST_AT_ONCE = 3;
/** Clocks of two machines differ by less: a state further ahead comes from a clock that was wrong. */
const CLOCKS_DIFFER = HOUR;

export interface PublishReport {
  /** Editions that were put into the outbox. */
  readonly published: number;
}

interface Deps extends EditionNews {
  readonly store: DigestStore;
  readonly clock: Clock;
  readonly log?: (line: string) => void;
}

/**
 * Puts every due edition into the outbox together with the state of its digest, in one write that is conditional on the
 * digest's version. A process that publishes in parallel composes the same edition, and its write is refused.
 */
export class PublishDigests {
  constructor(private readonly deps: Deps) {}

  async execute(): Promise<PublishReport> {
    let [published, settled] = [0, 0];
    for (const digest of await this.deps.store.digests()) {
      if (!digest.enabled) continue;
      // A digest that cannot be composed does not stop the others; it is tried again with the next tick.
      const outcome = await this.publish(digest).catch((error: unknown) => {
        this.deps.log?.(`the digest "${digest.name}" could not be composed: ${error instanceof Error ? error.message : String(error)}`);
        return 'nothing' as const;
      });
      published += Number(outcome === 'published');
      settled += Number(outcome !== 'nothing');
      if (settled === MOST_AT_ONCE) break;
    }
    return { published };
  }

  private async publish(digest: Digest): Promise<'nothing' | 'settled' | 'published'> {
    const { store, clock } = this.deps;
    const now = clock.now();
    const { settledTo } = digest.state;
    // A clock that was ahead was corrected; editions sent meanwhile are recognised by their ids.
    if (settledTo > now + CLOCKS_DIFFER) return this.settle(digest, { ...digest.state, settledTo: now });
    const due = latestDue(digest, now);
    if (due <= settledTo) return 'nothing';
    const skipped = duesBetween(digest, settledTo, due);
    if (now - due > LATEST_TELLING) {
      const reason = `Nobody was there to tell it at its time or in the ${LATEST_TELLING / HOUR} hours after.`;
      return this.settle(digest, { settledTo: due, last: { dueAt: due, outcome: 'skipped', reason, skipped } });
    }
    const composed = await composeEdition(this.deps, { digest, dueAt: due, hours: hoursBetween(dueBefore(digest, due), due), skipped });
    if (!composed.ok) return this.settle(digest, { settledTo: due, last: { dueAt: due, ...composed.error, skipped } });
    const edition = composed.value;
    const state: DigestState = { settledTo: due, last: { dueAt: due, outcome: 'told', skipped } };
    const isKept = await store.settleDigest({ digest: { ...digest, state }, edition, deliveries: deliveriesOf(digest, edition, now) });
    return isKept ? 'published' : 'settled';
  }

  private async settle(digest: Digest, state: DigestState): Promise<'settled'> {
    await this.deps.store.settleDigest({ digest: { ...digest, state }, deliveries: [] });
    return 'settled';
  }
}
