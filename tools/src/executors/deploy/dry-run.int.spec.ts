import type { ExecutorContext } from '@nx/devkit';
import { temporaryWorkspace } from '../../packaging/testing/tiny-workspace';
import deploy from './executor';

const artifact = {
  app: 'tiny',
  packaging: 'zip',
  handler: 'main.handler',
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  path: 'dist/lambdas/tiny/function.zip',
  bytes: 1,
  unzippedBytes: 1,
  model: null,
  sha256: 'a'.repeat(64),
};

/** A workspace with this program in place of the diff command. */
const workspaceWith = (diff: string) =>
  temporaryWorkspace({
    'dist/lambdas/tiny/artifact.json': JSON.stringify(artifact),
    'node_modules/@swc-node/register/index.js': '',
    'infra/src/diff/main.ts': diff,
  });

describe('a dry run of deploy', () => {
  let workspace: Awaited<ReturnType<typeof temporaryWorkspace>>;
  afterEach(() => workspace.remove());
  afterEach(() => jest.restoreAllMocks());

  it.each([
    [false, 'the recorded templates of prod', 'diff of --environment prod --apps tiny'],
    [true, 'what is deployed', 'diff of --environment prod --apps tiny --deployed'],
  ])('prints the commands, runs none, and then the difference (deployed: %s)', async (deployed, against, asked) => {
    workspace = await workspaceWith('console.log("diff of", process.argv.slice(2).join(" "), process.env.SWC_NODE_PROJECT);');
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    expect(await deploy({ environment: 'prod', dryRun: true, deployed }, { root: workspace.root, projectName: 'tiny' } as ExecutorContext)).toEqual({
      success: true,
    });
    const printed = print.mock.calls.flat().join('\n');
    expect(printed).toContain('barometer-prod-state barometer-prod-tiny');
    expect(printed).toContain(`# what differs from ${against}\n${asked} infra/tsconfig.json\n`);
  });

  it('fails with the error of the comparison', async () => {
    workspace = await workspaceWith('console.error("No such stack."); process.exit(1);');
    const words = jest.spyOn(console, 'error').mockReturnValue(undefined);
    jest.spyOn(console, 'log').mockReturnValue(undefined);
    expect(await deploy({ dryRun: true }, { root: workspace.root, projectName: 'tiny' } as ExecutorContext)).toEqual({ success: false });
    expect(words.mock.calls.flat().join('\n')).toContain('No such stack.');
  });
});

describe('deploy of something already deployed', () => {
  const before = { ...process.env };
  let workspace: Awaited<ReturnType<typeof temporaryWorkspace>>;
  beforeEach(() => Object.assign(process.env, { AWS_PROFILE: 'nobody', AWS_REGION: 'eu-central-1' }));
  afterEach(() => {
    process.env = { ...before };
    jest.restoreAllMocks();
    return workspace.remove();
  });

  /** Deploys with this program in place of the comparison with what is deployed. @returns the output */
  async function deployWith(diff: string) {
    workspace = await workspaceWith(diff);
    const spoken = (['info', 'log', 'error'] as const).map((name) => jest.spyOn(console, name).mockReturnValue(undefined));
    const { success } = await deploy({ environment: 'prod' }, { root: workspace.root, projectName: 'tiny' } as ExecutorContext);
    return { success, words: spoken.flatMap(({ mock }) => mock.calls.flat()).join('\n') };
  }

  it('does nothing if the stacks do not differ, and names the digest', async () => {
    const asked = 'process.argv.slice(2).join(" ") === "--environment prod --apps tiny --deployed --fail"';
    const { success, words } = await deployWith(`process.exitCode = ${asked} ? 0 : 1;`);
    expect([success, words]).toEqual([
      true,
      expect.stringContaining(`tiny is deployed to prod as it is here (sha256:${'a'.repeat(64)}): there is nothing to do.`),
    ]);
  });

  it('continues if they differ or cannot be compared', async () => {
    const { success, words } = await deployWith('process.exitCode = 1;');
    expect([success, words]).toEqual([false, expect.stringContaining('The deployment stopped: the step "synthesise the stacks of tiny and of the state"')]);
  });
});
