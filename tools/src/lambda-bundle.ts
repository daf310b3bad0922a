import { basename } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

/**
 * Packages that libraries can load but Barometer never makes them use. Every cold start would read them: in the
 * dashboard they would add 0.8 MB to 1.5 MB.
 */
const leftOut = [
  // transformers.js reads images with it.
  'sharp',
  // Fastify validates and serialises with them if schemas are JSON schemas; the API's schemas are zod.
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  // @fastify/swagger writes YAML with it; the document is served only as JSON.
  'yaml',
  // @fastify/static lists files with it if it has no wildcard route.
  'glob',
  // ofetch uses it if the runtime has no fetch.
  'node-fetch-native',
];

/** Replaces each of them by an empty module, except those that are `kept`. */
export const leftOutAliases = (kept: readonly string[] = []): Record<string, string> =>
  Object.fromEntries(leftOut.filter((name) => !kept.includes(name)).map((name) => [name, './tools/src/packaging/left-out.cjs']));

/**
 * Keeps rarely needed code out of the start: `import('./x-on-demand')` loads a separate file, x-on-demand.cjs beside
 * the bundle. CommonJS has no shared chunks, so such a file contains its own copy of its imports: only plain values
 * should pass between the two, and no `instanceof`.
 */
const onDemand: Plugin = {
  name: 'on-demand',
  setup: (build) =>
    build.onResolve({ filter: /^\.\/.*-on-demand$/ }, ({ path, kind }) => {
      if (kind === 'dynamic-import') return { path: `./${basename(path)}.cjs`, external: true };
      return { errors: [{ text: `"${path}" is for import(), which loads it when it is needed.` }] };
    }),
};

/** esbuild's options for the bundle of a Lambda, in addition to those that lambda-targets.ts passes to the executor. */
const lambdaBundle: BuildOptions = {
  mainFields: ['module', 'main'],
  alias: leftOutAliases(),
  // CommonJS lacks import.meta.url.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl=require('node:url').pathToFileURL(__filename).href;" },
  legalComments: 'none',
  // Uses require(): import() of node:http, as in the AWS SDK, reads every export of it, and one of them makes the
  // runtime load its own undici, which delays the first answer (some 15 to 30 ms of processor time).
  supported: { 'dynamic-import': false },
  plugins: [onDemand],
};

export default lambdaBundle;
