import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AppName } from '../names';
import type { ArtifactSource, Deployable } from './deployable';

const architecture = z.enum(['x86_64', 'arm64']);

/** What a deployment takes from the manifest that `package` writes; the rest is for others. */
const manifestSchema = z.discriminatedUnion('packaging', [
  z.object({ packaging: z.literal('zip'), app: z.string(), architecture, handler: z.string().regex(/^[\w./-]+\.\w+$/), path: z.string(), runtime: z.literal('nodejs24.x') }),
  z.object({ packaging: z.literal('image'), app: z.string(), architecture, digest: z.string().regex(/^sha256:[0-9a-f]{64}$/), base: z.string() }),
]);

/** The artefacts under dist/lambdas, by their manifests. Throws a sentence where one is missing or must not be deployed. */
export const packagedArtifacts = (root: string): ArtifactSource => (app) => {
  const place = `dist/lambdas/${app}/artifact.json`;
  let text: string;
  try {
    text = readFileSync(join(root, place), 'utf8');
  } catch {
    throw new Error(`${place} is missing: run "npx nx package ${app}" first, or add --placeholders for templates that are only good for reading.`);
  }
  return deployableOf(app, text, place, root);
};

function deployableOf(app: AppName, text: string, place: string, root: string): Deployable {
  const parsed = manifestSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw new Error(`${place} is no manifest of an artefact:\n${z.prettifyError(parsed.error)}`);
  const manifest = parsed.data;
  if (manifest.app !== app) throw new Error(`${place} is of ${manifest.app}, not of ${app}.`);
  if (manifest.packaging === 'zip') return { kind: 'zip', path: join(root, manifest.path), handler: manifest.handler, architecture: manifest.architecture };
  if (!manifest.base.includes('@sha256:')) throw new Error(`${place} is of an image on the base "${manifest.base}", which is only good for tests: package ${app} on the base of AWS.`);
  return { kind: 'image', digest: manifest.digest, architecture: manifest.architecture };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
