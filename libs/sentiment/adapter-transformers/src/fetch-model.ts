import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labelSchema, type Label } from '@barometer/events';
import { DEFAULT_NEUTRAL_ODDS } from '@barometer/sentiment';
import * as z from 'zod';
import pinnedModels from './model-pins.json';
import { download, type Fetch } from './download';
import { ModelError } from './errors';
import { MANIFEST, sha256Of, verifyModel, type ModelManifest } from './model-files';

/** What model-pins.json states about a model. */
export interface ModelPin {
  /** The commit; if absent, the caller must name one. */
  readonly revision?: string;
  readonly neutralOdds?: number;
  /** SHA-256 in hex of each file of that revision, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface FetchModelOptions {
  /** Owner and name on the hub. */
  readonly id: string;
  /** A full commit; required if the pins have none, and must equal the pinned one otherwise. */
  readonly revision?: string | undefined;
  /** The folder in which a folder for this model and revision is created. */
  readonly directory: string;
  /** Called with the bytes so far, and the total if known. */
  readonly onProgress?: (done: number, total?: number) => void;
  readonly hub?: string;
  readonly fetch?: Fetch;
  readonly pins?: Readonly<Record<string, ModelPin>>;
  readonly idleMs?: number;
  readonly pauseMs?: number;
}

export interface FetchedModel {
  /** The value for MODEL_DIR. */
  readonly directory: string;
  readonly revision: string;
  /** Whether every file's hash was known beforehand; if not, the first download is trusted, and later ones are checked against it. */
  readonly pinned: boolean;
  /** The same as a sentence for the user. */
  readonly notice: string;
}

/** The large file first, so that progress can show early how much remains. */
const FILES = ['onnx/model_quantized.onnx', 'tokenizer.json', 'tokenizer_config.json', 'config.json'] as const;

/**
 * Fetches a text classifier from the hub into a local directory that `TransformersClassifier` can verify and load. An
 * interrupted download is resumed; a complete one is only checked. Throws `ModelError`.
 */
export async function fetchModel(options: FetchModelOptions): Promise<FetchedModel> {
  const { id, hub = 'https://huggingface.co' } = options;
  const pins: Readonly<Record<string, ModelPin>> = options.pins ?? pinnedModels;
  if (!/^[\w.-]+\/[\w.-]+$/.test(id) || id.includes('..'))
    throw new ModelError(`"${id}" names no model: give its owner and name, as in Xenova/distilbert-base-uncased-finetuned-sst-2-english.`);
  const pin: ModelPin = pins[id] ?? {};
  const revision = revisionOf(id, pin, options.revision);
  const directory = join(options.directory, `${id.replace('/', '--')}@${revision.slice(0, 12)}`);
  const pinned = FILES.every((file) => pin.files?.[file] !== undefined);
  const fetched: FetchedModel = { directory, revision, pinned, notice: noticeOf(pinned) };
  if (await isThere(join(directory, MANIFEST))) {
    verifyModel({ directory });
    return fetched;
  }
  await fetchFiles(`${hub}/${id}/resolve/${revision}`, directory, options);
  const files = await describe(directory, FILES);
  for (const { path, sha256 } of files) {
    const expected = pin.files?.[path];
    if (expected === undefined || expected === sha256) continue;
    await rm(join(directory, path));
    throw new ModelError(
      `${path} of ${id} was fetched with the SHA-256 ${sha256} instead of the pinned ${expected}, and was removed; try again, and if it happens again do not use this model.`,
      join(directory, path),
    );
  }
  await describeModel(directory, { id, revision, pin, files });
  verifyModel({ directory });
  return fetched;
}

function revisionOf(id: string, pin: ModelPin, asked: string | undefined): string {
  const revision = asked ?? pin.revision;
  if (revision === undefined)
    throw new ModelError(`${id} has no pinned revision: name the commit that you want and have looked at, with --revision (40 hexadecimal digits).`);
  if (!/^[0-9a-f]{40}$/.test(revision))
    throw new ModelError(`"${revision}" is no commit: a revision is 40 hexadecimal digits, since a branch or tag can move.`);
  if (pin.revision !== undefined && pin.revision !== revision)
    throw new ModelError(`${id} is pinned to the revision ${pin.revision}, not ${revision}; change model-pins.json if you mean it.`);
  return revision;
}

function noticeOf(pinned: boolean): string {
  return pinned
    ? 'Every file has its pinned SHA-256.'
    : 'No hashes are pinned for this model: what was fetched first is trusted, its SHA-256 is in manifest.json, and it is checked against that from now on.';
}

async function fetchFiles(base: string, directory: string, options: FetchModelOptions): Promise<void> {
  const { fetch = globalThis.fetch, onProgress, idleMs = 30_000, pauseMs = 1_000 } = options;
  const done = new Map<string, number>();
  const totals = new Map<string, number>();
  const sum = (sizes: ReadonlyMap<string, number>) => [...sizes.values()].reduce((total, size) => total + size, 0);
  for (const file of FILES) {
    const target = join(directory, file);
    if (await isThere(target)) continue;
    const progress = (bytes: number, total: number | undefined) => {
      done.set(file, bytes);
      totals.set(file, total ?? bytes);
      onProgress?.(sum(done), sum(totals));
    };
    await download(`${base}/${file}`, target, { fetch, onProgress: progress, idleMs, pauseMs }).catch((error: unknown) => {
      throw new ModelError(
        `${file} could not be fetched from ${base} (${reasonOf(error)}); what has arrived is kept, and the same command goes on from there.`,
        target,
        { cause: error },
      );
    });
  }
}

const configSchema = z.object({ model_type: z.string(), id2label: z.record(z.string(), z.string().toLowerCase().pipe(labelSchema)) });

interface Description {
  readonly id: string;
  readonly revision: string;
  readonly pin: ModelPin;
  readonly files: ModelManifest['files'];
}

/** Writes the files that the hub's model lacks: a calibration that leaves the outputs as they are, and finally the manifest. */
async function describeModel(directory: string, { id, revision, pin, files }: Description): Promise<void> {
  const config = configSchema.safeParse(JSON.parse(await readFile(join(directory, 'config.json'), 'utf8')));
  if (!config.success)
    throw new ModelError(
      `${id} is no model of sentiment: its config.json must name the classes negative and positive, and at most neutral besides.`,
      join(directory, 'config.json'),
    );
  const classes = Object.entries(config.data.id2label)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, label]) => label);
  await writeJson(join(directory, 'calibration.json'), calibrationOf(classes, pin));
  const all = [...files, ...(await describe(directory, ['calibration.json']))];
  const manifest: ModelManifest = { schemaVersion: 1, id, revision, modelType: config.data.model_type, classes, files: all };
  await writeJson(join(directory, MANIFEST), manifest);
}

/** Not batchable: the hub's int8 files compute their activation ranges over the whole batch, so that neighbours would change the result. */
function calibrationOf(labels: readonly Label[], pin: ModelPin): object {
  const neutralOdds = labels.includes('neutral') ? {} : { neutralOdds: pin.neutralOdds ?? DEFAULT_NEUTRAL_ODDS };
  return { temperature: 1, uncertainBelow: 0.6, labels, batchable: false, ...neutralOdds };
}

function describe(directory: string, paths: readonly string[]): Promise<ModelManifest['files']> {
  return Promise.all(paths.map(async (path) => ({ path, bytes: (await stat(join(directory, path))).size, sha256: sha256Of(join(directory, path)) })));
}

const writeJson = (path: string, content: object) => writeFile(path, `${JSON.stringify(content, undefined, 2)}\n`);
const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The innermost cause: fetch itself says only "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
