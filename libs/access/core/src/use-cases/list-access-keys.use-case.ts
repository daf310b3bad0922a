import type { AccessKey, AccessKeys } from '../ports/access-keys.port';

/** The valid keys, oldest first; without their secrets, which are not stored. */
export class ListAccessKeys {
  constructor(private readonly deps: { readonly keys: AccessKeys }) {}

  execute(): Promise<readonly AccessKey[]> {
    return this.deps.keys.list();
  }
}
