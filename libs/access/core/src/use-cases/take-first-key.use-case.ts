import { err, ok, sha256Hex, type Clock, type Result } from '@barometer/kernel';
import { keyIdOf } from '../domain/access-key-text';
import type { AccessKey, AccessKeys } from '../ports/access-keys.port';

/** Accepts a key that was made elsewhere, for example by the operator who sets up a server, as long as there is no other key. */
export class TakeFirstKey {
  constructor(private readonly deps: { readonly keys: AccessKeys; readonly clock: Clock }) {}

  /**
   * @param key `bar_`, 8 hexadecimal digits, `_`, and 64 more
   * @returns the stored key, with the role `write`; undefined if there are keys already
   */
  async execute(key: string): Promise<Result<AccessKey | undefined, { readonly message: string }>> {
    const id = keyIdOf(key);
    if (id === undefined) return err({ message: 'holds no key: one is "bar_", 8 hexadecimal digits, "_", and 64 more, in lower case' });
    if ((await this.deps.keys.list()).length > 0) return ok(undefined);
    const record: AccessKey = { id, name: 'first key', role: 'write', digest: sha256Hex(key), createdAt: this.deps.clock.now() };
    return ok((await this.deps.keys.add(record)) ? record : undefined);
  }
}
