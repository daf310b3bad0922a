import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesIn, sorted } from './contents';
import type { BundleMetadata } from './native-packages';
import type { NodeProgram } from './node-program';
import { partsOf, type Platform } from './platforms';
import type { ArchiveFile } from './tar-archive';

export interface StandaloneOptions {
  readonly workspaceRoot: string;
  /** The folder of the bundle and its metafile, relative to the workspace. */
  readonly bundle: string;
  /** Folders and files that the app finds below its root, relative to the workspace. */
  readonly assets: readonly string[];
  readonly platform: Platform;
  readonly version: string;
  /** Where files are written that exist nowhere else, relative to the workspace. */
  readonly workshop: string;
}

/** Below which the app's files lie in an archive, laid out as they are in the repository. */
const APP = 'app';

/**
 * Everything that an archive for a platform holds, sorted by path: the app with the machine code of that platform, Node, what
 * starts one with the other, and all licences.
 */
export async function standaloneFiles(options: StandaloneOptions, node: NodeProgram): Promise<ArchiveFile[]> {
  const isWindows = options.platform === 'win-x64';
  const own = await writtenFiles(options, {
    ...(isWindows ? { 'barometer.cmd': windowsLauncher } : { barometer: launcher }),
    'README.txt': readme(options, isWindows),
    'THIRD-PARTY-LICENSES.txt': licences(options, node),
  });
  const program: ArchiveFile = { path: isWindows ? 'runtime/node.exe' : 'runtime/node', source: node.program, executable: true };
  const all = [...own.map((file) => ({ ...file, executable: file.path === 'barometer' })), program, { path: 'LICENSE', source: join(options.workspaceRoot, 'LICENSE') }, ...(await applicationFiles(options, APP))];
  return sorted(all);
}

/** The app without Node, below `prefix`: its bundle, its assets, what it needs of onnxruntime, and the file that starts it. */
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
    ...filesIn(join(workspaceRoot, 'node_modules/onnxruntime-node'), 'node_modules/onnxruntime-node', ['package.json', 'dist/*.js', ...partsOf[platform].onnxruntime]),
    ...filesIn(join(workspaceRoot, 'node_modules/onnxruntime-common'), 'node_modules/onnxruntime-common', ['package.json', 'dist/{cjs,esm}/**/*.js', 'dist/{cjs,esm}/package.json']),
  ];
  return files.map((file) => ({ ...file, path: prefix ? `${prefix}/${file.path}` : file.path }));
}

/** Writes files that exist nowhere else. */
export async function writtenFiles({ workspaceRoot, workshop, platform }: StandaloneOptions, texts: Readonly<Record<string, string>>): Promise<ArchiveFile[]> {
  return Promise.all(Object.entries(texts).map(async ([path, text]) => {
    const source = join(workspaceRoot, workshop, platform, path);
    await mkdir(dirname(source), { recursive: true });
    await writeFile(source, text);
    return { path, source };
  }));
}

// A link to it, from a folder on the path for example, is followed to where it lies. readlink -f is missing on older macOS.
const launcher = `#!/bin/sh
set -e
self=$0
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in /*) self=$target ;; *) self=$(dirname "$self")/$target ;; esac
done
here=$(CDPATH= cd -- "$(dirname -- "$self")" && pwd -P)
exec "$here/runtime/node" "$here/${APP}/start.mjs" "$@"
`;

const windowsLauncher = `@"%~dp0runtime\\node.exe" "%~dp0${APP}\\start.mjs" %*\r\n`;

const readme = ({ version }: StandaloneOptions, isWindows: boolean) => `Barometer ${version} tells the mood of the news.

Start it with ${isWindows ? 'barometer.cmd' : './barometer'}, then open http://127.0.0.1:4600. Ctrl-C stops it; it goes on where it was.
${isWindows ? 'barometer.cmd' : './barometer'} --help lists its commands and settings.

It keeps what it collects in ${isWindows ? '%LOCALAPPDATA%\\Barometer' : 'your folder for application data ("barometer doctor" names it)'}, or where DATA_DIR says.
To upgrade, unpack the new version and start that. To remove it, delete this folder and the other one.
`;

/** The licence texts of every package whose code is in the bundle or beside it, and Node's where it is there too. */
export function licences({ workspaceRoot, bundle }: StandaloneOptions, node?: NodeProgram): string {
  const metadata = JSON.parse(readFileSync(join(workspaceRoot, bundle, 'meta.json'), 'utf8')) as BundleMetadata;
  const bundled = Object.keys(metadata.inputs).flatMap((input) => packageOf(workspaceRoot, input) ?? []);
  const page = ['react', 'react-dom', 'scheduler', '@visx/axis', '@visx/scale', '@visx/shape', '@visx/vendor'].map((name) => `node_modules/${name}`);
  const folders = [...new Set([...bundled, ...page, 'node_modules/onnxruntime-node', 'node_modules/onnxruntime-common'])].sort();
  return [...folders.map((folder) => licenceOf(join(workspaceRoot, folder))), ...(node ? [`Node.js ${node.version}\n\n${licenceText(node.folder)}`] : [])].join(`\n\n${'='.repeat(80)}\n\n`);
}

/** The folder of the package that a file belongs to: the innermost one with a package.json. Undefined for our own files. */
function packageOf(workspaceRoot: string, file: string): string | undefined {
  const folders = [...file.matchAll(/node_modules\/(?:@[^/]+\/)?[^/]+/g)].map(({ 0: match, index }) => file.slice(0, index + match.length));
  return folders.reverse().find((folder) => existsSync(join(workspaceRoot, folder, 'package.json')));
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string };
  return `${name} ${version} (${license ?? 'no licence named'})\n\n${licenceText(folder)}`;
}

function licenceText(folder: string): string {
  const [file] = globSync('{LICENSE,LICENCE,License,license,COPYING}*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  return file ? readFileSync(file, 'utf8').trim() : 'The package carries no licence text of its own.';
}

/** The version that package.json in the workspace's root names. */
export async function workspaceVersion(workspaceRoot: string): Promise<string> {
  return (JSON.parse(await readFile(join(workspaceRoot, 'package.json'), 'utf8')) as { version: string }).version;
}
