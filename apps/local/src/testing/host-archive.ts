import { globSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..', '..');

/** The archive for this machine that `nx package local` wrote. Throws where there is none. */
export function hostArchive(): string {
  const [path] = globSync(`dist/archives/barometer-*-${process.platform}-${process.arch}.tar.gz`, { cwd: root });
  if (path === undefined) throw new Error('There is no archive for this machine: run "npx nx package local" first.');
  return join(root, path);
}
