import { err, ok, randomHex, type Clock, type Result } from '@barometer/kernel';
import type { Outcome } from '../domain/delivery';
import type { AlertStore } from '../ports/alert-store.port';
import type { NoticeSender } from '../ports/notice-sender.port';

/** Sends a test to a channel and reports the result; a channel that was switched off is on again if the test arrives. */
export class TestChannel {
  constructor(
    private readonly deps: { readonly store: AlertStore; readonly sender: NoticeSender; readonly clock: Clock; readonly home?: () => string | undefined },
  ) {}

  async execute(id: string): Promise<Result<Outcome, 'not-found'>> {
    const { store, sender, clock, home } = this.deps;
    const channel = (await store.channels()).find((one) => one.id === id);
    if (!channel) return err('not-found');
    const outcome = await sender.send(channel, { id: `test-${randomHex(8)}`, at: clock.now(), items: [], test: true, home: home?.() });
    if (outcome.kind === 'sent' && channel.disabled !== undefined) {
      const { disabled: _, ...on } = channel;
      await store.putChannel(on);
    }
    return ok(outcome);
  }
}
