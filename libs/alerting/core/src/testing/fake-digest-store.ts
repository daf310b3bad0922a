import type { Digest } from '../domain/digest';
import type { DigestStore } from '../ports/digest-store.port';

/** A store of these digests without editions, for testing what uses the use cases. */
export function fakeDigestStore(...first: readonly Digest[]): DigestStore {
  const rows = new Map(first.map((digest) => [digest.id, digest]));
  return {
    digests: async () => [...rows.values()],
    digest: async (id) => rows.get(id),
    addDigest: async (digest) => rows.set(digest.id, digest).size > 0,
    settleDigest: async ({ digest }) => rows.set(digest.id, { ...digest, version: digest.version + 1 }).size > 0,
    removeDigest: async (id) => rows.delete(id),
    edition: async () => undefined,
    removeEditionsBefore: async () => undefined,
  };
}
