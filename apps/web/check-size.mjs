// Fails the build when the first load (the document and everything it names) outgrows its budget.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = 150 * 1024;
const dist = join(import.meta.dirname, '..', '..', 'dist', 'apps', 'web');
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const names = readdirSync(dist, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
const first = ['index.html', ...names.filter((name) => page.includes(`/${name}"`))];
const sizes = first.map((name) => [name, gzipSync(readFileSync(join(dist, name))).length]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);

for (const [name, size] of sizes) console.log(`${(size / 1024).toFixed(1).padStart(7)} KB gzipped  ${name}`);
console.log(`${(total / 1024).toFixed(1).padStart(7)} KB gzipped  first load, of ${BUDGET / 1024} KB allowed`);
if (total > BUDGET) {
  console.error('The first load is over its budget.');
  process.exitCode = 1;
}
