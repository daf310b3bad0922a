import { randomHex, sha256Hex, type Clock } from '@barometer/kernel';
import { writeKey } from '../domain/access-key-text';
import type { Access, AccessKey, AccessKeys } from '../ports/access-keys.port';

/** A new key: its text, which is shown only once, and what is stored of it. */
export interface NewAccessKey {
  readonly key: string;
  readonly record: AccessKey;
}

const ID_BYTES = 4;
const SECRET_BYTES = 32;

/** Makes an access key. Only its digest is stored, so a lost key must be replaced. */
export class AddAccessKey {
  constructor(private readonly deps: { readonly keys: AccessKeys; readonly clock: Clock }) {}

  async execute({ name, role, feed }: Access & { readonly name: string }): Promise<NewAccessKey> {
    for (;;) {
      const id = randomHex(ID_BYTES);
      const key = writeKey(id, randomHex(SECRET_BYTES));
      const record: AccessKey = { id, name, role, ...(feed !== undefined && { feed }), digest: sha256Hex(key), createdAt: this.deps.clock.now() };
      if (await this.deps.keys.add(record)) return { key, record };
    }
  }
}
