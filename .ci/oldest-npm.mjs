// A fresh clone is installed with npm 10.8.2 (the npm of Node 20 and 22), started, and answers on its port.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'barometer-npm10-'));
const port = 4699;

/** PATH without the folders that npm prepends, so that the old npm runs on the system's Node, as in a fresh clone. */
const path = (process.env.PATH ?? '')
  .split(':')
  .filter((part) => !part.includes('node_modules'))
  .join(':');
const environment = { ...process.env, PATH: path, PORT: String(port), DATA_DIR: join(folder, 'data') };

const run = (command, args, cwd) => {
  const { status } = spawnSync(command, args, { cwd, env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
};

async function answers() {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/healthz`);
      if (response.ok) return response.json();
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('no answer within two minutes');
}

let passed = 0;
let started;
try {
  run('git', ['clone', '--quiet', root, join(folder, 'clone')]);
  run('npm', ['install', '--prefix', join(folder, 'npm'), '--no-audit', '--no-fund', '--no-save', 'npm@10.8.2']);
  const npm = join(folder, 'npm', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const clone = join(folder, 'clone');
  run('node', [npm, 'ci', '--no-audit', '--no-fund'], clone);
  passed += 1;
  started = spawn('node', [npm, 'start'], { cwd: clone, env: environment, stdio: 'inherit', detached: true });
  console.log('answered', JSON.stringify(await answers()));
  passed += 1;
} catch (error) {
  console.log(`FAILED: ${error.message}`);
} finally {
  if (started?.pid) process.kill(-started.pid, 'SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const results = join(root, 'dist', 'test-results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'oldest-npm.json'), JSON.stringify({ passed, failed: 2 - passed, skipped: 0 }));
  rmSync(folder, { recursive: true, force: true });
}
process.exit(passed === 2 ? 0 : 1);
