import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { architectureSchema } from './architecture';

const sha256 = /^[0-9a-f]{64}$/;
const common = {
  app: z.string(),
  /** File and exported function, in Lambda's form: `main.handler`. */
  handler: z.string(),
  runtime: z.string(),
  architecture: architectureSchema,
  /** Path of the ZIP or the OCI archive, relative to the workspace. */
  path: z.string(),
  /** Size of the file at `path`. */
  bytes: z.number().int(),
  /** Size of all files under /var/task. */
  unzippedBytes: z.number().int(),
  /** The model inside; null if there is none. */
  model: z.object({ id: z.string(), revision: z.string() }).nullable(),
};

/** What `package` writes beside each artefact as artifact.json: all that infra, `smoke` and `deploy` know about it. */
export const artifactSchema = z.discriminatedUnion('packaging', [
  z.object({ ...common, packaging: z.literal('zip'), sha256: z.string().regex(sha256) }),
  z.object({
    ...common,
    packaging: z.literal('image'),
    /** Digest of the image's manifest, as in a registry. */
    digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    /** Compressed bytes of the layers above the base. */
    layerBytes: z.number().int(),
    /** The base by digest, or `stand-in` for an image that is only for tests. */
    base: z.string(),
    builder: z.string(),
  }),
]);
export type Artifact = z.infer<typeof artifactSchema>;
export type ZipArtifact = Extract<Artifact, { packaging: 'zip' }>;
export type ImageArtifact = Extract<Artifact, { packaging: 'image' }>;

/** The path of an artefact's manifest, relative to the workspace. */
export const artifactPath = (app: string) => `dist/lambdas/${app}/artifact.json`;

/** Reads an app's manifest; throws a sentence if it is missing or invalid. */
export async function readArtifact(workspaceRoot: string, app: string): Promise<Artifact> {
  const path = artifactPath(app);
  const text = await readFile(join(workspaceRoot, path), 'utf8').catch(() => {
    throw new Error(`${path} is missing: run "npx nx package ${app}" first.`);
  });
  return parseArtifact(text, path);
}

/** Parses a manifest; `path` is for the error message. */
export function parseArtifact(text: string, path: string): Artifact {
  try {
    return artifactSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} is no manifest of an artefact: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`, { cause: error });
  }
}

/** Writes a manifest into the folder of its artefact. */
export async function writeArtifact(workspaceRoot: string, folder: string, artifact: Artifact): Promise<void> {
  await mkdir(join(workspaceRoot, folder), { recursive: true });
  await writeFile(join(workspaceRoot, folder, 'artifact.json'), `${JSON.stringify(artifact, null, 2)}\n`);
}

/** The model in a folder, according to its manifest. */
export async function modelOf(workspaceRoot: string, folder: string): Promise<{ id: string; revision: string }> {
  const path = join(folder, 'manifest.json');
  const text = await readFile(join(workspaceRoot, path), 'utf8').catch(() => {
    throw new Error(`${path} is missing, so that folder is no model.`);
  });
  return z.object({ id: z.string(), revision: z.string() }).parse(JSON.parse(text));
}
