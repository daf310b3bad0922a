import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { logger, type ExecutorContext } from '@nx/devkit';
import { sizeOf } from '../../packaging/contents';
import { keepBudget, readableBytes } from '../../packaging/budget';
import { writeBillOfMaterials } from '../../packaging/bill-of-materials';
import { bundledPackages } from '../../packaging/bundled-packages';
import { npmChooserFiles, npmPackageFiles } from '../../packaging/npm-package';
import { buildStandaloneImage, imageFiles } from '../../packaging/standalone-image';
import { nodeFor } from '../../packaging/node-program';
import { expectPlatform, hostPlatform, platforms, type Platform } from '../../packaging/platforms';
import { standaloneFiles, workspaceVersion } from '../../packaging/standalone';
import { writeTarGz, type ArchiveFile } from '../../packaging/tar-archive';
import { standaloneWords, type StandaloneWord } from '../../lambda-targets';
import { writeZip } from '../../packaging/zip-archive';

export interface ArchiveOptions {
  readonly app: string;
  readonly bundle: string;
  readonly outputPath: string;
  readonly assets: readonly string[];
  readonly platform: string;
  readonly maxBytes?: number;
  /** What to make, separated by commas; an archive by default. */
  readonly packaging?: string;
  /** The folder for npm packages, with a folder for each platform. */
  readonly npmOutputPath?: string;
  readonly maxNpmBytes?: number;
  /** The folder for images. */
  readonly imageOutputPath?: string;
  readonly maxImageBytes?: number;
  /** The image's base by digest, or the stand-in for tests; BAROMETER_BASE takes precedence. */
  readonly base?: string;
}

/**
 * Packages a standalone app: as dist/archives/<app>-<version>-<platform>.tar.gz (a .zip for Windows), as
 * dist/npm/<platform>/<app>-<version>.tgz, as dist/images/<app>-<version>-<platform>.tar (an OCI archive), or several
 * of these, with SHA256SUMS beside them.
 */
export default async function archive(options: ArchiveOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    for (const packaging of packagingsOf(options.packaging)) {
      const { make, folder } = makers[packaging];
      const sums: string[] = [];
      for (const platform of platformsOf(options.platform)) {
        const { path, sha256 } = await make(options, platform, context.root);
        sums.push(`${sha256}  ${relative(folder(options), path)}\n`);
      }
      if (packaging === 'npm') {
        const { path, sha256 } = await packageNpmChooser(options, context.root);
        sums.push(`${sha256}  ${relative(folder(options), path)}\n`);
      }
      await writeFile(join(context.root, folder(options), 'SHA256SUMS'), sums.join(''));
    }
    return { success: true };
  } catch (error) {
    logger.error((error as Error).message);
    return { success: false };
  }
}

/** The platforms in an option. Throws for an unknown one. */
export function platformsOf(option: string): readonly Platform[] {
  if (option === 'all') return platforms;
  if (option === 'host') {
    const host = hostPlatform();
    if (!host)
      throw new Error(`There is no package for this machine (${process.platform}-${process.arch}); --platform names one of ${platforms.join(', ')}, or all.`);
    return [host];
  }
  const names = option.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !platforms.some((platform) => platform === name));
  if (unknown !== undefined) throw new Error(`There is no platform "${unknown}"; there are ${platforms.join(', ')}, all and host.`);
  return platforms.filter((platform) => names.includes(platform));
}

/**
 * Writes one archive. Throws if native code is for another platform, or a budget is exceeded. @returns its path,
 * relative to the workspace, and its hash in hex
 */
export async function packageArchive(
  { app, bundle, outputPath, assets, maxBytes }: ArchiveOptions,
  platform: Platform,
  workspaceRoot: string,
): Promise<{ readonly path: string; readonly sha256: string }> {
  const version = await workspaceVersion(workspaceRoot);
  const node = await nodeFor(platform, workspaceRoot, (line) => logger.info(line));
  const packages = bundledPackages({ workspaceRoot, bundle, assets });
  const files = await standaloneFiles({ workspaceRoot, bundle, assets, platform, version, packages, workshop: `${outputPath}/.parts` }, node);
  const programs = await expectPlatform(files, platform);
  const unpacked = await sizeOf(files);
  keepBudget(`The archive of ${app} for ${platform}, unpacked,`, unpacked, maxBytes);
  const name = `${nameOf(app)}-${version}-${platform}`;
  const path = `${outputPath}/${name}${platform === 'win-x64' ? '.zip' : '.tar.gz'}`;
  const below: ArchiveFile[] = files.map((file) => ({ ...file, path: `${name}/${file.path}` }));
  const { bytes, sha256 } = await (platform === 'win-x64' ? writeZip : writeTarGz)(below, join(workspaceRoot, path));
  await writeBillOfMaterials(
    { name: nameOf(app), version, kind: 'application', sha256, packages, files, node: node.version },
    join(workspaceRoot, billPath(path)),
  );
  logger.info(`${path}: ${readableBytes(bytes)}, ${readableBytes(unpacked)} unpacked, Node ${node.version}, ${programs} files of machine code for ${platform}`);
  return { path, sha256 };
}

/** The name of an app as a standalone one. */
const nameOf = (app: string) => (app === 'local' ? 'barometer' : app);

/** The bill of materials is beside its artefact. */
const billPath = (path: string) => path.replace(/\.(tar\.gz|tgz|tar|zip)$/, '.cdx.json');

interface Made {
  readonly path: string;
  readonly sha256: string;
}

const npmFolder = ({ npmOutputPath }: ArchiveOptions) => npmOutputPath ?? 'dist/npm';

const imageFolder = ({ imageOutputPath }: ArchiveOptions) => imageOutputPath ?? 'dist/images';

const makers: Readonly<
  Record<StandaloneWord, { make(options: ArchiveOptions, platform: Platform, workspaceRoot: string): Promise<Made>; folder(options: ArchiveOptions): string }>
> = {
  archive: { make: packageArchive, folder: ({ outputPath }) => outputPath },
  npm: { make: packageNpm, folder: npmFolder },
  oci: { make: packageOci, folder: imageFolder },
};

/** The packagings in an option. Throws for an unknown one. */
export function packagingsOf(option = 'archive'): readonly StandaloneWord[] {
  const names = option.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !standaloneWords.some((word) => word === name));
  if (unknown !== undefined) throw new Error(`There is no packaging "${unknown}" here; there are ${standaloneWords.join(', ')}.`);
  return standaloneWords.filter((word) => names.includes(word));
}

/**
 * Writes one npm package. Throws if native code is for another platform, or a budget is exceeded. @returns its path,
 * relative to the workspace, and its hash in hex
 */
export async function packageNpm(options: ArchiveOptions, platform: Platform, workspaceRoot: string): Promise<Made> {
  const version = await workspaceVersion(workspaceRoot);
  const packages = bundledPackages({ ...options, workspaceRoot });
  const files = await npmPackageFiles({ ...options, workspaceRoot, platform, version, packages, workshop: `${npmFolder(options)}/.parts` });
  const programs = await expectPlatform(files, platform);
  const installed = await sizeOf(files);
  keepBudget(`The npm package of ${options.app} for ${platform}, installed,`, installed, options.maxNpmBytes);
  const path = `${npmFolder(options)}/${platform}/${nameOf(options.app)}-${version}.tgz`;
  const { bytes, sha256 } = await writeTarGz(files, join(workspaceRoot, path));
  await writeBillOfMaterials({ name: nameOf(options.app), version, kind: 'application', sha256, packages, files }, join(workspaceRoot, billPath(path)));
  logger.info(`${path}: ${readableBytes(bytes)}, ${readableBytes(installed)} installed, ${programs} files of machine code for ${platform}`);
  return { path, sha256 };
}

/** Writes the npm package that chooses the package of the platform. @returns its path, relative to the workspace, and its hash in hex */
export async function packageNpmChooser(options: ArchiveOptions, workspaceRoot: string): Promise<Made> {
  const version = await workspaceVersion(workspaceRoot);
  const files = await npmChooserFiles({ ...options, workspaceRoot, version, packages: [], workshop: `${npmFolder(options)}/.parts` });
  const path = `${npmFolder(options)}/${nameOf(options.app)}-${version}.tgz`;
  const { sha256 } = await writeTarGz(files, join(workspaceRoot, path));
  return { path, sha256 };
}

/**
 * Builds one image. Throws as `packageNpm` does, and if this machine has no builder. @returns the path of its OCI
 * archive, relative to the workspace, that file's hash, and the image's digest in a registry
 */
export async function packageOci(options: ArchiveOptions, platform: Platform, workspaceRoot: string): Promise<Made & { readonly digest: string }> {
  const version = await workspaceVersion(workspaceRoot);
  const packages = bundledPackages({ ...options, workspaceRoot });
  const files = await imageFiles({ ...options, workspaceRoot, platform, version, packages, workshop: `${imageFolder(options)}/.parts` });
  const programs = await expectPlatform(files, platform);
  const added = await sizeOf(files);
  keepBudget(`What the image of ${options.app} for ${platform} adds to its base`, added, options.maxImageBytes);
  const path = `${imageFolder(options)}/${nameOf(options.app)}-${version}-${platform}.tar`;
  await mkdir(join(workspaceRoot, imageFolder(options)), { recursive: true });
  const base = process.env['BAROMETER_BASE'] || options.base;
  const { digest } = await buildStandaloneImage(files, platform, base, path, workspaceRoot);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(join(workspaceRoot, path))) hash.update(chunk as Buffer);
  logger.info(`${path}: ${readableBytes(added)} over its base, ${digest.slice(0, 19)}, ${programs} files of machine code for ${platform}`);
  const sha256 = hash.digest('hex');
  await writeBillOfMaterials(
    { name: nameOf(options.app), version, kind: 'container', sha256: digest.replace('sha256:', ''), packages, files, ...(base !== undefined && { base }) },
    join(workspaceRoot, billPath(path)),
  );
  return { path, sha256, digest };
}
