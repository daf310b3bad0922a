import type { Transform } from 'node:stream';
import {
  brotliDecompressSync,
  constants,
  crc32,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  inflateRawSync,
  type ZlibOptions,
} from 'node:zlib';

export type Compression = 'gzip' | 'zlib' | 'deflate' | 'br';

/** Text in UTF-8 that begins like XML, HTML or JSON: a body that only claims to be compressed. */
const LOOKS_LIKE_TEXT = /^(\xef\xbb\xbf)?\s*([<{[][\s!?"'/a-z{]|$)/i;
/** The number of first bytes that `compressionOf` needs. */
export const ENOUGH_TO_TELL = 8;
const [MAGIC, MEMBER_TRAILER] = [Buffer.from([0x1f, 0x8b]), 8];

/** How a body that begins with `head` is compressed; the bytes take precedence over the label. */
export function compressionOf(head: Buffer, label: string): Compression | undefined {
  if (head.subarray(0, 2).equals(MAGIC)) return 'gzip';
  if (LOOKS_LIKE_TEXT.test(head.toString('latin1', 0, ENOUGH_TO_TELL))) return undefined;
  if (label === 'br') return 'br';
  if (label === 'deflate') return isZlib(head) ? 'zlib' : 'deflate';
  return undefined;
}

/** "deflate" means the zlib format (RFC 9110), yet some servers send the bare stream. */
const isZlib = (head: Buffer): boolean => head.length > 1 && (head.readUInt8(0) & 0x0f) === 8 && head.readUInt16BE(0) % 31 === 0;

export const decoders: Readonly<Record<Compression, () => Transform>> = {
  gzip: () => createGunzip(),
  zlib: () => createInflate(),
  deflate: () => createInflateRaw(),
  br: () => createBrotliDecompress(),
};

/** The decompressed bytes, and whether they are complete: the checksum is right, whatever follows it. */
export interface Decompressed {
  readonly bytes: Buffer;
  readonly whole: boolean;
}

/** Decompresses damaged or truncated bytes as far as possible, up to `limit` bytes. @throws Error if nothing can be decompressed */
export function decompressed(bytes: Buffer, compression: Compression, limit: number): Decompressed {
  if (compression === 'gzip') return gunzipped(bytes, limit);
  if (compression === 'br') {
    return { bytes: brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: limit }), whole: false };
  }
  return { bytes: inflated(compression === 'zlib' ? bytes.subarray(2) : bytes, limit).bytes, whole: false };
}

function gunzipped(bytes: Buffer, limit: number): Decompressed {
  const members: Buffer[] = [];
  let [start, size, whole] = [0, 0, true];
  // A file may consist of several members, one after the other; bytes after the last do not belong to it.
  while (whole && bytes.subarray(start, start + 2).equals(MAGIC)) {
    const data = bytes.subarray(start + gzipHeader(bytes.subarray(start)));
    const member = inflated(data, limit - size);
    const trailer = data.subarray(member.consumed, member.consumed + MEMBER_TRAILER);
    whole = trailer.length === MEMBER_TRAILER && trailer.readUInt32LE(0) === crc32(member.bytes);
    members.push(member.bytes);
    size += member.bytes.length;
    start = data.byteOffset - bytes.byteOffset + member.consumed + MEMBER_TRAILER;
  }
  return { bytes: Buffer.concat(members), whole };
}

/** The length of a gzip member's header (RFC 1952): ten bytes, then the fields that its flags announce. */
function gzipHeader(bytes: Buffer): number {
  const flags = bytes.readUInt8(3);
  let length = 10;
  if (flags & 4) length += 2 + bytes.readUInt16LE(length);
  for (const text of [8, 16]) if (flags & text) length = bytes.indexOf(0, length) + 1;
  return flags & 2 ? length + 2 : length;
}

function inflated(data: Buffer, limit: number): { readonly bytes: Buffer; readonly consumed: number } {
  const options: ZlibOptions = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(limit, 1), info: true };
  // With `info` two values are returned, which the types do not declare.
  const { buffer, engine } = inflateRawSync(data, options) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  return { bytes: buffer, consumed: engine.bytesWritten };
}
