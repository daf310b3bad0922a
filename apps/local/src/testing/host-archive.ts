import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..', '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const platform = `${process.platform}-${process.arch}`;

function made(pattern: string): string {
  const [path] = globSync(pattern, { cwd: root });
  if (path === undefined) throw new Error(`There is no ${pattern}: run "npx nx package local" first.`);
  return join(root, path);
}

/** What is needed to start an installed Barometer: its program, and the path it must find other programs on. */
export interface Installed {
  readonly program: string;
  readonly path: string;
}

/** Runs a command to its end. Throws what it said where it fails. */
function run(command: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${String(error ?? '')}${stdout}${stderr}`);
}

/**
 * Installs, into a project, the npm package with Barometer's own name, as a registry would have it, and the package of
 * this machine. @returns its program
 */
export function installChooser(folder: string, home: string): string {
  const files = [made(`dist/npm/${platform}/barometer-${version}.tgz`), made(`dist/npm/barometer-${version}.tgz`)];
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--prefix', folder, ...files], {
    cwd: folder,
    env: { HOME: home, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` },
  });
  return join(folder, 'node_modules/barometer/bin/barometer.mjs');
}

/** How a new user installs what `nx package local` made for this machine, into an empty folder. */
export const installers: Readonly<Record<'archive' | 'npm package', (folder: string, home: string) => Installed>> = {
  archive(folder) {
    run('tar', ['-xzf', made(`dist/archives/barometer-${version}-${platform}.tar.gz`), '-C', folder]);
    const [program = ''] = globSync('barometer-*/barometer', { cwd: folder });
    return { program: join(folder, program), path: '/usr/bin:/bin' };
  },
  'npm package'(folder, home) {
    const prefix = join(folder, 'global');
    mkdirSync(prefix);
    // Any npm and Node will do, and no registry: the package is all that is needed.
    const path = `${dirname(process.execPath)}:${process.env['PATH']}`;
    run('npm', ['install', '--global', '--offline', '--no-audit', '--no-fund', '--prefix', prefix, made(`dist/npm/${platform}/barometer-${version}.tgz`)], {
      cwd: folder,
      env: { HOME: home, PATH: path },
    });
    return { program: join(prefix, 'bin', 'barometer'), path: `${dirname(process.execPath)}:/usr/bin:/bin` };
  },
};
