import { isSameDigest, sha256Hex } from '@barometer/kernel';
import { keyIdOf } from '../domain/access-key-text';
import type { Access, AccessKeys } from '../ports/access-keys.port';

// Compared with where there is no such key, so that an unknown id takes as long as a wrong secret. Nothing has this digest.
const NOBODY = '0'.repeat(64);

/** What a key allows; `undefined` when it is not valid. */
export class VerifyAccessKey {
  constructor(private readonly deps: { readonly keys: AccessKeys }) {}

  async execute(key: string): Promise<Access | undefined> {
    const id = keyIdOf(key);
    if (id === undefined) return undefined;
    const record = await this.deps.keys.find(id);
    if (!isSameDigest(record?.digest ?? NOBODY, sha256Hex(key)) || !record) return undefined;
    const { role, feed } = record;
    return { role, ...(feed !== undefined && { feed }) };
  }
}
