import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readOciArchive } from '../../packaging/oci-archive';
import { elfHeader, temporaryWorkspace } from '../../packaging/testing/tiny-workspace';
import { packageOci, type ArchiveOptions } from './executor';

const onnxruntime = 'node_modules/onnxruntime-node';
const files = {
  'package.json': '{"version":"1.2.3"}',
  LICENSE: 'ours',
  NOTICE: 'of whom',
  'config/a.yaml': 'a: 1',
  'models/m/manifest.json': '{}',
  [`${onnxruntime}/package.json`]: '{"name":"onnxruntime-node","version":"1.0.0","license":"MIT"}',
  [`${onnxruntime}/dist/index.js`]: 'x',
  [`${onnxruntime}/bin/napi-v6/linux/x64/a.node`]: elfHeader(62),
  [`${onnxruntime}/bin/napi-v6/linux/arm64/a.node`]: elfHeader(183),
  'node_modules/onnxruntime-common/package.json': '{"name":"onnxruntime-common","version":"1.0.0","license":"MIT"}',
  'dist/standalone/tiny/standalone.mjs': 'export const start = () => {};',
  'dist/standalone/tiny/meta.json': '{"inputs":{},"outputs":{}}',
};
const options: ArchiveOptions = { app: 'tiny', bundle: 'dist/standalone/tiny', outputPath: 'dist/archives', assets: ['config', 'models/m'], platform: 'host' };

describe('an image for containers', () => {
  it.each(['linux-x64', 'linux-arm64'] as const)(
    'for %s has the same digest whenever and wherever it is made, and starts the app as an unprivileged user',
    async (platform) => {
      const [one, other] = await Promise.all([temporaryWorkspace(files), temporaryWorkspace(Object.fromEntries(Object.entries(files).reverse()))]);
      const made = await packageOci(options, platform, one.root);
      expect(made.path).toBe(`dist/images/tiny-1.2.3-${platform}.tar`);
      expect((await packageOci(options, platform, other.root)).digest).toBe(made.digest);
      const { config, layers } = await readOciArchive(join(one.root, made.path));
      expect([config.architecture, config.config?.Entrypoint, config.config?.Cmd]).toEqual([
        platform === 'linux-x64' ? 'amd64' : 'arm64',
        ['node', '--max-old-space-size=768', '--max-semi-space-size=8', '/opt/barometer/start.mjs'],
        ['up'],
      ]);
      expect(config.config).toMatchObject({ User: '10001:10001', Volumes: { '/data': {} }, Env: expect.arrayContaining(['HOST=0.0.0.0', 'DATA_DIR=/data']) });
      expect(layers.length).toBeGreaterThanOrEqual(4);
      await Promise.all([rm(one.root, { recursive: true }), rm(other.root, { recursive: true })]);
    },
    180_000,
  );

  it('is refused for a system other than Linux, for a base without a digest, and over its budget', async () => {
    const { root, remove } = await temporaryWorkspace(files);
    await expect(packageOci({ ...options, base: 'node:24' }, 'linux-x64', root)).rejects.toThrow('The base image "node:24" is not pinned');
    await expect(packageOci({ ...options, maxImageBytes: 10 }, 'linux-x64', root)).rejects.toThrow(
      /What the image of tiny for linux-x64 adds to its base has .* over its budget/,
    );
    await remove();
  });
});
