import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const MODEL = join(__dirname, '../../../../../models/barometer-distilbert-news');
export const FIXTURES = `${MODEL}-fixtures`;

/** A copy of the model in a folder with an awkward name, for tests that damage it. */
export async function copyModel(): Promise<{ directory: string; remove(): Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'barometer-model-'));
  const directory = join(parent, 'a model--with spaces, ünïcode');
  await cp(MODEL, directory, { recursive: true });
  return { directory, remove: () => rm(parent, { recursive: true, force: true }) };
}

/** Changes a JSON file of a model. */
export async function editJson(file: string, change: (content: Record<string, unknown>) => object): Promise<void> {
  await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>)));
}

/** The rows of a JSON Lines file. */
export async function readRows<T>(file: string): Promise<T[]> {
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
