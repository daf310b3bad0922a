import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workspaceRoot } from './cdk-context';

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly run?: string;
  readonly if?: string;
}
const { jobs } = parse(readFileSync(join(workspaceRoot, '.github/workflows/deploy.yml'), 'utf8')) as { jobs: { deploy: { steps: Step[] } } };
const plan = jobs.deploy.steps.find(({ id }) => id === 'plan')?.run ?? '';

/** A repository with three commits, the third checked out unless told otherwise, and what the workflow would have Nx do in it. */
function planned({ deployed, at = 3, apps = '', event = 'workflow_run' }: { deployed?: number; at?: number; apps?: string; event?: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-workflow-'));
  const run = (program: string, ...args: string[]) => {
    const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.org', GIT_CONFIG_GLOBAL: '/dev/null' };
    const env = { PATH: process.env['PATH'], ...identity, ENVIRONMENT: 'dev', APPS: apps, GITHUB_EVENT_NAME: event, GITHUB_OUTPUT: join(folder, 'output') };
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env });
    if (status !== 0) throw new Error(stdout + stderr);
    return stdout.trim();
  };
  run('git', 'init', '--quiet');
  const commits = [1, 2, 3].map((number) => {
    writeFileSync(join(folder, 'file'), String(number));
    run('git', 'add', 'file');
    run('git', 'commit', '--quiet', '-m', String(number));
    return run('git', 'rev-parse', 'HEAD');
  });
  run('git', 'checkout', '--quiet', commits[at - 1]!);
  if (deployed) run('git', 'tag', 'deployed/dev', commits[deployed - 1]!);
  run('bash', '-e', '-c', plan);
  const said = readFileSync(join(folder, 'output'), 'utf8').trim().replace(commits[(deployed ?? 1) - 1]!, 'DEPLOYED');
  rmSync(folder, { recursive: true });
  return said.replace('arguments=', '');
}

describe('the deploy workflow', () => {
  it.each([
    ['all apps at first', {}, 'run-many -t deploy'],
    ['what the commits since the last deployment affect', { deployed: 1 }, 'affected -t deploy --base=DEPLOYED --head=HEAD'],
    ['all apps of an earlier commit, where a person asks for it', { deployed: 3, at: 1, event: 'workflow_dispatch' }, 'run-many -t deploy'],
    ['nothing of an earlier commit whose ci was the slower one', { deployed: 3, at: 2 }, ''],
    ['the apps that are named, wherever the mark is', { deployed: 3, at: 1, apps: 'analysis,ingestion', event: 'workflow_dispatch' }, 'run-many -t deploy -p analysis,ingestion'],
  ])('deploys %s', (_what, situation, words) => expect(planned(situation)).toBe(words));

  it('moves its mark only where all that changed was deployed', () => {
    const mark = jobs.deploy.steps.find(({ name }) => name === 'Mark what is deployed');
    expect(mark?.if).toBe("env.APPS == '' && steps.plan.outputs.arguments != ''");
    expect(jobs.deploy.steps.at(-1)).toBe(mark);
  });
});
