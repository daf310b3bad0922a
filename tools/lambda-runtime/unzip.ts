import { createWriteStream } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { makeOpenFolder } from '../src/packaging/open-folder';

/** Unpacks a ZIP as Lambda does, each file with its mode in the ZIP. The library refuses paths outside of the folder. */
export async function unzip(archive: string, folder: string): Promise<void> {
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const target = join(folder, entry.fileName);
    await makeOpenFolder(dirname(target));
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
    // The external attributes of a ZIP entry contain the mode of stat(2) in their upper half.
    await chmod(target, (entry.externalFileAttributes >>> 16) & 0o777);
  }
}
