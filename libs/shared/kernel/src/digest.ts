import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a text's UTF-8, in lower-case hex. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** So many unpredictable random bytes, in lower-case hex. */
export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** Whether two texts are equal, in a time that does not reveal where they differ. */
export function isSameDigest(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8')];
  return left.length === right.length && timingSafeEqual(left, right);
}
