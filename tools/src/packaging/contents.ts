import { existsSync, globSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Architecture } from './architecture';
import { nativePackagesOf, type BundleMetadata } from './native-packages';

/** The parts of an artefact, from the least to the most frequently changed; in an image each is a layer. */
export const parts = ['native', 'model', 'app'] as const;
export type Part = (typeof parts)[number];

/** One file of an artefact. */
export interface LambdaFile {
  /** Its path under /var/task, with forward slashes. */
  readonly path: string;
  /** The present path of its content. */
  readonly source: string;
  readonly part: Part;
}

export interface ContentsOptions {
  readonly workspaceRoot: string;
  /** The folder of the bundle and its metafile `meta.json`, relative to the workspace. */
  readonly bundle: string;
  /** Folders to put beside the bundle: name under /var/task → folder in the workspace. */
  readonly assets?: Readonly<Record<string, string>>;
  /** The folder of a model, which becomes /var/task/model. */
  readonly model?: string;
  readonly architecture: Architecture;
}

/** All files of an artefact, sorted by path, whatever the order of the file system. */
export async function lambdaContents(options: ContentsOptions): Promise<LambdaFile[]> {
  const at = (folder: string) => join(options.workspaceRoot, folder);
  const bundle = at(options.bundle);
  const metadata = JSON.parse(await readFile(join(bundle, 'meta.json'), 'utf8')) as BundleMetadata;
  const files = filesOf(bundle, '', 'app').filter(({ path }) => path !== 'meta.json' && !path.endsWith('.map'));
  for (const [name, globs] of nativePackagesOf(metadata, options.architecture)) {
    files.push(...filesOf(at(join('node_modules', name)), `node_modules/${name}`, 'native', globs));
  }
  if (options.model) files.push(...filesOf(at(options.model), 'model', 'model'));
  for (const [name, folder] of Object.entries(options.assets ?? {})) files.push(...filesOf(at(folder), name, 'app'));
  return sorted(files);
}

/** Sorted by the UTF-16 units of their paths, independent of the locale. Throws if two files have the same path. */
export function sorted<File extends { readonly path: string }>(files: readonly File[]): File[] {
  const result = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  result.forEach(({ path }, index) => {
    if (index > 0 && result[index - 1]?.path === path) throw new Error(`Two files of the artefact would lie at ${path}.`);
  });
  return result;
}

const filesOf = (folder: string, prefix: string, part: Part, globs?: readonly string[]): LambdaFile[] =>
  filesIn(folder, prefix, globs).map((file) => ({ ...file, part }));

/** The files of a folder, with their paths in an artefact below `prefix`. Throws if there is no such folder. */
export function filesIn(folder: string, prefix: string, globs: readonly string[] = ['**/*']): Omit<LambdaFile, 'part'>[] {
  if (!existsSync(folder)) throw new Error(`${folder} is missing: build what the artefact consists of first.`);
  const found = globSync([...globs], { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  return found.map((entry) => {
    const source = join(entry.parentPath, entry.name);
    const path = relative(folder, source).split(sep).join('/');
    return { path: prefix ? `${prefix}/${path}` : path, source };
  });
}

/** The size of all files together. */
export async function sizeOf(files: readonly Pick<LambdaFile, 'source'>[]): Promise<number> {
  const sizes = await Promise.all(files.map(async ({ source }) => (await stat(source)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
