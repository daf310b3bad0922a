import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { logger, type ExecutorContext } from '@nx/devkit';
import { sizeOf } from '../../packaging/contents';
import { keepBudget, readableBytes } from '../../packaging/budget';
import { nodeFor } from '../../packaging/node-program';
import { expectPlatform, hostPlatform, platforms, type Platform } from '../../packaging/platforms';
import { standaloneFiles, workspaceVersion } from '../../packaging/standalone';
import { writeTarGz, type ArchiveFile } from '../../packaging/tar-archive';
import { writeZip } from '../../packaging/zip-archive';

export interface ArchiveOptions {
  readonly app: string;
  readonly bundle: string;
  readonly outputPath: string;
  readonly assets: readonly string[];
  readonly platform: string;
  readonly maxBytes?: number;
}

/** Packages an app to be installed by itself: dist/archives/<app>-<version>-<platform>.tar.gz, a .zip for Windows, and SHA256SUMS. */
export default async function archive(options: ArchiveOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    const sums: string[] = [];
    for (const platform of platformsOf(options.platform)) {
      const { path, sha256 } = await packageArchive(options, platform, context.root);
      sums.push(`${sha256}  ${basename(path)}\n`);
    }
    await writeFile(join(context.root, options.outputPath, 'SHA256SUMS'), sums.join(''));
    return { success: true };
  } catch (error) {
    logger.error((error as Error).message);
    return { success: false };
  }
}

/** The platforms that an option names. Throws where it names none of ours. */
export function platformsOf(option: string): readonly Platform[] {
  if (option === 'all') return platforms;
  if (option === 'host') {
    const host = hostPlatform();
    if (!host) throw new Error(`There is no package for this machine (${process.platform}-${process.arch}); --platform names one of ${platforms.join(', ')}, or all.`);
    return [host];
  }
  const names = option.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !platforms.some((platform) => platform === name));
  if (unknown !== undefined) throw new Error(`There is no platform "${unknown}"; there are ${platforms.join(', ')}, all and host.`);
  return platforms.filter((platform) => names.includes(platform));
}

/** Writes one archive. Throws where machine code is for another platform, or a budget is passed. @returns its path, relative to the workspace, and its hash in hex */
export async function packageArchive({ app, bundle, outputPath, assets, maxBytes }: ArchiveOptions, platform: Platform, workspaceRoot: string): Promise<{ readonly path: string; readonly sha256: string }> {
  const version = await workspaceVersion(workspaceRoot);
  const node = await nodeFor(platform, workspaceRoot, (line) => logger.info(line));
  const files = await standaloneFiles({ workspaceRoot, bundle, assets, platform, version, workshop: `${outputPath}/.parts` }, node);
  const programs = await expectPlatform(files, platform);
  const unpacked = await sizeOf(files);
  keepBudget(`The archive of ${app} for ${platform}, unpacked,`, unpacked, maxBytes);
  const name = `${app === 'local' ? 'barometer' : app}-${version}-${platform}`;
  const path = `${outputPath}/${name}${platform === 'win-x64' ? '.zip' : '.tar.gz'}`;
  const below: ArchiveFile[] = files.map((file) => ({ ...file, path: `${name}/${file.path}` }));
  const { bytes, sha256 } = await (platform === 'win-x64' ? writeZip : writeTarGz)(below, join(workspaceRoot, path));
  logger.info(`${path}: ${readableBytes(bytes)}, ${readableBytes(unpacked)} unpacked, Node ${node.version}, ${programs} files of machine code for ${platform}`);
  return { path, sha256 };
}
