// Fails the build when the first load (the document and everything it names) outgrows its budget.
import { createRequire } from 'node:module';
import { join } from 'node:path';

// Loaded without an import of its name: Nx would count the page, and the function that carries it, as affected by every tool.
const { firstLoad } = createRequire(import.meta.url)(join(import.meta.dirname, '..', '..', 'tools/src/first-load.cjs'));

const BUDGET = 150 * 1024;
const files = firstLoad(join(import.meta.dirname, '..', '..', 'dist', 'apps', 'web'));
const total = files.reduce((sum, { bytes }) => sum + bytes, 0);

for (const { name, bytes } of files) console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KB gzipped  ${name}`);
console.log(`${(total / 1024).toFixed(1).padStart(7)} KB gzipped  first load, of ${BUDGET / 1024} KB allowed`);
if (total > BUDGET) {
  console.error('The first load is over its budget.');
  process.exitCode = 1;
}
