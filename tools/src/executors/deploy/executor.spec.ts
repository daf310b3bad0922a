import type { ExecutorContext } from '@nx/devkit';
import { temporaryWorkspace } from '../../packaging/testing/tiny-workspace';
import deploy from './executor';

describe('deploy', () => {
  it('fails before any change if nothing was packaged', async () => {
    const workspace = await temporaryWorkspace({});
    const words = jest.spyOn(console, 'error').mockReturnValue(undefined);
    jest.spyOn(console, 'log').mockReturnValue(undefined);
    expect(await deploy({ app: 'other' }, { root: workspace.root, projectName: 'tiny' } as ExecutorContext)).toEqual({ success: false });
    expect(words.mock.calls.flat().join('\n')).toContain('run "npx nx package other" first');
    jest.restoreAllMocks();
    await workspace.remove();
  });
});
