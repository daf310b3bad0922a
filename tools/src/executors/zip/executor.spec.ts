import { chmod, mkdtemp, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPromise } from 'yauzl';
import { unzip } from '../../../lambda-runtime/unzip';
import { readArtifact } from '../../packaging/artifact';
import { packageOptions, type PackageOptions } from '../../packaging/package-options';
import { elfHeader, temporaryWorkspace, tinyBundle } from '../../packaging/testing/tiny-workspace';
import { packageZip } from './executor';

const files = { ...tinyBundle, 'dist/apps/page/index.html': '<title>x</title>', 'dist/apps/page/assets/a.js': 'a()' };
const options = (more: Partial<PackageOptions> = {}) => packageOptions({ assets: { web: 'dist/apps/page' }, ...more }, 'tiny');

async function namesIn(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { fileName } of (await openPromise(path)).eachEntry()) names.push(fileName);
  return names;
}

describe('packageZip', () => {
  let workspace: Awaited<ReturnType<typeof temporaryWorkspace>>;
  beforeEach(async () => (workspace = await temporaryWorkspace(files)));
  afterEach(() => workspace.remove());

  it('packs the bundle and its assets, without maps and metadata, and describes the result', async () => {
    const artifact = await packageZip(options(), workspace.root);
    expect(await namesIn(join(workspace.root, artifact.path))).toEqual(['main.cjs', 'web/assets/a.js', 'web/index.html']);
    expect(artifact).toMatchObject({ app: 'tiny', packaging: 'zip', handler: 'main.handler', architecture: 'arm64', model: null });
    expect(artifact.unzippedBytes).toBe(files['dist/apps/tiny/main.cjs'].length + 16 + 3);
    expect(await readArtifact(workspace.root, 'tiny')).toEqual(artifact);
  });

  it('writes the same bytes whatever the times, the modes and the order of the files, and the umask', async () => {
    const first = await packageZip(options(), workspace.root);
    const bytes = await readFile(join(workspace.root, first.path));
    const other = await temporaryWorkspace(Object.fromEntries(Object.entries(files).reverse()));
    await utimes(join(other.root, 'dist/apps/tiny/main.cjs'), 1, 1);
    await chmod(join(other.root, 'dist/apps/page/index.html'), 0o700);
    const usual = process.umask(0o077);
    const second = await packageZip(options(), other.root).finally(() => process.umask(usual));
    expect(second.sha256).toBe(first.sha256);
    expect(bytes.equals(await readFile(join(other.root, second.path)))).toBe(true);
    await other.remove();
  });

  it('unpacks to what was packed, for every user to read', async () => {
    await chmod(join(workspace.root, 'dist/apps/page/index.html'), 0o600);
    const { path } = await packageZip(options(), workspace.root);
    const folder = await mkdtemp(join(tmpdir(), 'barometer-unzip-'));
    const usual = process.umask(0o077);
    await unzip(join(workspace.root, path), join(folder, 'task')).finally(() => process.umask(usual));
    expect(await readFile(join(folder, 'task/web/index.html'), 'utf8')).toBe('<title>x</title>');
    const modes = await Promise.all(
      ['', 'web', 'web/assets', 'main.cjs', 'web/index.html'].map(async (name) => (await stat(join(folder, 'task', name))).mode & 0o777),
    );
    expect(modes).toEqual([0o755, 0o755, 0o755, 0o644, 0o644]);
    await rm(folder, { recursive: true });
  });

  it('names the model inside', async () => {
    const withModel = await temporaryWorkspace({ ...files, 'models/m/manifest.json': '{"id":"m","revision":"r"}', 'models/m/onnx/m.onnx': 'weights' });
    expect((await packageZip(options({ model: 'models/m' }), withModel.root)).model).toEqual({ id: 'm', revision: 'r' });
    await withModel.remove();
  });

  it('refuses native code that its architecture cannot run, by name', async () => {
    const foreign = await temporaryWorkspace({ ...files, 'dist/apps/page/good.node': elfHeader(183), 'dist/apps/page/bad.node': elfHeader(62) });
    await expect(packageZip(options({ architecture: 'arm64' }), foreign.root)).rejects.toThrow(
      'The artefact is for arm64, but web/bad.node is machine code for x86_64.',
    );
    await foreign.remove();
  });

  it.each([
    ['over its budget', { maxBytes: 100 }, /The ZIP of tiny, unzipped, has .* over its budget of 100 bytes/],
    ['without its bundle', { bundle: 'dist/apps/other' }, /meta\.json/],
    ['without an asset', { assets: { web: 'dist/apps/other' } }, /other is missing/],
    ['with a folder that is no model', { model: 'dist/apps/page' }, /so that folder is no model/],
  ])('fails %s', (_what, more, words) => expect(packageZip(options(more), workspace.root)).rejects.toThrow(words));
});
