// Packages what changed, synthesises, and runs src/main.ts, or another file that is given first, from source with the
// workspace's path names.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '../..');
const nx = (...args) => {
  const { status, signal } = spawnSync(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(signal === 'SIGINT' ? 130 : 1);
};
// Set if the packaging was done before, as for the local app.
if (process.env.BAROMETER_BUILD !== 'done') {
  nx('run-many', '-t', 'package', '-p', 'ingestion,analysis,dashboard');
  nx('run', 'infra:synth');
}

process.env.SWC_NODE_PROJECT ??= join(root, 'tsconfig.base.json');
require('@swc-node/register');
const [file] = /\.ts$/.test(process.argv[2] ?? '') ? process.argv.splice(2, 1) : ['main.ts'];
require(join(__dirname, 'src', file));
