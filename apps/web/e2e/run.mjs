// Runs the page's browser tests: bundles them, so that they may use the project's TypeScript, passes them to node:test,
// and prints one line of counts. `--grep WORDS` runs those whose names contain the words; CHROMIUM names another
// browser.
import { build } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const root = join(import.meta.dirname, '..', '..', '..');
const out = join(root, 'dist', 'e2e', 'web');
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const grep = process.argv.includes('--grep') ? process.argv[process.argv.indexOf('--grep') + 1] : undefined;

if (!existsSync(join(root, 'dist', 'apps', 'web', 'index.html'))) stop('The page has not been built: run "npx nx build web" first.');
if (!existsSync(chromium)) stop(`There is no browser at ${chromium}: install Chromium, or name it with CHROMIUM.`);

const tests = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.e2e.ts'))
  .sort();
await build({
  entryPoints: tests.map((name) => join(import.meta.dirname, name)),
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  alias: {
    '@barometer/http-api/words': join(root, 'libs/http-api/src/words/index.ts'),
    '@barometer/http-api/contract': join(root, 'libs/http-api/src/contract/index.ts'),
    '@barometer/events': join(root, 'libs/shared/events/src/index.ts'),
    '@barometer/alerting': join(root, 'libs/alerting/core/src/index.ts'),
    '@barometer/ingestion': join(root, 'libs/ingestion/core/src/index.ts'),
    '@barometer/reporting': join(root, 'libs/reporting/core/src/index.ts'),
    '@barometer/kernel': join(root, 'libs/shared/kernel/src/index.ts'),
  },
  sourcemap: 'inline',
  logLevel: 'warning',
});

const counts = { passed: 0, failed: 0, skipped: 0 };
const count =
  (kind) =>
  ({ skip, details }) => {
    if (details?.type === 'suite') return;
    counts[skip === undefined ? kind : 'skipped'] += 1;
  };
const stream = run({
  files: tests.map((name) => join(out, name.replace(/\.ts$/, '.mjs'))),
  concurrency: 1,
  timeout: 300_000,
  ...(grep && { testNamePatterns: [grep] }),
});
stream.on('test:pass', count('passed')).on('test:fail', count('failed'));
stream.compose(spec()).pipe(process.stdout);
stream.on('end', () => {
  const results = join(root, 'dist', 'test-results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'web.e2e.json'), JSON.stringify(counts));
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
  process.on('exit', () => console.log(`${counts.passed} passed, ${counts.failed} failed`));
});

function stop(message) {
  console.error(message);
  console.error(`Looked from ${relative(process.cwd(), root) || '.'}`);
  process.exit(1);
}
