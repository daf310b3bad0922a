// Runs a script with the Node of the lock file, and puts that Node first in PATH for everything that the script starts:
// npm 11 does that by itself, npm 10 (of Node 20 and 22) does not.
//
//   node tools/node/run.mjs node_modules/nx/dist/bin/nx.js run-many -t test
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { lockedNode } from './locked-node.mjs';

const node = lockedNode() ?? process.execPath;
const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
const child = spawn(node, process.argv.slice(2), { stdio: 'inherit', env: { ...process.env, PATH: path } });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
