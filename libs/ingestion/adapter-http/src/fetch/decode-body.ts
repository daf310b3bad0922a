import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, type Gunzip } from 'node:zlib';
import { fail, FetchFailure } from './fetch-failure';

type Bytes = AsyncIterable<Uint8Array>;

/** A UTF-8 text that begins like XML, HTML or JSON: a body that only claims to be compressed. */
const LOOKS_LIKE_TEXT = /^(\xef\xbb\xbf)?\s*([<{[][\s!?"'/a-z{]|$)/i;
const ENOUGH_TO_TELL = 8;
const MOST_LAYERS = 3;

/**
 * Collects a body, decompressed, up to `limit` bytes: as many compressed, as many decompressed. It decodes while the
 * bytes arrive and stops at the limit, so that a small body can't grow without end. What the first bytes show counts
 * for more than what the server says.
 */
export async function readBody(body: Bytes, contentEncoding: string, limit: number): Promise<Uint8Array> {
  const labels = contentEncoding.toLowerCase().split(',').map((label) => label.trim()).filter((label) => label !== '');
  if (labels.length > MOST_LAYERS) throw fail('bad-encoding', 'The document is compressed too many times over.');
  let stream = limited(body, limit);
  for (const label of labels.toReversed()) stream = decoded(stream, label);
  // A .gz file that is served as it lies on the disk has no label.
  if (!labels.includes('gzip')) stream = decoded(stream, 'identity');
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(stream, limit)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

async function* limited(body: Bytes, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw fail('too-large', `The document is larger than ${Math.round(limit / 2 ** 20)} MiB.`);
    yield chunk;
  }
}

async function* decoded(body: Bytes, label: string): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  const head = await take(source, ENOUGH_TO_TELL);
  const whole = resume(head, source);
  const decoder = decoderFor(head, label);
  if (decoder === undefined) {
    yield* whole;
    return;
  }
  pipeline(whole, decoder, () => undefined);
  try {
    for await (const chunk of decoder) yield chunk as Buffer;
  } catch (error) {
    throw isDecodingError(error) ? fail('bad-encoding', 'The compressed document is damaged or cut off.') : error;
  }
}

async function take(source: AsyncIterator<Uint8Array>, size: number): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < size) {
    const next = await source.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* resume(head: Buffer, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}

function decoderFor(head: Buffer, label: string): Gunzip | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return createGunzip();
  if (LOOKS_LIKE_TEXT.test(head.toString('latin1'))) return undefined;
  if (label === 'br') return createBrotliDecompress() as unknown as Gunzip;
  if (label === 'deflate') return isZlib(head) ? createInflate() : createInflateRaw();
  return undefined;
}

/** "deflate" means the zlib format (RFC 9110), yet some servers send the bare stream. */
const isZlib = (head: Buffer): boolean =>
  head.length > 1 && (head.readUInt8(0) & 0x0f) === 8 && head.readUInt16BE(0) % 31 === 0;

function isDecodingError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return !(error instanceof FetchFailure) && typeof code === 'string' && /^(Z_|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_PADDING)/.test(code);
}
