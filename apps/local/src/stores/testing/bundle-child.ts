import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const workspace = join(__dirname, '../../../../..');

/** Bundles the program of a child that a test kills, `testing/<name>.ts`, into `folder`. @returns its path. Throws what esbuild says */
export function bundleChild(name: string, folder: string): string {
  const outfile = join(folder, `${name}.cjs`);
  const build = ['--bundle', '--platform=node', '--format=cjs', '--external:fast-check', '--tsconfig=tsconfig.base.json', `--outfile=${outfile}`];
  const esbuild = spawnSync(process.execPath, ['node_modules/esbuild/bin/esbuild', `apps/local/src/stores/testing/${name}.ts`, ...build], {
    cwd: workspace,
    encoding: 'utf8',
  });
  if (esbuild.status !== 0) throw new Error(esbuild.stderr);
  return outfile;
}

/** What a bundled child is started with. */
export const childOptions = { cwd: workspace, env: { ...process.env, NODE_PATH: join(workspace, 'node_modules') } };
