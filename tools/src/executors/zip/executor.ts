import { join } from 'node:path';
import { logger, type ExecutorContext } from '@nx/devkit';
import { writeArtifact, modelOf, type ZipArtifact } from '../../packaging/artifact';
import { keepBudget, readableBytes } from '../../packaging/budget';
import { lambdaContents } from '../../packaging/contents';
import { checkNativeFiles } from '../../packaging/native-files';
import { packageOptions, type PackageOptions } from '../../packaging/package-options';
import { writeZip } from '../../packaging/zip-archive';

/** AWS Lambda's own limit for a ZIP, unzipped: 250 MB, which Lambda counts as MiB. */
export const UNZIPPED_LIMIT = 250 * 1024 * 1024;

/** Packages an app as a ZIP: dist/lambdas/<app>/function.zip and artifact.json. */
export default async function zip(options: Partial<PackageOptions>, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    const artifact = await packageZip(packageOptions(options, context.projectName ?? ''), context.root);
    logger.info(
      `${artifact.path}: ${readableBytes(artifact.bytes)}, ${readableBytes(artifact.unzippedBytes)} unzipped, sha256 ${artifact.sha256.slice(0, 12)}`,
    );
    return { success: true };
  } catch (error) {
    logger.error((error as Error).message);
    return { success: false };
  }
}

/** Writes the ZIP and its manifest. Throws if native files do not match the architecture, or a budget is exceeded. */
export async function packageZip(options: PackageOptions, workspaceRoot: string): Promise<ZipArtifact> {
  const { app, architecture, handler, runtime, maxBytes } = options;
  const model = options.model ? await modelOf(workspaceRoot, options.model) : null;
  const files = await lambdaContents({ ...options, workspaceRoot });
  await checkNativeFiles(files, architecture);
  const path = `${options.outputPath}/function.zip`;
  const written = await writeZip(files, join(workspaceRoot, path));
  keepBudget(`The ZIP of ${app}, unzipped,`, written.unzippedBytes, Math.min(maxBytes ?? UNZIPPED_LIMIT, UNZIPPED_LIMIT));
  const artifact: ZipArtifact = { app, packaging: 'zip', handler, runtime, architecture, path, ...written, model };
  await writeArtifact(workspaceRoot, options.outputPath, artifact);
  return artifact;
}
