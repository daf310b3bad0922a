import { createHash } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The id of the article with this identity (its canonical URL, else its guid, else source and title):
 * the first 26 characters of the lower-case base32 (RFC 4648) of SHA-256, 130 bits.
 */
export function articleIdOf(identity: string): string {
  const digest = createHash('sha256').update(identity, 'utf8').digest();
  let bits = 0;
  let value = 0;
  let id = '';
  for (const byte of digest) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5 && id.length < 26) {
      bits -= 5;
      id += BASE32[(value >>> bits) & 31];
      value &= (1 << bits) - 1;
    }
  }
  return id;
}
