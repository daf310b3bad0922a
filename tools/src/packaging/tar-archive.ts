import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { writeMeasured, type WrittenFile } from './measured-file';

/** One file of a standalone archive. */
export interface ArchiveFile {
  /** Its path in the archive, with forward slashes. */
  readonly path: string;
  readonly source: string;
  /** A program, executable for everyone. */
  readonly executable?: boolean;
}

/** A fixed time that no unpacking tool complains about. */
const EPOCH = new Date(1_000_000_000_000);

/** Writes a .tar.gz whose bytes depend only on the files' paths and contents. The target appears only when it is complete. */
export async function writeTarGz(files: readonly ArchiveFile[], target: string): Promise<WrittenFile> {
  const tar = pack();
  const written = writeMeasured(target, tar, createGzip({ level: 9 }));
  const owner = { uid: 0, gid: 0, uname: 'root', gname: 'root', mtime: EPOCH };
  for (const folder of foldersOf(files)) tar.entry({ ...owner, name: `${folder}/`, type: 'directory', mode: 0o755 });
  for (const { path, source, executable } of files) {
    const { size } = await stat(source);
    await new Promise<void>((resolve, reject) => {
      const entry = tar.entry({ ...owner, name: path, size, mode: executable ? 0o755 : 0o644 }, (error) => (error ? reject(error) : resolve()));
      pipeline(createReadStream(source), entry).catch(reject);
    });
  }
  tar.finalize();
  return written;
}

/** Every folder above a file, each before its content. */
function foldersOf(files: readonly ArchiveFile[]): string[] {
  const found = new Set<string>();
  for (const { path } of files) {
    const parts = path.split('/').slice(0, -1);
    parts.forEach((_part, at) => found.add(parts.slice(0, at + 1).join('/')));
  }
  return [...found].sort();
}
