import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './cdk-context';

const output = 'dist/infra/of-a-test';
afterAll(() => rmSync(join(workspaceRoot, output), { recursive: true, force: true }));

const run = (program: string, ...args: string[]) =>
  spawnSync(process.execPath, ['-r', '@swc-node/register', join('infra/src', program), ...args], {
    cwd: workspaceRoot,
    encoding: 'utf8',
    env: { ...process.env, SWC_NODE_PROJECT: 'infra/tsconfig.json' },
  });

it('synthesises one app and the state from the command line', () => {
  const { status, stderr } = run('main.ts', '--environment', 'prod', '--apps', 'dashboard', '--placeholders', '--output', output);
  expect(stderr).toMatch(/^barometer-prod-dashboard: \d+ resources\nbarometer-prod-state: \d+ resources\n$/);
  expect(status).toBe(0);
  expect(
    readdirSync(join(workspaceRoot, output))
      .filter((file) => file.endsWith('.template.json'))
      .sort(),
  ).toEqual(['barometer-prod-dashboard.template.json', 'barometer-prod-state.template.json']);
});

it('ends with one sentence for an unknown environment', () => {
  expect(run('main.ts', '--environment', 'nowhere')).toMatchObject({
    status: 1,
    stderr: 'There is no environment "nowhere" in infra/cdk.json; it has dev, prod.\n',
  });
});

it('shows the differences from a folder of templates, and can fail on them', () => {
  const same = run('diff/main.ts', '--apps', 'ingestion', '--placeholders', '--fail');
  expect(same).toMatchObject({ status: 0, stdout: 'barometer-dev-ingestion: no difference\nbarometer-dev-state: no difference\n' });
  const everything = run('diff/main.ts', '--apps', 'ingestion', '--placeholders', '--fail', '--against', 'dist/infra/nothing-here');
  expect(everything.status).toBe(1);
  expect(everything.stdout).toContain('  + AWS::DynamoDB::Table Store');
});
