import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder for what is downloaded or built once, outside the repository, so that several checkouts share it. */
export function cacheFolder(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const caches = environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(environment['BAROMETER_TOOLS_DIR'] ?? join(caches, 'barometer'), name);
}
