import { sorted } from './contents';
import { platforms, type Platform } from './platforms';
import { licences } from './licences';
import { applicationFiles, notices, writtenFiles, type StandaloneOptions } from './standalone';
import type { ArchiveFile } from './tar-archive';

/** The oldest Node with SQLite without a flag; the archive contains its own Node. */
const OLDEST_NODE = [22, 13] as const;

/** The platforms on which npm installs a package, in the form of package.json. */
const placeOf: Readonly<Record<Platform, { readonly os: string[]; readonly cpu: string[]; readonly libc?: string[] }>> = {
  'linux-x64': { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'linux-arm64': { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] },
  'darwin-arm64': { os: ['darwin'], cpu: ['arm64'] },
  'win-x64': { os: ['win32'], cpu: ['x64'] },
};

/**
 * Everything in an npm package for a platform, sorted by path and below `package/` as npm requires: the app with the
 * native code of that platform, and no dependency, so that npm fetches nothing and runs no script. Packages that the
 * app requires by name are in `dist/node_modules`: npm rearranges a `node_modules` beside package.json, and would run
 * the scripts of the packages in it.
 */
export async function npmPackageFiles(options: StandaloneOptions): Promise<ArchiveFile[]> {
  const own = await writtenFiles(options, {
    'package.json': `${JSON.stringify(manifest(options), null, 2)}\n`,
    'bin/barometer.mjs': program,
    'README.md': readme(options),
    'THIRD-PARTY-LICENSES.txt': licences(options.workspaceRoot, options.packages),
  });
  const app = (await applicationFiles({ ...options, workshop: `${options.workshop}/app` }, '')).filter(({ path }) => path !== 'package.json');
  const files = [
    ...own.map((file) => ({ ...file, executable: file.path.startsWith('bin/') })),
    ...notices(options),
    ...app.map((file) => ({ ...file, path: file.path.replace(/^node_modules\//, 'dist/node_modules/') })),
  ];
  return sorted(files.map((file) => ({ ...file, path: `package/${file.path}` })));
}

/**
 * The npm package with the plain name: it only finds the package of the platform, which npm installs because it is an
 * optional dependency. When installed from a file, the platform's own package is used alone.
 */
export async function npmChooserFiles(options: Omit<StandaloneOptions, 'platform'>): Promise<ArchiveFile[]> {
  const { version } = options;
  const optionalDependencies = Object.fromEntries(platforms.map((platform) => [packageNameOf(platform), version]));
  const own = await writtenFiles(
    { ...options, platform: 'any' },
    {
      'package.json': `${JSON.stringify({ ...common(version, 'barometer'), optionalDependencies }, null, 2)}\n`,
      'bin/barometer.mjs': chooser,
      'README.md': readme(options),
    },
  );
  const files = [...own.map((file) => ({ ...file, executable: file.path.startsWith('bin/') })), ...notices(options)];
  return sorted(files.map((file) => ({ ...file, path: `package/${file.path}` })));
}

const packageNameOf = (platform: Platform) => `barometer-${platform}`;

const manifest = ({ version, platform }: StandaloneOptions) => ({ ...common(version, packageNameOf(platform)), ...placeOf[platform] });

const common = (version: string, name: string) => ({
  name,
  version,
  description: 'Tells the mood of the news: polls feeds, scores every article on this machine, and shows the result as a page and a REST API.',
  license: 'Apache-2.0',
  // npm accepts a proof of provenance only if the package names the repository that built it.
  ...(process.env['GITHUB_REPOSITORY'] && { repository: { type: 'git', url: `git+https://github.com/${process.env['GITHUB_REPOSITORY']}.git` } }),
  type: 'module',
  bin: { barometer: 'bin/barometer.mjs' },
  engines: { node: `>=${OLDEST_NODE.join('.')}` },
});

const chooser = `#!/usr/bin/env node
const name = 'barometer-' + (process.platform === 'win32' ? 'win' : process.platform) + '-' + process.arch;
import(name + '/bin/barometer.mjs').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes("'" + name + "'")) throw error;
  process.stderr.write('There is no ' + name + ' here: npm left out optional packages (--omit=optional), or Barometer has none for this machine; there are ${platforms.join(', ')}.\\n');
  process.exitCode = 1;
});
`;

// An old Node cannot even load the rest, so its message comes first, in syntax that it understands.
const program = `#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < ${OLDEST_NODE[0]} || (major === ${OLDEST_NODE[0]} && minor < ${OLDEST_NODE[1]})) {
  process.stderr.write('Barometer needs Node ${OLDEST_NODE.join('.')} or newer, and this is ' + process.versions.node + '. Its archive brings a Node of its own.\\n');
  process.exitCode = 1;
} else {
  await import('../start.mjs');
}
`;

const readme = ({ version }: Pick<StandaloneOptions, 'version'>) => `# Barometer ${version}

Tells the mood of the news. Start it with \`barometer\`, then open http://127.0.0.1:4600. Ctrl-C stops it; it goes on where it was.
\`barometer --help\` lists its commands, \`barometer doctor\` says where it keeps what it collects.
`;
