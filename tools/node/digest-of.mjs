// Prints one digest of the given files, from which Nx computes the hash of a task. If a file is named as an input of a
// target instead, Nx counts the target's project as affected by it, and its app as to be deployed; that must not happen
// for files that only tests and lint read.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const hash = createHash('sha256');
for (const file of process.argv.slice(2)) hash.update(`${file}\0`).update(readFileSync(file));
console.log(hash.digest('hex'));
