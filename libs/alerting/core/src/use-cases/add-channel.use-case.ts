import { err, ok, randomHex, type Clock, type Result } from '@barometer/kernel';
import type { Channel } from '../domain/channel';
import type { ChannelForm } from '../domain/rule-form';
import type { AlertStore } from '../ports/alert-store.port';

export const MOST_CHANNELS = 50;

/** Why a channel is refused. */
export interface ChannelProblem {
  readonly field: 'id' | 'name';
  readonly code: 'taken' | 'not-found' | 'too-many';
  readonly message: string;
}

/** Adds a channel; replaces the one with its id only if asked to. */
export class AddChannel {
  constructor(private readonly deps: { readonly store: AlertStore; readonly clock: Clock }) {}

  async execute({ id = randomHex(6), name, target }: ChannelForm, { replace = false } = {}): Promise<Result<Channel, ChannelProblem>> {
    const { store, clock } = this.deps;
    const all = await store.channels();
    const before = all.find((one) => one.id === id);
    if (before && !replace) return err({ field: 'id', code: 'taken', message: `There is a channel ${id} already.` });
    if (!before && replace) return err({ field: 'id', code: 'not-found', message: `There is no channel ${id}.` });
    if (!before && all.length >= MOST_CHANNELS)
      return err({ field: 'name', code: 'too-many', message: `There are ${MOST_CHANNELS} channels already; remove one first.` });
    const channel: Channel = { id, name, target, createdAt: before?.createdAt ?? clock.now() };
    await store.putChannel(channel);
    return ok(channel);
  }
}
