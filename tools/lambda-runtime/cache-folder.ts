import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what is fetched or built once is kept, outside the repository: several checkouts share it. */
export function cacheFolder(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const caches = environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(environment['BAROMETER_TOOLS_DIR'] ?? join(caches, 'barometer'), name);
}
