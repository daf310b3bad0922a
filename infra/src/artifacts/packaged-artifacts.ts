import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactPath, lambdaProject, parseArtifact, type Artifact } from '@barometer/tools';
import type { AppName, Packaging } from '../names';
import { packagingOf, placeholders, type ArtifactSource, type Deployable } from './deployable';

/** An artefact that is missing, or is only for tests. The message says what to do. */
export class NotDeployableError extends Error {
  override readonly name = 'NotDeployableError';
}

/** The artefacts under dist/lambdas, by their manifests. Throws a sentence if one is missing or must not be deployed. */
export const packagedArtifacts =
  (root: string): ArtifactSource =>
  (app) => {
    const place = artifactPath(app);
    const path = join(root, place);
    if (!existsSync(path)) throw new NotDeployableError(`${place} is missing: run "npx nx package ${app}" first.`);
    return deployableOf(app, parseArtifact(readFileSync(path, 'utf8'), place), root);
  };

/** The same, with a placeholder for what cannot be deployed; `note` gets the reason. */
export function whatIsThere(root: string, note: (line: string) => void): ArtifactSource {
  const packaged = packagedArtifacts(root);
  return (app) => {
    try {
      return packaged(app);
    } catch (error) {
      if (!(error instanceof NotDeployableError)) throw error;
      note(`A placeholder stands in for ${app}, and CloudFormation will refuse it. ${error.message}`);
      return { kind: 'placeholder', packaging: wordOf(app, root) };
    }
  };
}

/** The packaging in the app's project.json, which decides the function's name, whether it can be deployed now or not. */
function wordOf(app: AppName, root: string): Packaging {
  const folder = `apps/${app}`;
  const path = join(root, folder, 'project.json');
  return (existsSync(path) ? lambdaProject(folder, readFileSync(path, 'utf8'))?.packaging : undefined) ?? packagingOf(placeholders(app));
}

const RUNTIME = 'nodejs24.x';

function deployableOf(app: AppName, artifact: Artifact, root: string): Deployable {
  if (artifact.app !== app) throw new Error(`${artifactPath(app)} is of ${artifact.app}, not of ${app}.`);
  if (artifact.runtime !== RUNTIME) throw new Error(`${artifactPath(app)} is for ${artifact.runtime}; the stacks run ${RUNTIME}.`);
  const { architecture } = artifact;
  if (artifact.packaging === 'zip') return { kind: 'zip', path: zipOf(artifact, root), handler: artifact.handler, architecture };
  if (!artifact.base.includes('@sha256:')) {
    throw new NotDeployableError(`${artifact.path} stands on the base "${artifact.base}", which is only good for tests: package ${app} on the base of AWS.`);
  }
  return { kind: 'image', digest: artifact.digest, architecture };
}

/** The path of the ZIP; throws if it is not the one that the manifest was written for. */
function zipOf({ app, path, sha256 }: Extract<Artifact, { packaging: 'zip' }>, root: string): string {
  const file = join(root, path);
  const found = existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'none';
  if (found !== sha256) throw new NotDeployableError(`${path} is not the ZIP of its manifest: run "npx nx package ${app}" again.`);
  return file;
}
