import { err, ok, type Result } from '@barometer/kernel';
import type { AlertStore } from '../ports/alert-store.port';
import type { DigestStore } from '../ports/digest-store.port';

/** Removes a channel that no rule and no digest uses. */
export class RemoveChannel {
  constructor(private readonly deps: { readonly store: AlertStore; readonly digests: Pick<DigestStore, 'digests'> }) {}

  async execute(id: string): Promise<Result<undefined, { readonly code: 'not-found' | 'used'; readonly message: string }>> {
    const user = (await this.deps.store.rules()).find(({ channelIds }) => channelIds.includes(id));
    if (user) return err({ code: 'used', message: `The rule "${user.name}" tells this channel; take it out there first.` });
    const digest = (await this.deps.digests.digests()).find(({ channelIds }) => channelIds.includes(id));
    if (digest) return err({ code: 'used', message: `The digest "${digest.name}" is told to this channel; take it out there first.` });
    return (await this.deps.store.removeChannel(id)) ? ok(undefined) : err({ code: 'not-found', message: `There is no channel ${id}.` });
  }
}
