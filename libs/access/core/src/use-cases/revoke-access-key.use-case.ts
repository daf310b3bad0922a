import type { AccessKeys } from '../ports/access-keys.port';

/** Revokes a key at once; `false` if there is none with this id. */
export class RevokeAccessKey {
  constructor(private readonly deps: { readonly keys: AccessKeys }) {}

  execute(id: string): Promise<boolean> {
    return this.deps.keys.remove(id);
  }
}
