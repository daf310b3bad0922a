import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import satisfies from 'spdx-satisfies';
import type { BundleMetadata } from './native-packages';

/** An npm package whose code is part of an artefact. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
  /** Its present folder. */
  readonly folder: string;
}

export interface Bundled {
  readonly workspaceRoot: string;
  /** The folder of the bundle and its metafile, relative to the workspace. */
  readonly bundle: string;
  /** Folders that the app contains; if the page is one of them, the page's packages are included. */
  readonly assets: readonly string[];
}

/** Licences that require no more than including their text: packages with others are not shipped. Names are SPDX's. */
const permissive = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'Python-2.0', 'Unlicense', 'Zlib'];

/** Packages beside the bundle, since they load native code. */
const beside = ['node_modules/onnxruntime-node', 'node_modules/onnxruntime-common'];

const PAGE = { asset: 'dist/apps/web', entry: 'apps/web/src/main.tsx' };

/**
 * Every package whose code is in an app, in its bundle, its page or beside them, sorted by name and version. Throws if
 * one has no licence, or one that requires more than including its text.
 */
export function bundledPackages({ workspaceRoot, bundle, assets }: Bundled): readonly BundledPackage[] {
  const { inputs } = JSON.parse(readFileSync(join(workspaceRoot, bundle, 'meta.json'), 'utf8')) as BundleMetadata;
  const files = [...Object.keys(inputs), ...(assets.includes(PAGE.asset) ? pageFiles(workspaceRoot) : [])];
  const folders = new Set([...files.flatMap((file) => packageOf(workspaceRoot, file) ?? []), ...beside]);
  // A package in several places counts once.
  const packages = new Map(
    [...folders]
      .sort()
      .map((folder) => describePackage(join(workspaceRoot, folder)))
      .map((one) => [`${one.name} ${one.version}`, one]),
  );
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The files that the page is made from, found by bundling its sources again: its own builder does not report them. */
function pageFiles(workspaceRoot: string): string[] {
  const paths = join(workspaceRoot, 'tsconfig.base.json');
  const { metafile } = buildSync({
    absWorkingDir: workspaceRoot,
    entryPoints: [PAGE.entry],
    outdir: 'page',
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    jsx: 'automatic',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'file', '.png': 'file', '.woff2': 'file' },
    ...(existsSync(paths) && { tsconfig: paths }),
  });
  return Object.keys(metafile?.inputs ?? {});
}

/** The folder of the package that a file belongs to: the innermost one with a package.json. Undefined for our own files. */
function packageOf(workspaceRoot: string, file: string): string | undefined {
  const folders = [...file.matchAll(/node_modules\/(?:@[^/]+\/)?[^/]+/g)].map(({ 0: match, index }) => file.slice(0, index + match.length));
  return folders.reverse().find((folder) => existsSync(join(workspaceRoot, folder, 'package.json')));
}

function describePackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: unknown };
  if (typeof license !== 'string') throw new Error(`The package ${name} ${version} names no licence: it cannot be shipped.`);
  if (!isPermissive(license))
    throw new Error(`The package ${name} ${version} is under "${license}", which may ask for more than its text: it cannot be shipped.`);
  return { name, version, license: inCapitals(license), folder };
}

/** An expression with its operators in SPDX's spelling. */
const inCapitals = (license: string) => license.replace(/ (and|or|with) /g, (operator) => operator.toUpperCase());

/** Whether a licence, an SPDX expression, requires no more than including its text; false for anything that is not an expression. */
function isPermissive(license: string): boolean {
  try {
    return satisfies(inCapitals(license), permissive);
  } catch {
    return false;
  }
}
