#!/usr/bin/env node
// Runs Barometer with the Node of the lock file, and builds it first when the sources are newer than the build.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { lockedNode } from '../../../tools/node/locked-node.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const oldest = [22, 13];
/** The Node version of the Lambda runtime and of the lock file, so that the same runs here and there. */
const lambdaNode = 24;
/**
 * Without a limit V8 lets the heap grow with the machine's memory: reading a store of a million articles then takes 580
 * MiB instead of 390. The live objects are far smaller than this limit. If you start Node yourself, give it the same
 * flags.
 */
const memory = JSON.parse(readFileSync(join(root, 'tools', 'node', 'heap-flags.json'), 'utf8'));

const [major, minor] = process.versions.node.split('.').map(Number);
const isTooOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);

/** Time of the newest source file below these folders. */
function newest(folders) {
  let latest = 0;
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(ts|tsx|css|html|json)$/.test(entry.name) || /\.spec\.tsx?$/.test(entry.name)) continue;
      latest = Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs);
    }
  }
  return latest;
}

function isStale(output, folders) {
  return !existsSync(output) || statSync(output).mtimeMs < newest(folders);
}

/** Builds what is stale; Nx takes what it has built before from its cache. */
function build() {
  const stale = [];
  if (isStale(join(root, 'dist/apps/local/main.mjs'), ['apps/local/src', 'libs'])) stale.push('local');
  if (isUp() && isStale(join(root, 'dist/apps/web/index.html'), ['apps/web', 'libs/http-api/src/contract'])) stale.push('web');
  if (stale.length === 0) return;
  process.stderr.write('Building Barometer (on a first start, and after a change) …\n');
  const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  const environment = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [nx, 'run-many', '-t', 'build', '-p', stale.join(',')], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}\nThe build failed; see above.\n`);
    process.exit(1);
  }
  // A cached build keeps its old time stamp; touching it saves asking Nx again at the next start.
  for (const output of ['dist/apps/local/main.mjs', 'dist/apps/web/index.html']) {
    if (existsSync(join(root, output))) touch(join(root, output));
  }
}

function touch(file) {
  const now = new Date();
  utimesSync(file, now, now);
}

/** Whether this command line serves the page. */
function isUp() {
  const [command, ...rest] = process.argv.slice(2);
  return (command === undefined || command === 'up') && !rest.some((argument) => argument === '--help' || argument === '-h');
}

/** Runs the same command line in another Node and exits as it exits; the IPC channel tells it when this process is killed. */
function runWith(node) {
  const child = spawn(node, [...memory, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, BAROMETER_NODE: node },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

const locked = lockedNode();
if (locked && major < lambdaNode && process.env['BAROMETER_NODE'] !== locked) {
  runWith(locked);
} else if (isTooOld) {
  process.stderr.write(
    `Barometer needs Node ${oldest.join('.')} or newer (this is ${process.versions.node}), and the one that "npm ci" installs is missing: run "npm ci" without --omit=optional, or install a newer Node.\n`,
  );
  process.exit(1);
} else {
  // Tests build once and then start many times.
  if (process.env['BAROMETER_BUILD'] !== 'done') build();
  const { main } = await import(pathToFileURL(join(root, 'dist/apps/local/main.mjs')).href);
  process.exitCode = await main(process.argv.slice(2), root);
}
