import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The package with Node for each platform and architecture. */
const packages = JSON.parse(readFileSync(new URL('packages.json', import.meta.url), 'utf8'));

/** The Node that package-lock.json pins for this platform, if it is installed. */
export function lockedNode() {
  const name = packages[`${process.platform}-${process.arch}`];
  const file = name && join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return file && existsSync(file) ? file : undefined;
}
