import { pipeline } from 'node:stream';
import type { ArrivingBody } from './arriving-body';
import { compressionOf, decoders, decompressed, ENOUGH_TO_TELL } from './compression';
import { fail, FetchFailure, isInvalidHttp } from './fetch-failure';
import { isWholeDocument } from './whole-document';

type Bytes = AsyncIterable<Uint8Array>;

const MOST_LAYERS = 3;

/** A body, decompressed. */
export interface ReadBody {
  readonly bytes: Uint8Array;
  /** Whether there was more of it than the limit, so that this is only its beginning. */
  readonly cut: boolean;
}

/**
 * Collects a body, decompressed, up to `limit` bytes. It decodes while the bytes arrive and stops at the limit, so that a
 * small body can't grow without end. What the first bytes show counts for more than what the server says.
 *
 * A transfer that breaks off and compression that ends in a fault are no loss where the document is whole all the same:
 * behind a wrong length, or with something behind the compressed bytes. Otherwise they are failures, since a part would
 * be taken for all, and its validators would hide the rest.
 */
export async function readBody(body: ArrivingBody, contentEncoding: string, limit: number): Promise<ReadBody> {
  const labels = contentEncoding.toLowerCase().split(',').map((label) => label.trim()).filter((label) => label !== '');
  if (labels.length > MOST_LAYERS) throw fail('bad-encoding', 'The document is compressed too many times over.');
  // The last label is the outermost; a .gz file that is served as it lies on the disk has none.
  const layers = [...labels.toReversed(), ...(labels.includes('gzip') ? [] : ['identity'])];
  try {
    const { bytes, cut } = await collected(layers.reduce<Bytes>((stream, label) => decoded(stream, label), body), limit);
    return { bytes, cut: cut || body.cut };
  } catch (error) {
    // Compression that was cut at the limit is no fault of the server's.
    if (body.cut) return { ...(await collected(layers.reduce<Bytes>((stream, label) => decoded(stream, label, true), once(body.bytes)), limit)), cut: true };
    const whole = isFinal(error) ? undefined : wholeDocument(body.bytes, layers, limit);
    if (whole === undefined) throw error;
    return { bytes: whole, cut: false };
  } finally {
    body.cancel();
  }
}

/** Whether a failure stands however whole the document looks. */
const isFinal = (error: unknown): boolean => (error instanceof FetchFailure ? error.error.code !== 'bad-encoding' : isInvalidHttp(error));

/** The document in what has arrived, if it is whole. */
function wholeDocument(arrived: Buffer, layers: readonly string[], limit: number): Uint8Array | undefined {
  let [bytes, whole] = [arrived, false];
  try {
    for (const label of layers) {
      const compression = compressionOf(bytes, label);
      if (compression) ({ bytes, whole } = decompressed(bytes, compression, limit));
    }
  } catch {
    return undefined;
  }
  return whole || isWholeDocument(bytes) ? bytes : undefined;
}

async function collected(stream: Bytes, limit: number): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  let [room, cut] = [limit, false];
  for await (const chunk of stream) {
    cut = chunk.byteLength > room;
    chunks.push(chunk.subarray(0, room));
    room -= Math.min(room, chunk.byteLength);
    if (cut) break;
  }
  return { bytes: new Uint8Array(Buffer.concat(chunks)), cut };
}

/** Takes off one layer of compression; a `part` may end anywhere. */
async function* decoded(body: Bytes, label: string, part = false): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  const head = await take(source, ENOUGH_TO_TELL);
  const whole = resume(head, source);
  const compression = compressionOf(head, label);
  if (compression === undefined) {
    yield* whole;
    return;
  }
  const decoder = decoders[compression](part);
  pipeline(whole, decoder, () => undefined);
  try {
    for await (const chunk of decoder) yield chunk as Buffer;
  } catch (error) {
    throw isDecodingError(error) ? fail('bad-encoding', 'The compressed document is damaged or cut off.') : error;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
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

function isDecodingError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return !(error instanceof FetchFailure) && typeof code === 'string' && /^(Z_|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_PADDING)/.test(code);
}
