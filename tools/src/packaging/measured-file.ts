import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface WrittenFile {
  readonly bytes: number;
  /** Hash of the whole file, in hex. */
  readonly sha256: string;
}

/** Writes a stream to `target`, through another stream if given, and measures it. The target appears only when it is complete. */
export async function writeMeasured(
  target: string,
  source: NodeJS.ReadableStream | AsyncIterable<unknown>,
  through: NodeJS.ReadWriteStream = new PassThrough(),
): Promise<WrittenFile> {
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
