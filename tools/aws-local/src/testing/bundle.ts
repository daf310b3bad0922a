import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(__dirname, '../../../..');

/** The bundle of an app as it is packaged. */
export function appBundle(app: string): string {
  const path = join(ROOT, 'dist/apps', app, 'main.cjs');
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npx nx build ${app}" first.`);
  return path;
}

/** Bundles an entry of the tests in the same way, without what it does not reach. */
export async function testBundle(entry: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [join(ROOT, entry)], outfile, bundle: true, platform: 'node', target: 'node24', format: 'cjs', mainFields: ['module', 'main'],
    tsconfig: join(ROOT, 'tsconfig.base.json'), external: ['onnxruntime-node', '@huggingface/transformers'], logLevel: 'error',
    define: { 'import.meta.url': 'importMetaUrl' }, banner: { js: "const importMetaUrl=require('node:url').pathToFileURL(__filename).href;" },
  });
  return outfile;
}
