import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from './main';

/**
 * Where an installed Barometer keeps its store when DATA_DIR doesn't say: the operating system's folder for a user's data, so
 * that a newer version, unpacked elsewhere, finds it. Linux: the XDG Base Directory Specification.
 */
export function defaultDataFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'Barometer');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Barometer');
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'barometer');
}

/** Starts Barometer from an archive, an image or a package: everything it ships with lies two folders above this file. */
export async function start(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  process.env['DATA_DIR'] ||= defaultDataFolder(process.platform, process.env, homedir());
  process.exitCode = await main(argv, join(fileURLToPath(new URL('.', import.meta.url)), '..', '..', '..'));
}
