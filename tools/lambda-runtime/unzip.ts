import { createWriteStream } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { makeOpenFolder } from '../src/packaging/open-folder';

/** Unpacks a ZIP as Lambda does, each file with the mode that the ZIP gives it. The library refuses paths that lead out of the folder. */
export async function unzip(archive: string, folder: string): Promise<void> {
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const target = join(folder, entry.fileName);
    await makeOpenFolder(dirname(target));
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
    // A ZIP's own field of attributes has the mode of stat(2) in its upper half.
    await chmod(target, (entry.externalFileAttributes >>> 16) & 0o777);
  }
}
