import { err, ok, randomHex, type Clock, type Result } from '@barometer/kernel';
import type { Channel } from '../domain/channel';
import type { ChannelForm } from '../domain/rule-form';
import type { AlertStore } from '../ports/alert-store.port';

export const MOST_CHANNELS = 50;

/** Adds a channel; one with an id that is there already takes its place. */
export class AddChannel {
  constructor(private readonly deps: { readonly store: AlertStore; readonly clock: Clock }) {}

  async execute({ id = randomHex(6), name, target }: ChannelForm): Promise<Result<Channel, { readonly field: 'name'; readonly message: string }>> {
    const { store, clock } = this.deps;
    const all = await store.channels();
    if (all.length >= MOST_CHANNELS && !all.some((one) => one.id === id)) return err({ field: 'name', message: `There are ${MOST_CHANNELS} channels already; remove one first.` });
    const channel: Channel = { id, name, target, createdAt: clock.now() };
    await store.putChannel(channel);
    return ok(channel);
  }
}
