import type { AccessKey, AccessKeys } from '../ports/access-keys.port';

/** The keys that are valid, oldest first; without their secrets, which nobody has kept. */
export class ListAccessKeys {
  constructor(private readonly deps: { readonly keys: AccessKeys }) {}

  execute(): Promise<readonly AccessKey[]> {
    return this.deps.keys.list();
  }
}
