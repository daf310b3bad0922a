import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { sizeOf, type LambdaFile } from './contents';
import { FILE_MODE } from './open-folder';

/**
 * The first moment that a ZIP can tell, in local time: a ZIP's times have no zone, so this writes the same bytes in
 * every zone.
 */
const EPOCH = new Date(1980, 0, 1);
/** A plain file, in the words of stat(2). */
const MODE = 0o100000 | FILE_MODE;

export interface WrittenZip {
  readonly bytes: number;
  readonly unzippedBytes: number;
  /** Of the whole file, in hex. */
  readonly sha256: string;
}

/** Writes a ZIP whose bytes follow from the files' paths and contents alone. The target appears when it is whole. */
export async function writeZip(files: readonly LambdaFile[], target: string): Promise<WrittenZip> {
  await mkdir(dirname(target), { recursive: true });
  const zip = new ZipFile();
  for (const { path, source } of files) zip.addFile(source, path, { mtime: EPOCH, mode: MODE, forceDosTimestamp: true });
  zip.end();
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const failed = new Promise<never>((_resolve, reject) => zip.on('error', reject));
  await Promise.race([pipeline(zip.outputStream, measure, createWriteStream(`${target}.part`)), failed]);
  await rename(`${target}.part`, target);
  return { bytes, unzippedBytes: await sizeOf(files), sha256: hash.digest('hex') };
}
