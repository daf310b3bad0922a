import type { DigestStore } from '../ports/digest-store.port';

/** Removes a digest; editions that are in the outbox stay there. */
export class RemoveDigest {
  constructor(private readonly deps: { readonly store: Pick<DigestStore, 'removeDigest'> }) {}

  /** `false` if there is none. */
  execute(id: string): Promise<boolean> {
    return this.deps.store.removeDigest(id);
  }
}
