import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The apps whose `deploy` would run after a change of this file, according to Nx. */
function deployedAfter(file: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-affected-'));
  const plan = join(folder, 'plan.json');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/nx/dist/bin/nx.js'), 'affected', '-t', 'deploy', `--files=${file}`, `--graph=${plan}`],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false' },
    },
  );
  if (status !== 0) throw new Error(stdout + stderr);
  const { tasks } = JSON.parse(readFileSync(plan, 'utf8')) as { tasks: { tasks: Record<string, { target: { project: string; target: string } }> } };
  rmSync(folder, { recursive: true });
  return Object.values(tasks.tasks)
    .filter(({ target }) => target.target === 'deploy')
    .map(({ target }) => target.project)
    .sort();
}

const all = ['analysis', 'dashboard', 'ingestion'];

describe('nx affected -t deploy', () => {
  it.each([
    ["the model's adapter", 'libs/sentiment/adapter-transformers/src/transformers-classifier.ts', ['analysis']],
    ['a reading of feeds', 'libs/ingestion/adapter-sqs/src/index.ts', ['ingestion']],
    ['the page', 'apps/web/src/main.tsx', ['dashboard']],
    ['what all domains tell each other', 'libs/shared/events/src/index.ts', all],
    ['what a report reads', 'libs/reporting/adapter-dynamodb/src/dynamodb-report-store.ts', ['dashboard', 'ingestion']],
    ['where people sign in', 'libs/access/adapter-oidc/src/oidc-sign-in.ts', ['dashboard']],
    ['the loops of one process', 'libs/pipeline/src/pipeline.ts', []],
    ['a route', 'libs/http-api/src/routes/live.routes.ts', ['dashboard']],
    ['what every part leans on', 'libs/shared/kernel/src/time.ts', all],
    ["the table's keys", 'libs/shared/storage-dynamodb/src/keys.ts', all],
    ["the laptop's store", 'libs/shared/storage-sqlite/src/migrations.ts', []],
    ['the model', 'models/barometer-distilbert-news/config.json', ['analysis']],
    ['the names of everything', 'infra/src/names.ts', all],
    ['a stack', 'infra/src/stacks/analysis-stack.ts', all],
    ['the settings of the environments', 'infra/cdk.json', all],
    ["the table's definition in the stacks", 'infra/src/table-schema.json', all],
    ['a test of the stacks', 'infra/src/stacks/stacks.spec.ts', []],
    ['what the tests of the stacks share', 'infra/src/testing/templates.ts', []],
    ['the drill of the alarms', 'infra/src/drill/evaluate-alarm.ts', []],
    ['what checkers of templates may find', 'infra/src/findings/accepted-findings.json', []],
    ['the recorded templates', 'infra/recorded/dev/barometer-dev-state.template.json', []],
    ['the runbook', 'docs/operations/runbook.md', []],
    ['the seeds of the local app', 'config/sources.yaml', []],
    ['the set-up of the tests', 'jest.preset.js', []],
    ['the rules of lint', 'eslint.config.mjs', []],
    ['a generator', 'tools/src/generators/names.ts', []],
    ['the stand-in for Lambda', 'tools/lambda-runtime/function-host.ts', []],
    ['the deployment itself', 'tools/src/deployment/plan.ts', []],
    ['what packages', 'tools/src/packaging/contents.ts', all],
    ['the stand-in for the base of an image', 'tools/src/packaging/stand-in-base.ts', ['analysis']],
    ['what measures the page', 'tools/src/first-load.cjs', ['dashboard']],
    ['the local app', 'apps/local/src/main.ts', []],
  ])('after a change of %s deploys only the apps that contain it', (_what, file, apps) => expect(deployedAfter(file)).toEqual(apps), 60_000);
});
