import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
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
  files: z.array(z.object({ path: relativePath, bytes: z.number().int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex') })),
});
export type ModelManifest = z.infer<typeof manifestSchema>;

const oneOfEach = (given: readonly string[]) => new Set(given).size === given.length && given.includes('negative') && given.includes('positive');

export const calibrationSchema = z.object({
  temperature: z.number().positive(),
  uncertainBelow: z.number().min(0).max(1),
  labels: z.array(labelSchema).refine(oneOfEach, `must be ${labels.join(', ')} (or negative and positive), each once`),
  neutralOdds: z.number().gt(1).optional(),
  /** Whether a text's outputs are the same in any batch; if not, each text is computed alone. */
  batchable: z.boolean().default(true),
});

const configSchema = z.object({ id2label: z.record(z.string(), z.string()) });

/** Where a model is. */
export interface ModelPlace {
  readonly directory: string;
  /** What the operator can do about an unusable file: the end of the error's sentence. */
  readonly remedy?: string;
}

/** The remedy for a user who works in a checkout. */
const REMEDY =
  'put the original files back (git checkout for the one that ships with Barometer, "barometer model fetch" for another) or let MODEL_DIR name a complete model';

/** A model directory whose every file is as its manifest says. */
export interface VerifiedModel {
  readonly manifest: ModelManifest;
  readonly calibration: Calibration;
  readonly batchable: boolean;
}

/**
 * Checks a model directory before anything of it is used: the manifest, then size and SHA-256 of every file it lists,
 * then that calibration, manifest and configuration have the same classes. Synchronous, so that an app can fail at its
 * start: it takes 15 ms for the model that ships with Barometer, less than streams would. Throws `ModelError`.
 */
export function verifyModel(place: ModelPlace): VerifiedModel {
  const manifest = readJson(place, MANIFEST, manifestSchema);
  const listed = new Set(manifest.files.map(({ path }) => path));
  const unlisted = REQUIRED_FILES.find((path) => !listed.has(path));
  if (unlisted) throw unusable(place, MANIFEST, `does not list ${unlisted}`);
  for (const file of manifest.files) verifyFile(place, file);
  const { neutralOdds, batchable, ...calibration } = readJson(place, 'calibration.json', calibrationSchema);
  const config = readJson(place, 'config.json', configSchema);
  const outputs = Object.keys(config.id2label)
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => config.id2label[key]?.toLowerCase());
  const expected = calibration.labels.join(', ');
  if (outputs.join(', ') !== expected) throw unusable(place, 'config.json', `has the labels ${outputs.join(', ')}, but calibration.json has ${expected}`);
  if (manifest.classes.join(', ') !== expected)
    throw unusable(place, MANIFEST, `has the classes ${manifest.classes.join(', ')}, but calibration.json has ${expected}`);
  return { manifest, batchable, calibration: neutralOdds === undefined ? calibration : { ...calibration, neutralOdds } };
}

/** The SHA-256 of a file in hex, read in chunks. */
export function sha256Of(path: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(1024 * 1024);
  const file = openSync(path, 'r');
  try {
    for (let bytes = -1; bytes !== 0; hash.update(piece.subarray(0, bytes))) bytes = readSync(file, piece, 0, piece.length, null);
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** An error of one sentence: which file, what is wrong, what to do. */
export function unusable({ directory, remedy = REMEDY }: ModelPlace, file: string, problem: string, cause?: unknown): ModelError {
  return new ModelError(`The model in ${directory} cannot be used: ${file} ${problem}; ${remedy}.`, join(directory, file), { cause });
}

function verifyFile(place: ModelPlace, file: ModelManifest['files'][number]): void {
  const path = join(place.directory, file.path);
  const size = read(place, file.path, () => statSync(path).size);
  if (size !== file.bytes) throw unusable(place, file.path, `has ${size} bytes instead of ${file.bytes}`);
  const sha256 = read(place, file.path, () => sha256Of(path));
  if (sha256 !== file.sha256) throw unusable(place, file.path, `has the SHA-256 ${sha256} instead of ${file.sha256}`);
}

function readJson<Schema extends z.ZodType>(place: ModelPlace, file: string, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(parseJson(read(place, file, () => readFileSync(join(place.directory, file), 'utf8'))));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.');
  throw unusable(place, file, `is malformed (${where ? `${where}: ` : ''}${issue?.message ?? 'not JSON'})`, parsed.error);
}

/** The result of reading a file; throws `ModelError` if it cannot be read. */
function read<T>(place: ModelPlace, file: string, reading: () => T): T {
  try {
    return reading();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw unusable(place, file, code === 'ENOENT' ? 'is missing' : `cannot be read (${code ?? String(error)})`, error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
