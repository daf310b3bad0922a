import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The part of the platform's fetch that downloads use. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export interface DownloadOptions {
  readonly fetch: Fetch;
  /** Called with the bytes of this file so far, and its size if the server states it. */
  readonly onProgress: (done: number, total: number | undefined) => void;
  /** Milliseconds without a byte after which a connection counts as dead. */
  readonly idleMs: number;
  /** Milliseconds to wait before another attempt. */
  readonly pauseMs: number;
}

const ATTEMPTS = 4;

/** A refusal by the server, which another attempt would not change. */
class Refusal extends Error {}

/**
 * Downloads a file whose content never changes under its address. Received bytes are kept in `<target>.part`, and the
 * next attempt, in this call or a later one, requests only the rest. The target file exists only when it is complete.
 */
export async function download(address: string, target: string, options: DownloadOptions): Promise<void> {
  const part = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await fetchRest(address, part, options);
      return await rename(part, target);
    } catch (error) {
      if (error instanceof Refusal || attempt === ATTEMPTS) throw error;
      await sleep(options.pauseMs * attempt);
    }
  }
}

async function fetchRest(address: string, part: string, { fetch, onProgress, idleMs }: DownloadOptions): Promise<void> {
  const present = await sizeOf(part);
  const idle = new AbortController();
  const expire = () => idle.abort(new Error(`nothing arrived for ${Math.round(idleMs / 1000)} s`));
  let timer = setTimeout(expire, idleMs);
  try {
    const response = await fetch(address, { signal: idle.signal, headers: present > 0 ? { range: `bytes=${present}-` } : {} });
    if (response.status === 416) return await startAgain(response, part, present);
    if (!response.ok || !response.body) throw refusal(response);
    const isRest = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${present}-`) === true;
    const start = isRest ? present : 0;
    const total = totalOf(response, start);
    let done = start;
    const count = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        clearTimeout(timer);
        timer = setTimeout(expire, idleMs);
        done += chunk.byteLength;
        onProgress(done, total);
        yield chunk;
      }
    };
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), count, createWriteStream(part, { flags: isRest ? 'a' : 'w' }), {
      signal: idle.signal,
    });
    const arrived = await sizeOf(part);
    if (arrived !== (total ?? done)) throw new Error(`${arrived} of ${total ?? done} bytes arrived`);
  } finally {
    clearTimeout(timer);
  }
}

/** Status 416, "Range not satisfiable": the partial file is complete already, or does not belong to this file. */
async function startAgain(response: Response, part: string, present: number): Promise<void> {
  if (response.headers.get('content-range') === `bytes */${present}`) return;
  await rm(part, { force: true });
  throw new Error('the part that was there did not belong to the file');
}

function refusal(response: Response): Error {
  const message = `the server answered ${response.status}${response.statusText ? ` ${response.statusText}` : ''}`;
  return response.status >= 400 && response.status < 500 && response.status !== 429 ? new Refusal(message) : new Error(message);
}

/** The size of the whole file; unknown if the body is compressed for transfer, since the length is that of the compressed form. */
function totalOf(response: Response, start: number): number | undefined {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? undefined : start + Number(length);
}

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
