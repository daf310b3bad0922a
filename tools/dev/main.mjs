// `npm run dev`: the page from Vite, which reloads it, with Barometer behind it, rebuilt and restarted on every change.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { context } from 'esbuild';
import { createServer } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const output = join(root, 'dist', 'dev');
const port = Number(process.env.PORT ?? 4600);
const apiPort = Number(process.env.API_PORT ?? port + 1);
const heapFlags = JSON.parse(readFileSync(join(root, 'tools/node/heap-flags.json'), 'utf8'));
/** Editors save in several steps, and a checkout touches many files. */
const SETTLE_MS = 50;
/** How long a process may take to end by itself; killing it loses no stored data. */
const GRACE_MS = 300;

const say = (line) => process.stderr.write(`[dev] ${line}\n`);
const since = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

const build = await context({
  absWorkingDir: root,
  entryPoints: ['apps/local/src/main.ts', 'apps/local/src/inference-worker.ts', 'apps/local/src/check-worker.ts'],
  outdir: output,
  outExtension: { '.js': '.mjs' },
  tsconfig: 'apps/local/tsconfig.json',
  bundle: true,
  packages: 'external',
  splitting: true,
  sourcemap: 'linked',
  format: 'esm',
  platform: 'node',
  target: 'node24',
  logLevel: 'warning',
});

let child;
let isStopping = false;

/** Ends the running process, if there is one. */
async function end() {
  const ending = child;
  child = undefined;
  if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
  const exited = new Promise((resolve) => ending.once('exit', resolve));
  ending.kill('SIGTERM');
  const timer = setTimeout(() => ending.kill('SIGKILL'), GRACE_MS);
  await exited;
  clearTimeout(timer);
}

function begin() {
  const start = join(output, 'start.mjs');
  writeFileSync(
    start,
    `import { main } from ${JSON.stringify(pathToFileURL(join(output, 'main.mjs')).href)};\nprocess.exitCode = await main(['up'], ${JSON.stringify(root)});\n`,
  );
  const started = spawn(process.execPath, [...heapFlags, '--enable-source-maps', start], {
    cwd: root,
    env: { ...process.env, PORT: String(apiPort) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  started.once('exit', (code) => started === child && say(`Barometer ended with ${code}; the next change starts it again`));
  child = started;
}

/** Resolves when the API answers, or when the process that should answer has ended. */
async function answers() {
  while (child && child.exitCode === null) {
    if (
      await fetch(`http://127.0.0.1:${apiPort}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
}

async function restart(why, start = performance.now()) {
  try {
    await build.rebuild();
  } catch {
    return say('the build failed, see above; what ran goes on');
  }
  await end();
  if (isStopping) return;
  begin();
  if (await answers()) say(`${why}: the API answers after ${since(start)}`);
}

/** One restart at a time; changes in the meantime cause one more. */
let running = restart('started');
let changed;
function onChange(file) {
  if (!/\.(ts|json|sql|yaml)$/.test(file) || /\.spec\.ts$|(^|[\\/])(testing|bench|fixtures|training)[\\/]/.test(file)) return;
  const isFirst = changed === undefined;
  changed = { file, start: changed?.start ?? performance.now() };
  if (isFirst)
    setTimeout(() => {
      running = running.then(() => {
        const { file: last, start } = changed;
        changed = undefined;
        return restart(last, start);
      });
    }, SETTLE_MS);
}

const watchers = ['apps/local/src', 'libs', 'config'].map((folder) =>
  watch(join(root, folder), { recursive: true }, (_event, file) => file && onChange(join(folder, file))),
);

process.env.BAROMETER_API = `http://127.0.0.1:${apiPort}`;
const page = await createServer({
  configFile: join(root, 'apps/web/vite.config.ts'),
  server: { host: '127.0.0.1', port, strictPort: true },
  logLevel: 'error',
});
await page.listen();
say(`the page is at http://127.0.0.1:${port}/ and reloads by itself`);

async function stop() {
  if (isStopping) return;
  isStopping = true;
  for (const watcher of watchers) watcher.close();
  await Promise.allSettled([end(), page.close(), build.dispose()]);
  rmSync(output, { recursive: true, force: true });
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
