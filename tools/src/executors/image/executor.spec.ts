import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { packageOptions } from '../../packaging/package-options';
import { elfHeader, temporaryWorkspace, tinyBundle } from '../../packaging/testing/tiny-workspace';
import image, { packageImage, type ImageOptions } from './executor';

const options = (more: Partial<ImageOptions> = {}) =>
  packageOptions<Partial<ImageOptions>>({ architecture: 'x86_64', assets: { lib: 'lib' }, builder: 'buildah', ...more }, 'tiny');

/** Checks before any build, without a builder; packaged-function.aws.spec.ts builds. */
describe('packageImage', () => {
  let workspace: Awaited<ReturnType<typeof temporaryWorkspace>>;
  afterEach(() => workspace.remove());

  it('refuses native code that its architecture cannot run, by name', async () => {
    workspace = await temporaryWorkspace({ ...tinyBundle, 'lib/good.node': elfHeader(62), 'lib/bad.node': elfHeader(183) });
    await expect(packageImage(options(), workspace.root, {})).rejects.toThrow('The artefact is for x86_64, but lib/bad.node is machine code for arm64.');
  });

  it.each([
    ['on a base by tag', { base: 'public.ecr.aws/lambda/nodejs:24' }, 'is not pinned'],
    ['over its budget', { maxBytes: 100 }, /What the image of tiny adds to its base has .* over its budget of 100 bytes/],
    ['without an asset', { assets: { lib: 'other' } }, /other is missing/],
    ['with a folder that is no model', { model: 'lib' }, /so that folder is no model/],
  ])('fails %s', async (_what, more, words) => {
    workspace = await temporaryWorkspace({ ...tinyBundle, 'lib/a.txt': 'a' });
    await expect(packageImage(options(more), workspace.root, {})).rejects.toThrow(words);
    expect(existsSync(join(workspace.root, 'dist/lambdas'))).toBe(false);
  });

  it('prefers the base in the environment, and says in one line why it failed', async () => {
    workspace = await temporaryWorkspace(tinyBundle);
    const words = jest.spyOn(console, 'error').mockReturnValue(undefined);
    jest.spyOn(console, 'log').mockReturnValue(undefined);
    process.env['LAMBDA_BASE'] = 'localhost/base:latest';
    expect(await image({ builder: 'buildah', base: 'stand-in' }, { root: workspace.root, projectName: 'tiny' } as ExecutorContext)).toEqual({ success: false });
    delete process.env['LAMBDA_BASE'];
    expect(words.mock.calls.flat().join('\n')).toContain('The base image "localhost/base:latest" is not pinned.');
    jest.restoreAllMocks();
  });
});
