import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Calibration } from '@barometer/sentiment';
import { labels, labelSchema } from '@barometer/events';
import * as z from 'zod';
import { ModelError } from './errors';

export const MANIFEST = 'manifest.json';

/** What every model directory must hold, and its manifest must list. */
export const REQUIRED_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx', 'calibration.json'] as const;

const relativePath = z.string().regex(/^(?!.*(^|\/)\.\.?(\/|$))[\w.-]+(\/[\w.-]+)*$/, 'must be a relative path');

export const manifestSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string().min(1),
  revision: z.string().min(1),
  modelType: z.string().min(1),
  classes: z.array(labelSchema).min(2),
  files: z.array(
    z.object({ path: relativePath, bytes: z.number().int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex') }),
  ),
});
export type ModelManifest = z.infer<typeof manifestSchema>;

const oneOfEach = (given: readonly string[]) =>
  new Set(given).size === given.length && given.includes('negative') && given.includes('positive');

export const calibrationSchema = z.object({
  temperature: z.number().positive(),
  uncertainBelow: z.number().min(0).max(1),
  labels: z.array(labelSchema).refine(oneOfEach, `must be ${labels.join(', ')} (or negative and positive), each once`),
  neutralOdds: z.number().gt(1).optional(),
  /** Whether a text's outputs are the same beside others; if not, each is computed alone. */
  batchable: z.boolean().default(true),
});

const configSchema = z.object({ id2label: z.record(z.string(), z.string()) });

/** A model directory whose every file is as its manifest says. */
export interface VerifiedModel {
  readonly manifest: ModelManifest;
  readonly calibration: Calibration;
  readonly batchable: boolean;
}

/**
 * Checks a model directory before anything of it is used: the manifest, then size and SHA-256 of every file it lists,
 * then that calibration, manifest and configuration speak of the same classes. Files are hashed as streams.
 * Throws `ModelError`.
 */
export async function verifyModel(directory: string): Promise<VerifiedModel> {
  const manifest = await readJson(directory, MANIFEST, manifestSchema);
  const listed = new Set(manifest.files.map(({ path }) => path));
  const unlisted = REQUIRED_FILES.find((path) => !listed.has(path));
  if (unlisted) throw unusable(directory, MANIFEST, `does not list ${unlisted}`);
  for (const file of manifest.files) await verifyFile(directory, file);
  const { neutralOdds, batchable, ...calibration } = await readJson(directory, 'calibration.json', calibrationSchema);
  const config = await readJson(directory, 'config.json', configSchema);
  const outputs = Object.keys(config.id2label).sort((a, b) => Number(a) - Number(b)).map((key) => config.id2label[key]?.toLowerCase());
  const expected = calibration.labels.join(', ');
  if (outputs.join(', ') !== expected) throw unusable(directory, 'config.json', `has the labels ${outputs.join(', ')}, but calibration.json has ${expected}`);
  if (manifest.classes.join(', ') !== expected) throw unusable(directory, MANIFEST, `has the classes ${manifest.classes.join(', ')}, but calibration.json has ${expected}`);
  return { manifest, batchable, calibration: neutralOdds === undefined ? calibration : { ...calibration, neutralOdds } };
}

/** The SHA-256 of a file in hex, read as a stream. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** One sentence: which file, what is wrong, what to do. */
export function unusable(directory: string, file: string, problem: string, cause?: unknown): ModelError {
  return new ModelError(
    `The model in ${directory} cannot be used: ${file} ${problem}; put the original files back (git checkout for the one that ships with Barometer, "barometer model fetch" for another) or let MODEL_DIR name a complete model.`,
    join(directory, file),
    { cause },
  );
}

async function verifyFile(directory: string, file: ModelManifest['files'][number]): Promise<void> {
  const path = join(directory, file.path);
  const size = await stat(path).then((found) => found.size, (error: unknown) => {
    throw unusable(directory, file.path, 'is missing', error);
  });
  if (size !== file.bytes) throw unusable(directory, file.path, `has ${size} bytes instead of ${file.bytes}`);
  const sha256 = await sha256Of(path);
  if (sha256 !== file.sha256) throw unusable(directory, file.path, `has the SHA-256 ${sha256} instead of ${file.sha256}`);
}

async function readJson<Schema extends z.ZodType>(directory: string, file: string, schema: Schema): Promise<z.infer<Schema>> {
  const text = await readFile(join(directory, file), 'utf8').catch((error: unknown) => {
    throw unusable(directory, file, 'is missing', error);
  });
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.');
  throw unusable(directory, file, `is malformed (${where ? `${where}: ` : ''}${issue?.message ?? 'not JSON'})`, parsed.error);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
