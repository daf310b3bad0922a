import type { AccessKeys } from '../ports/access-keys.port';

/** Makes a key invalid from now on; `false` when there is none with this id. */
export class RevokeAccessKey {
  constructor(private readonly deps: { readonly keys: AccessKeys }) {}

  execute(id: string): Promise<boolean> {
    return this.deps.keys.remove(id);
  }
}
