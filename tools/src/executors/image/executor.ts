import { chmod, copyFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { logger, type ExecutorContext } from '@nx/devkit';
import { modelOf, writeArtifact, type ImageArtifact } from '../../packaging/artifact';
import { keepBudget, readableBytes } from '../../packaging/budget';
import { lambdaContents, parts, sizeOf, type LambdaFile } from '../../packaging/contents';
import { STAND_IN, chosenBase } from '../../packaging/base-image';
import { buildCommands, chooseBuilder, type Builder } from '../../packaging/builders';
import { dockerfile } from '../../packaging/dockerfile';
import { checkNativeFiles } from '../../packaging/native-files';
import { readOciArchive } from '../../packaging/oci-archive';
import { checkImage } from '../../packaging/oci-image';
import { FILE_MODE, makeOpenFolder } from '../../packaging/open-folder';
import { packageOptions, type PackageOptions } from '../../packaging/package-options';
import { run } from '../../packaging/run';
import { ensureStandInBase } from '../../packaging/stand-in-base';

export interface ImageOptions extends PackageOptions {
  readonly base?: string;
  readonly builder?: Builder;
}

/** Packages an app as a container image: dist/lambdas/<app>/image.tar (an OCI archive) and artifact.json. */
export default async function image(options: Partial<ImageOptions>, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    const artifact = await packageImage(packageOptions(options, context.projectName ?? ''), context.root, process.env);
    logger.info(
      `${artifact.path}: ${readableBytes(artifact.unzippedBytes)} over the base (${readableBytes(artifact.layerBytes)} compressed), ${artifact.digest.slice(0, 19)}, by ${artifact.builder}`,
    );
    return { success: true };
  } catch (error) {
    logger.error((error as Error).message);
    return { success: false };
  }
}

/** Builds the image and writes its manifest. Throws if it does not match its architecture or exceeds its budget. */
export async function packageImage(options: ImageOptions, workspaceRoot: string, environment: NodeJS.ProcessEnv): Promise<ImageArtifact> {
  const { app, architecture, handler, runtime, maxBytes } = options;
  const base = chosenBase(environment['LAMBDA_BASE'] || options.base);
  const builder = options.builder ?? (await chooseBuilder(base === STAND_IN));
  const model = options.model ? await modelOf(workspaceRoot, options.model) : null;
  const files = await lambdaContents({ ...options, workspaceRoot });
  await checkNativeFiles(files, architecture);
  const unzippedBytes = await sizeOf(files);
  keepBudget(`What the image of ${app} adds to its base`, unzippedBytes, maxBytes);

  const output = join(workspaceRoot, options.outputPath);
  const path = `${options.outputPath}/image.tar`;
  const layers = await layOut(files, join(output, 'context'));
  await writeFile(join(output, 'Dockerfile'), dockerfile(layers, handler));
  await rm(join(workspaceRoot, path), { force: true });
  const from = base === STAND_IN ? await ensureStandInBase(architecture, builder) : base;
  for (const command of buildCommands(builder, {
    from,
    architecture,
    folder: output,
    archive: join(workspaceRoot, path),
    tag: `localhost/barometer-${app}:packaged`,
  })) {
    await run(command, { SOURCE_DATE_EPOCH: '0' });
  }
  const built = await readOciArchive(join(workspaceRoot, path));
  const layerBytes = checkImage(built, { architecture, handler, layers: layers.length });
  await rm(join(output, 'context'), { recursive: true });
  const artifact: ImageArtifact = {
    app,
    packaging: 'image',
    handler,
    runtime,
    architecture,
    path,
    bytes: built.bytes,
    unzippedBytes,
    digest: built.digest,
    layerBytes,
    base,
    builder,
    model,
  };
  await writeArtifact(workspaceRoot, options.outputPath, artifact);
  return artifact;
}

/**
 * Copies the files into one folder per part, so that a layer changes only with its part and does not depend on this
 * machine's file modes. @returns the existing parts
 */
async function layOut(files: readonly LambdaFile[], context: string): Promise<string[]> {
  await rm(context, { recursive: true, force: true });
  for (const { path, source, part } of files) {
    const target = join(context, part, path);
    await makeOpenFolder(dirname(target));
    await copyFile(source, target);
    await chmod(target, FILE_MODE);
  }
  return parts.filter((part) => files.some((file) => file.part === part));
}
