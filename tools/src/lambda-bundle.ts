import { basename } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

/**
 * What libraries can load and Barometer never makes them use. Every cold start would read it: of the dashboard it would be
 * 0.8 MB beside 1.5 MB.
 */
const leftOut = [
  // transformers.js reads pictures with it.
  'sharp',
  // Fastify validates and writes JSON schemas' data with them; the API's schemas are zod.
  '@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler',
  // @fastify/swagger writes YAML with it; the document is served as JSON.
  'yaml',
  // @fastify/static lists files with it, where it has no wildcard route.
  'glob',
  // ofetch falls back to it where the runtime has no fetch.
  'node-fetch-native',
];

/** Puts an empty module in the place of each of them, but for those that are `kept`. */
export const leftOutAliases = (kept: readonly string[] = []): Record<string, string> =>
  Object.fromEntries(leftOut.filter((name) => !kept.includes(name)).map((name) => [name, './tools/src/packaging/left-out.cjs']));

/**
 * Keeps what few requests need out of the start: `import('./x-on-demand')` loads a file of its own, x-on-demand.cjs beside
 * the bundle. CommonJS has no shared chunks, so such a file carries its own copy of what it imports: only plain values
 * should pass between the two, and no `instanceof`.
 */
const onDemand: Plugin = {
  name: 'on-demand',
  setup: (build) => build.onResolve({ filter: /^\.\/.*-on-demand$/ }, ({ path, kind }) => {
    if (kind === 'dynamic-import') return { path: `./${basename(path)}.cjs`, external: true };
    return { errors: [{ text: `"${path}" is for import(), which loads it when it is needed.` }] };
  }),
};

/** How esbuild makes the bundle of a Lambda, beside what lambda-targets.ts tells the executor. */
const lambdaBundle: BuildOptions = {
  mainFields: ['module', 'main'],
  alias: leftOutAliases(),
  // CommonJS lacks import.meta.url.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl=require('node:url').pathToFileURL(__filename).href;" },
  legalComments: 'none',
  // By require(): import() of node:http, as the AWS SDK asks for it, reads every export of it, and one of them makes
  // the runtime load its own undici, which the first answer waits for (some 15 to 30 ms of computing).
  supported: { 'dynamic-import': false },
  plugins: [onDemand],
};

export default lambdaBundle;
