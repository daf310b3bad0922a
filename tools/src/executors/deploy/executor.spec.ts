import type { ExecutorContext } from '@nx/devkit';
import { temporaryWorkspace } from '../../packaging/testing/tiny-workspace';
import deploy from './executor';

const artifact = {
  app: 'tiny', packaging: 'zip', handler: 'main.handler', runtime: 'nodejs24.x', architecture: 'arm64',
  path: 'dist/lambdas/tiny/function.zip', bytes: 1, unzippedBytes: 1, model: null, sha256: 'a'.repeat(64),
};

describe('deploy', () => {
  let workspace: Awaited<ReturnType<typeof temporaryWorkspace>>;
  const context = () => ({ root: workspace.root, projectName: 'tiny' }) as ExecutorContext;
  beforeEach(async () => (workspace = await temporaryWorkspace({ 'dist/lambdas/tiny/artifact.json': JSON.stringify(artifact) })));
  afterEach(() => workspace.remove());
  afterEach(() => jest.restoreAllMocks());

  it('prints the commands of a dry run, and runs none', async () => {
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    expect(await deploy({ environment: 'prod', dryRun: true }, context())).toEqual({ success: true });
    expect(print.mock.calls.flat().join('\n')).toContain('barometer-prod-state barometer-prod-tiny');
  });

  it('fails before it touches anything where nothing was packaged', async () => {
    const words = jest.spyOn(console, 'error').mockReturnValue(undefined);
    jest.spyOn(console, 'log').mockReturnValue(undefined);
    expect(await deploy({ app: 'other' }, context())).toEqual({ success: false });
    expect(words.mock.calls.flat().join('\n')).toContain('run "npx nx package other" first');
  });
});
