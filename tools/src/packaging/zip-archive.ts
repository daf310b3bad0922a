import { ZipFile } from 'yazl';
import { sizeOf, type LambdaFile } from './contents';
import { writeMeasured, type WrittenFile } from './measured-file';
import { FILE_MODE } from './open-folder';

/** The earliest time in the ZIP format, as local time: a ZIP's times have no zone, so this writes the same bytes in every zone. */
const EPOCH = new Date(1980, 0, 1);
/** A regular file, in the encoding of stat(2). */
const MODE = 0o100000 | FILE_MODE;

export interface WrittenZip extends WrittenFile {
  readonly unzippedBytes: number;
}

/** Writes a ZIP whose bytes depend only on the files' paths and contents. The target appears only when it is complete. */
export async function writeZip(files: readonly Pick<LambdaFile, 'path' | 'source'>[], target: string): Promise<WrittenZip> {
  const zip = new ZipFile();
  for (const { path, source } of files) zip.addFile(source, path, { mtime: EPOCH, mode: MODE, forceDosTimestamp: true });
  zip.end();
  const failed = new Promise<never>((_resolve, reject) => zip.on('error', reject));
  const written = await Promise.race([writeMeasured(target, zip.outputStream), failed]);
  return { ...written, unzippedBytes: await sizeOf(files) };
}
