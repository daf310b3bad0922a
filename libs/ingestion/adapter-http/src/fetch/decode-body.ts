import { pipeline } from 'node:stream';
import type { ArrivingBody } from './arriving-body';
import { compressionOf, decoders, decompressed, ENOUGH_TO_TELL } from './compression';
import { fail, FetchFailure, isInvalidHttp } from './fetch-failure';
import { ANNOUNCED_LENGTH } from './mend-answer';
import { type BodyLimits, newestPart, type ReadBody } from './newest-part';
import { CONTENT_ENCODING } from './pinned-dispatcher';
import { isWholeDocument } from './whole-document';

type Bytes = AsyncIterable<Uint8Array>;

const MOST_LAYERS = 3;

interface AnswerHeaders {
  get(name: string): string | null;
}

/**
 * Collects a body, decompressed. It decodes while the bytes arrive and stops at the limits, so that a small compressed
 * body cannot grow without end. If a feed exceeds the limit, the part with the newest items is used, its beginning or
 * its end; an end is put after what the feed says before its items. Compression shown by the first bytes takes
 * precedence over the server's label.
 *
 * An aborted transfer or faulty compression is accepted if the document is complete all the same: with a wrong announced
 * length, too large or too small, or with extra bytes after the compressed ones. Otherwise they are failures, since a
 * part would be taken for the whole, and its validators would hide the rest.
 */
export async function readBody(body: ArrivingBody, headers: AnswerHeaders, limits: BodyLimits): Promise<ReadBody> {
  const layers = layersOf(headers.get(CONTENT_ENCODING) ?? '');
  const announced = Number(headers.get(ANNOUNCED_LENGTH) ?? Infinity);
  try {
    const read = await collected(layers.reduce<Bytes>(decoded, body), limits);
    return (body.bytes?.length ?? 0) > announced ? await asAnnounced(body.bytes as Buffer, announced, read, layers, limits) : read;
  } catch (error) {
    const arrived = isFinal(error) ? undefined : body.bytes;
    const whole = arrived && (wholeDocument(arrived.subarray(0, announced), layers, limits.taken) ?? wholeDocument(arrived, layers, limits.taken));
    if (whole === undefined) throw error;
    return { bytes: whole };
  } finally {
    body.cancel();
  }
}

/** For a body that is longer than announced: all of it if only that is a complete document, else as much as was announced. */
async function asAnnounced(arrived: Buffer, announced: number, all: ReadBody, layers: readonly string[], limits: BodyLimits): Promise<ReadBody> {
  const part = arrived.subarray(0, announced);
  const whole = wholeDocument(part, layers, limits.taken);
  if (whole) return { bytes: whole };
  return isWholeDocument(all.bytes) ? all : collected(layers.reduce<Bytes>(decoded, once(part)), limits);
}

/** The compressions of a body, outermost first; a .gz file that is served as a file has no label. */
function layersOf(contentEncoding: string): string[] {
  const labels = contentEncoding
    .toLowerCase()
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '');
  if (labels.length > MOST_LAYERS) throw fail('bad-encoding', 'The document is compressed too many times over.');
  return [...labels.toReversed(), ...(labels.includes('gzip') ? [] : ['identity'])];
}

/** Whether a failure stands even if the document looks complete. */
const isFinal = (error: unknown): boolean => (error instanceof FetchFailure ? error.error.code !== 'bad-encoding' : isInvalidHttp(error));

/** The document in the received bytes, if it is complete. */
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

async function collected(stream: Bytes, limits: BodyLimits): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const source = stream[Symbol.asyncIterator]();
  try {
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      chunks.push(next.value);
      size += next.value.byteLength;
      if (size > limits.taken) return await newestPart(Buffer.concat(chunks), source, limits);
    }
    return { bytes: new Uint8Array(Buffer.concat(chunks)) };
  } finally {
    await source.return?.();
  }
}

async function* decoded(body: Bytes, label: string): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  const head = await take(source, ENOUGH_TO_TELL);
  const whole = resume(head, source);
  const compression = compressionOf(head, label);
  if (compression === undefined) {
    yield* whole;
    return;
  }
  const decoder = decoders[compression]();
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
