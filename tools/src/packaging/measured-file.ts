import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface WrittenFile {
  readonly bytes: number;
  /** Of the whole file, in hex. */
  readonly sha256: string;
}

/** Writes what a stream brings, through another where one is given, to `target`, which appears when it is whole, and measures it on its way. */
export async function writeMeasured(target: string, source: NodeJS.ReadableStream | AsyncIterable<unknown>, through: NodeJS.ReadWriteStream = new PassThrough()): Promise<WrittenFile> {
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(source, through, measure, createWriteStream(`${target}.part`));
  await rename(`${target}.part`, target);
  return { bytes, sha256: hash.digest('hex') };
}
