import type { BuildOptions } from 'esbuild';
import { leftOutAliases } from './lambda-bundle';

/** esbuild's options for the bundle of a standalone app, in addition to those that archive-targets.ts passes to the executor. */
const standaloneBundle: BuildOptions = {
  mainFields: ['module', 'main'],
  // The seeds are YAML; nothing else that Lambdas leave out is loaded here.
  alias: leftOutAliases(['yaml']),
  // Variables that CommonJS packages expect.
  banner: {
    js:
      "import{createRequire as createRequireHere}from'node:module';import{fileURLToPath as pathOfUrl}from'node:url';" +
      'const require=createRequireHere(import.meta.url),__filename=pathOfUrl(import.meta.url),__dirname=pathOfUrl(new URL(".",import.meta.url));',
  },
  outExtension: { '.js': '.mjs' },
  splitting: true,
  legalComments: 'none',
};

export default standaloneBundle;
