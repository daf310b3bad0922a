import { join } from 'node:path';
import { sorted } from './contents';
import type { Platform } from './platforms';
import { applicationFiles, licences, writtenFiles, type StandaloneOptions } from './standalone';
import type { ArchiveFile } from './tar-archive';

/** The oldest Node that has SQLite without a flag; the archive brings a Node of its own. */
const OLDEST_NODE = [22, 13] as const;

/** Where npm lets a package be installed, in the words of its package.json. */
const placeOf: Readonly<Record<Platform, { readonly os: string[]; readonly cpu: string[]; readonly libc?: string[] }>> = {
  'linux-x64': { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'linux-arm64': { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] },
  'darwin-arm64': { os: ['darwin'], cpu: ['arm64'] },
  'win-x64': { os: ['win32'], cpu: ['x64'] },
};

/**
 * Everything that an npm package for a platform holds, sorted by path and below `package/` as npm wants it: the app with the
 * machine code of that platform, and no dependency, so that npm fetches nothing and runs no script. What the app requires by name
 * lies in `dist/node_modules`: npm rearranges a `node_modules` beside package.json, and would run the scripts of what is in it.
 */
export async function npmPackageFiles(options: StandaloneOptions): Promise<ArchiveFile[]> {
  const own = await writtenFiles(options, {
    'package.json': `${JSON.stringify(manifest(options), null, 2)}\n`,
    'bin/barometer.mjs': program,
    'README.md': readme(options),
    'THIRD-PARTY-LICENSES.txt': licences(options),
  });
  const app = (await applicationFiles({ ...options, workshop: `${options.workshop}/app` }, '')).filter(({ path }) => path !== 'package.json');
  const files = [
    ...own.map((file) => ({ ...file, executable: file.path.startsWith('bin/') })),
    ...['LICENSE', 'NOTICE'].map((path) => ({ path, source: join(options.workspaceRoot, path) })),
    ...app.map((file) => ({ ...file, path: file.path.replace(/^node_modules\//, 'dist/node_modules/') })),
  ];
  return sorted(files.map((file) => ({ ...file, path: `package/${file.path}` })));
}

const manifest = ({ version, platform }: StandaloneOptions) => ({
  name: 'barometer',
  version,
  description: 'Tells the mood of the news: polls feeds, scores every article on this machine, and shows the result as a page and a REST API.',
  license: 'Apache-2.0',
  type: 'module',
  bin: { barometer: 'bin/barometer.mjs' },
  engines: { node: `>=${OLDEST_NODE.join('.')}` },
  ...placeOf[platform],
});

// An old Node cannot even load what follows: what it is told stands before it, in words that it understands.
const program = `#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < ${OLDEST_NODE[0]} || (major === ${OLDEST_NODE[0]} && minor < ${OLDEST_NODE[1]})) {
  process.stderr.write('Barometer needs Node ${OLDEST_NODE.join('.')} or newer, and this is ' + process.versions.node + '. Its archive brings a Node of its own.\\n');
  process.exitCode = 1;
} else {
  await import('../start.mjs');
}
`;

const readme = ({ version }: StandaloneOptions) => `# Barometer ${version}

Tells the mood of the news. Start it with \`barometer\`, then open http://127.0.0.1:4600. Ctrl-C stops it; it goes on where it was.
\`barometer --help\` lists its commands, \`barometer doctor\` says where it keeps what it collects.
`;
