import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import heapFlags from '../../node/heap-flags.json';
import { filesIn, sorted } from './contents';
import type { BundledPackage } from './bundled-packages';
import { licences } from './licences';
import type { NodeProgram } from './node-program';
import { partsOf, type Platform } from './platforms';
import type { ArchiveFile } from './tar-archive';

export interface StandaloneOptions {
  readonly workspaceRoot: string;
  /** The folder of the bundle and its metafile, relative to the workspace. */
  readonly bundle: string;
  /** Folders and files that the app needs below its root, relative to the workspace. */
  readonly assets: readonly string[];
  readonly platform: Platform;
  readonly version: string;
  /** The packages whose code it contains. */
  readonly packages: readonly BundledPackage[];
  /** The folder for generated files, relative to the workspace. */
  readonly workshop: string;
}

/** The app's files are below this folder in an archive, laid out as in the repository. */
const APP = 'app';

/**
 * Everything in an archive for a platform, sorted by path: the app with the native code of that platform, Node, the
 * launcher, and all licences.
 */
export async function standaloneFiles(options: StandaloneOptions, node: NodeProgram): Promise<ArchiveFile[]> {
  const isWindows = options.platform === 'win-x64';
  const own = await writtenFiles(options, {
    ...(isWindows ? { 'barometer.cmd': windowsLauncher } : { barometer: launcher }),
    'README.txt': readme(options, isWindows),
    'THIRD-PARTY-LICENSES.txt': licences(options.workspaceRoot, options.packages, node),
  });
  const program: ArchiveFile = { path: isWindows ? 'runtime/node.exe' : 'runtime/node', source: node.program, executable: true };
  const all = [
    ...own.map((file) => ({ ...file, executable: file.path === 'barometer' })),
    program,
    ...notices(options),
    ...(await applicationFiles(options, APP)),
  ];
  return sorted(all);
}

/** The app without Node, below `prefix`: its bundle, its assets, its part of onnxruntime, and the file that starts it. */
export async function applicationFiles(options: StandaloneOptions, prefix: string): Promise<ArchiveFile[]> {
  const { workspaceRoot, bundle, assets, platform, version } = options;
  const own = await writtenFiles(options, {
    'start.mjs': `import { start } from './dist/apps/local/standalone.mjs';\nawait start();\n`,
    'package.json': `${JSON.stringify({ name: 'barometer', version, private: true, type: 'module' })}\n`,
  });
  const files = [
    ...own,
    ...filesIn(join(workspaceRoot, bundle), 'dist/apps/local').filter(({ path }) => !/\/meta\.json$|\/package\.json$|\.map$/.test(path)),
    ...assets.flatMap((asset) => filesIn(join(workspaceRoot, asset), asset)).filter(({ path }) => !path.endsWith('.map')),
    ...filesIn(join(workspaceRoot, 'node_modules/onnxruntime-node'), 'node_modules/onnxruntime-node', [
      'package.json',
      'dist/*.js',
      ...partsOf[platform].onnxruntime,
    ]),
    ...filesIn(join(workspaceRoot, 'node_modules/onnxruntime-common'), 'node_modules/onnxruntime-common', [
      'package.json',
      'dist/{cjs,esm}/**/*.js',
      'dist/{cjs,esm}/package.json',
    ]),
  ];
  return files.map((file) => ({ ...file, path: prefix ? `${prefix}/${file.path}` : file.path }));
}

/** Our own licence, and the notice that must be passed on with it. */
export const notices = ({ workspaceRoot }: Pick<StandaloneOptions, 'workspaceRoot'>): ArchiveFile[] =>
  ['LICENSE', 'NOTICE'].map((path) => ({ path, source: join(workspaceRoot, path) }));

/** Writes generated files. */
export async function writtenFiles(
  { workspaceRoot, workshop, platform }: Pick<StandaloneOptions, 'workspaceRoot' | 'workshop'> & { readonly platform: string },
  texts: Readonly<Record<string, string>>,
): Promise<ArchiveFile[]> {
  return Promise.all(
    Object.entries(texts).map(async ([path, text]) => {
      const source = join(workspaceRoot, workshop, platform, path);
      await mkdir(dirname(source), { recursive: true });
      await writeFile(source, text);
      return { path, source };
    }),
  );
}

// If it is started through a symbolic link, for example from a folder in PATH, the link is followed. readlink -f is missing on older macOS.
const launcher = `#!/bin/sh
set -e
self=$0
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in /*) self=$target ;; *) self=$(dirname "$self")/$target ;; esac
done
here=$(CDPATH= cd -- "$(dirname -- "$self")" && pwd -P)
exec "$here/runtime/node" ${heapFlags.join(' ')} "$here/${APP}/start.mjs" "$@"
`;

const windowsLauncher = `@"%~dp0runtime\\node.exe" ${heapFlags.join(' ')} "%~dp0${APP}\\start.mjs" %*\r\n`;

const readme = ({ version }: StandaloneOptions, isWindows: boolean) => `Barometer ${version} tells the mood of the news.

Start it with ${isWindows ? 'barometer.cmd' : './barometer'}, then open http://127.0.0.1:4600. Ctrl-C stops it; it goes on where it was.
${isWindows ? 'barometer.cmd' : './barometer'} --help lists its commands and settings.

It keeps what it collects in ${isWindows ? '%LOCALAPPDATA%\\Barometer' : 'your folder for application data ("barometer doctor" names it)'}, or where DATA_DIR says.
To upgrade, unpack the new version and start that. To remove it, delete this folder and the other one.
`;

/** The version in the workspace's package.json. */
export async function workspaceVersion(workspaceRoot: string): Promise<string> {
  return (JSON.parse(await readFile(join(workspaceRoot, 'package.json'), 'utf8')) as { version: string }).version;
}
