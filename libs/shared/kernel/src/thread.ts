import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * The file `name` that a thread runs: beside the file `url`, with the same extension, whether that runs from source or from
 * a bundle (which then needs `name` as another entry point). Absent if the bundle has none.
 */
export function threadEntry(url: string, name: string): URL | undefined {
  const ending = /\.[cm]?[jt]s$/.exec(url)?.[0] ?? '.js';
  const entry = new URL(`./${name}${ending}`, url);
  return existsSync(entry) ? entry : undefined;
}

/** Starts a thread that runs `entry`, which is four folders below the workspace if it is a source file. */
export function startThread(entry: URL, workerData: unknown): Worker {
  return new Worker(entry, { workerData, ...sourceLoader(entry) });
}

/** When run from source, the thread needs the loader that lets Node read TypeScript and the workspace's path names. */
function sourceLoader(entry: URL): object {
  if (!entry.pathname.endsWith('.ts')) return {};
  const loader = createRequire(fileURLToPath(entry)).resolve('@swc-node/register');
  const settings = fileURLToPath(new URL('../../../../tsconfig.base.json', entry));
  return { execArgv: ['--require', loader], env: { ...process.env, TS_NODE_PROJECT: settings } };
}
