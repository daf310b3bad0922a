import { isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { namesOf, type Architecture } from './architecture';

/** The part of an esbuild metafile that says what a bundle was made from, and what it still requires at run time. */
export interface BundleMetadata {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }>>;
}

interface NativePackage {
  /** Packages that it requires itself. */
  readonly requires: readonly string[];
  /** Globs, inside the package, of all files that Lambda needs. */
  files(architecture: Architecture): string[];
}

/**
 * Packages that are not bundled, since they load native code from their own folder. Of onnxruntime-node's 300 MB for
 * all platforms, a Lambda needs the two libraries of one platform.
 */
const known: Readonly<Record<string, NativePackage>> = {
  'onnxruntime-node': {
    requires: ['onnxruntime-common'],
    files: (architecture) => ['package.json', 'dist/*.js', `bin/napi-v6/linux/${namesOf[architecture].node}/*`],
  },
  'onnxruntime-common': { requires: [], files: () => ['package.json', 'dist/cjs/**/*.js', 'dist/cjs/package.json'] },
};

/** Packages that, once bundled, load others through `createRequire`, which bundlers do not see. */
const hidden: Readonly<Record<string, readonly string[]>> = { '@huggingface/transformers': ['onnxruntime-node'] };

/** The packages that esbuild must not bundle. */
export const nativePackageNames: readonly string[] = Object.keys(known);

/**
 * The packages to put beside a bundle, by name, with the globs of their files. Throws if the bundle requires an unknown
 * package, which would be missing on Lambda.
 */
export function nativePackagesOf(bundle: BundleMetadata, architecture: Architecture): ReadonlyMap<string, string[]> {
  const required = Object.values(bundle.outputs).flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path));
  const result = new Map<string, string[]>();
  const add = (name: string) => {
    const found = known[name];
    if (!found)
      throw new Error(`The bundle requires "${name}" at run time, which no Lambda artefact would hold. Bundle it, or describe it in native-packages.ts.`);
    if (result.has(name)) return;
    result.set(name, found.files(architecture));
    found.requires.forEach(add);
  };
  required.filter((name) => !isBuiltin(name) && !isBeside(name, bundle)).forEach(add);
  const sources = Object.keys(bundle.inputs);
  for (const [name, loaded] of Object.entries(hidden)) {
    if (sources.some((source) => source.startsWith(`node_modules/${name}/`))) loaded.forEach(add);
  }
  return result;
}

/** Whether this is another file of the same build. */
const isBeside = (path: string, { outputs }: BundleMetadata) =>
  path.startsWith('./') && Object.keys(outputs).some((output) => basename(output) === basename(path));
