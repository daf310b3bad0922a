// Adds up the results that each suite left in dist/test-results; a failed step without counted tests is a failure too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', 'dist', 'test-results');
const failedSteps = Number(process.argv[2] ?? 0);
const total = { passed: 0, failed: 0, skipped: 0 };
let files = [];
try {
  files = readdirSync(folder).sort();
} catch {
  console.log('no suite left a result');
}
for (const file of files) {
  const result = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  console.log(
    `${file.replace(/\.json$/, '').padEnd(44)} ${result.passed} passed, ${result.failed} failed${result.skipped ? `, ${result.skipped} skipped` : ''}`,
  );
  for (const key of Object.keys(total)) total[key] += result[key] ?? 0;
}
const failed = Math.max(total.failed, failedSteps > 0 ? total.failed + (total.failed === 0 ? failedSteps : 0) : 0);
console.log(`${total.passed} passed, ${failed} failed`);
process.exit(failed > 0 || total.passed === 0 ? 1 : 0);
