import { isSameDigest, sha256Hex } from '@barometer/kernel';
import { keyIdOf } from '../domain/access-key-text';
import type { AccessKeys, KeyHolder } from '../ports/access-keys.port';

// Compared with if there is no such key, so that an unknown id takes as long as a wrong secret. No secret has this digest.
const NOBODY = '0'.repeat(64);

/** What a key allows, and its label; `undefined` if it is not valid. */
export class VerifyAccessKey {
  constructor(private readonly deps: { readonly keys: AccessKeys }) {}

  async execute(key: string): Promise<KeyHolder | undefined> {
    const id = keyIdOf(key);
    if (id === undefined) return undefined;
    const record = await this.deps.keys.find(id);
    if (!isSameDigest(record?.digest ?? NOBODY, sha256Hex(key)) || !record) return undefined;
    const { name, role, feed } = record;
    return { name, role, ...(feed !== undefined && { feed }) };
  }
}
