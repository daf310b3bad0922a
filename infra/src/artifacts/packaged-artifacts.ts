import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AppName } from '../names';
import { placeholders, type ArtifactSource, type Deployable } from './deployable';

const architecture = z.enum(['x86_64', 'arm64']);

/** What a deployment takes from the manifest that `package` writes; the rest is for others. */
const manifestSchema = z.discriminatedUnion('packaging', [
  z.object({ packaging: z.literal('zip'), app: z.string(), architecture, handler: z.string().regex(/^[\w./-]+\.\w+$/), path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/), runtime: z.literal('nodejs24.x') }),
  z.object({ packaging: z.literal('image'), app: z.string(), architecture, digest: z.string().regex(/^sha256:[0-9a-f]{64}$/), base: z.string() }),
]);

/** An artefact that is not there, or is there for tests only. The message says what to do. */
export class NotDeployableError extends Error {
  override readonly name = 'NotDeployableError';
}

/** The artefacts under dist/lambdas, by their manifests. Throws a sentence where one is missing or must not be deployed. */
export const packagedArtifacts = (root: string): ArtifactSource => (app) => {
  const place = `dist/lambdas/${app}/artifact.json`;
  let text: string;
  try {
    text = readFileSync(join(root, place), 'utf8');
  } catch {
    throw new NotDeployableError(`${place} is missing: run "npx nx package ${app}" first.`);
  }
  return deployableOf(app, text, place, root);
};

/** The same, with a placeholder for what cannot be deployed; `note` is told why. */
export function whatIsThere(root: string, note: (line: string) => void): ArtifactSource {
  const packaged = packagedArtifacts(root);
  return (app) => {
    try {
      return packaged(app);
    } catch (error) {
      if (!(error instanceof NotDeployableError)) throw error;
      note(`A placeholder stands in for ${app}, and CloudFormation will refuse it. ${error.message}`);
      return placeholders(app);
    }
  };
}

function deployableOf(app: AppName, text: string, place: string, root: string): Deployable {
  const parsed = manifestSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw new Error(`${place} is no manifest of an artefact:\n${z.prettifyError(parsed.error)}`);
  const manifest = parsed.data;
  if (manifest.app !== app) throw new Error(`${place} is of ${manifest.app}, not of ${app}.`);
  if (manifest.packaging === 'zip') return { kind: 'zip', path: zipOf(join(root, manifest.path), manifest.sha256, app), handler: manifest.handler, architecture: manifest.architecture };
  if (!manifest.base.includes('@sha256:')) throw new NotDeployableError(`${place} is of an image on the base "${manifest.base}", which is only good for tests: package ${app} on the base of AWS.`);
  return { kind: 'image', digest: manifest.digest, architecture: manifest.architecture };
}

/** The ZIP, if it is the one that the manifest was written for. */
function zipOf(path: string, sha256: string, app: AppName): string {
  const found = existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'none';
  if (found !== sha256) throw new NotDeployableError(`${path} is not the ZIP of its manifest: run "npx nx package ${app}" again.`);
  return path;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
