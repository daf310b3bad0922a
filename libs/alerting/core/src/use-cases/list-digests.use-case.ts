import type { Clock } from '@barometer/kernel';
import type { Digest } from '../domain/digest';
import { nextDue } from '../domain/digest-schedule';
import type { DigestStore } from '../ports/digest-store.port';

/** A digest, and when its next edition is due; absent while it is switched off. */
export interface ListedDigest {
  readonly digest: Digest;
  readonly nextAt?: number | undefined;
}

/** All digests, the oldest first. */
export class ListDigests {
  constructor(private readonly deps: { readonly store: Pick<DigestStore, 'digests'>; readonly clock: Clock }) {}

  async execute(): Promise<readonly ListedDigest[]> {
    const now = this.deps.clock.now();
    return (await this.deps.store.digests()).map((digest) => ({ digest, ...(digest.enabled && { nextAt: nextDue(digest, now) }) }));
  }
}
