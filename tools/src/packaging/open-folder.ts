import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Lambda runs a function as a user who owns none of its files, so everyone may read them, whatever the umask. */
export const FILE_MODE = 0o644;
export const FOLDER_MODE = 0o755;

/** Creates a folder and its missing parents, readable for everyone. Existing ones stay as they are. */
export async function makeOpenFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await chmod(made, FOLDER_MODE);
}
