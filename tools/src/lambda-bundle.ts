import { basename } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

/**
 * What libraries can load and Barometer never makes them use. Every cold start would read it: together it is half a
 * megabyte of each start of the dashboard.
 */
const leftOut: Readonly<Record<string, string>> = {
  sharp: 'transformers.js reads pictures with it',
  '@fastify/ajv-compiler': "Fastify validates JSON schemas with it; the API's schemas are zod",
  '@fastify/fast-json-stringify-compiler': 'the same, for what is answered',
  yaml: '@fastify/swagger writes YAML with it; the document is served as JSON',
  glob: '@fastify/static lists files with it, where it has no wildcard route',
  'node-fetch-native': 'ofetch falls back to it where the runtime has no fetch',
};

/**
 * Keeps what few requests need out of the start: `import('./x-on-demand')` loads a file of its own, x-on-demand.cjs beside
 * the bundle. CommonJS has no shared chunks, so such a file carries its own copy of what it imports: only plain values
 * should pass between the two, and no `instanceof`.
 */
const onDemand: Plugin = {
  name: 'on-demand',
  setup: (build) => build.onResolve({ filter: /-on-demand$/ }, ({ path, kind }) => {
    if (kind === 'dynamic-import') return { path: `./${basename(path)}.cjs`, external: true };
    return kind === 'entry-point' ? undefined : { errors: [{ text: `"${path}" is for import(), which loads it when it is needed.` }] };
  }),
};

/** How esbuild makes the bundle of a Lambda, beside what lambda-targets.ts tells the executor. */
const lambdaBundle: BuildOptions = {
  mainFields: ['module', 'main'],
  alias: Object.fromEntries(Object.keys(leftOut).map((name) => [name, './tools/src/packaging/left-out.cjs'])),
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
