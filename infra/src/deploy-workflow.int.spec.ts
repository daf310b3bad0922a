import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workspaceRoot } from './cdk-context';

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly if?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
const { jobs } = parse(readFileSync(join(workspaceRoot, '.github/workflows/deploy.yml'), 'utf8')) as { jobs: { deploy: Job; mark: Job } };
const plan = jobs.deploy.steps.find(({ id }) => id === 'plan')?.run ?? '';

/** A repository with three commits, the third checked out by default, and what Nx would do in it for the workflow. */
function planned({
  deployed,
  at = 3,
  main = 3,
  apps = '',
  event = 'workflow_run',
}: {
  deployed?: number;
  at?: number;
  main?: number;
  apps?: string;
  event?: string;
}) {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-workflow-'));
  const run = (program: string, ...args: string[]) => {
    const identity = {
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.org',
      GIT_CONFIG_GLOBAL: '/dev/null',
    };
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
  run('git', 'update-ref', 'refs/remotes/origin/main', commits[main - 1]!);
  run('git', 'checkout', '--quiet', commits[at - 1]!);
  if (deployed) run('git', 'tag', 'deployed/dev', commits[deployed - 1]!);
  run('bash', '-e', '-c', plan);
  const [selection = '', commit] = readFileSync(join(folder, 'output'), 'utf8').trim().split('\n');
  rmSync(folder, { recursive: true });
  expect(commit).toBe(`commit=${commits[at - 1]}`);
  return selection.replace('selection=', '').replace(commits[(deployed ?? 1) - 1]!, 'DEPLOYED');
}

describe('the deploy workflow', () => {
  it.each([
    ['all apps at first', {}, 'run-many'],
    ['what the commits since the last deployment affect', { deployed: 1 }, 'affected --base=DEPLOYED --head=HEAD'],
    ['all apps of an earlier commit, where a person asks for it', { deployed: 3, at: 1, event: 'workflow_dispatch' }, 'run-many'],
    ['nothing of an earlier commit whose ci was the slower one', { deployed: 3, at: 2 }, ''],
    [
      'the apps that are named, wherever the mark is',
      { deployed: 3, at: 1, apps: 'analysis,ingestion', event: 'workflow_dispatch' },
      'run-many -p analysis,ingestion',
    ],
  ])('deploys %s', (_what, situation, words) => expect(planned(situation)).toBe(words));

  it.each([
    ['a commit that is not on main', { at: 3, main: 2 }, 'This commit is not on main.'],
    ['apps that are more than names', { apps: 'analysis\nselection=run-many' }, 'Apps are names with commas between.'],
  ])('refuses %s', (_what, situation, message) => expect(() => planned(situation)).toThrow(message));

  it('gets access to AWS only after the code of the repository was built and smoke-tested', () => {
    const order = jobs.deploy.steps.map(({ name, uses }) => name ?? uses ?? '');
    const at = (what: RegExp) => order.findIndex((one) => what.test(one));
    expect(at(/Find out/)).toBeLessThan(at(/Install/));
    expect(at(/smoke/)).toBeLessThan(at(/configure-aws-credentials/));
    expect(at(/configure-aws-credentials/)).toBe(order.length - 2);
    expect(jobs.deploy.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(jobs.deploy.steps.find(({ uses }) => uses?.includes('checkout'))?.with?.['persist-credentials']).toBe(false);
  });

  it('moves its tag only if everything that changed was deployed, in a job that runs no code of the repository', () => {
    expect(jobs.deploy.outputs?.['mark']).toBe("${{ inputs.apps == '' && steps.plan.outputs.selection != '' }}");
    expect(jobs.mark.if).toBe("needs.deploy.outputs.mark == 'true'");
    expect(jobs.mark.permissions).toEqual({ contents: 'write' });
    expect(jobs.mark.steps.map(({ name, uses }) => name ?? uses)).toEqual(['Mark what is deployed']);
  });
});
