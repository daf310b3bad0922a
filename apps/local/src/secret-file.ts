import { open } from 'node:fs/promises';
import { SettingsError } from '@barometer/kernel';

/** A key is 77 characters, a client's secret about as long; a file that is much larger is something else. */
const LARGEST = 1024;
/** The bits of a file's mode that let others than its owner and group read it, or others than its owner write it. */
const TOO_OPEN = 0o027;

/**
 * Reads one line from a file that only its owner and its group can read.
 * @param setting the variable that names the file
 * @throws SettingsError that names the variable and the file, never what the file holds
 */
export async function readSecretFile(setting: string, path: string): Promise<string> {
  const refuse = (why: string) => new SettingsError(`${setting} ${path} ${why}`);
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw refuse(`cannot be read (${error.code ?? error.message})`);
  });
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw refuse('is no file');
    const { mode, size } = stats;
    if (process.platform !== 'win32' && (mode & TOO_OPEN) !== 0)
      throw refuse(`can be read or changed by others (its mode is ${(mode & 0o777).toString(8)}): run "chmod 600" on it`);
    if (size > LARGEST) throw refuse('is too large for a key');
    return (await file.readFile('utf8')).trim();
  } catch (error) {
    throw error instanceof SettingsError ? error : refuse(`cannot be read (${String((error as NodeJS.ErrnoException).code)})`);
  } finally {
    await file.close();
  }
}
