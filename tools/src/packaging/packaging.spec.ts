import { hostArchitecture } from './architecture';
import { chosenBase } from './base-image';
import { keepBudget, readableBytes } from './budget';
import { buildCommands, chooseBuilder, dockerCanBuild } from './builders';
import { sorted } from './contents';
import { dockerfile } from './dockerfile';
import { nativePackagesOf } from './native-packages';
import { checkImage } from './oci-image';
import { packageOptions } from './package-options';
import { readableCommand, type CommandLine } from './run';

describe('native packages', () => {
  const bundle = (inputs: string[], external: string[]) => ({
    inputs: Object.fromEntries(inputs.map((path) => [path, {}])),
    outputs: { 'main.cjs': { imports: external.map((path) => ({ path, external: true })) } },
  });

  it('are none for a bundle that needs only Node', () => expect(nativePackagesOf(bundle([], ['node:fs', 'util']), 'arm64').size).toBe(0));

  it('come with what they require, for one architecture', () => {
    const found = nativePackagesOf(bundle([], ['onnxruntime-node']), 'arm64');
    expect([...found.keys()]).toEqual(['onnxruntime-node', 'onnxruntime-common']);
    expect(found.get('onnxruntime-node')).toEqual(['package.json', 'dist/*.js', 'bin/napi-v6/linux/arm64/*']);
  });

  it('are found if a bundled package hides its require', () => {
    const found = nativePackagesOf(bundle(['node_modules/@huggingface/transformers/dist/x.mjs'], ['onnxruntime-common']), 'x86_64');
    expect([...found.keys()].sort()).toEqual(['onnxruntime-common', 'onnxruntime-node']);
  });

  it('do not include files of the same build, which must exist', () => {
    const { inputs, outputs } = bundle([], ['./feeds-on-demand.cjs']);
    expect(nativePackagesOf({ inputs, outputs: { ...outputs, 'dist/apps/x/feeds-on-demand.cjs': { imports: [] } } }, 'arm64').size).toBe(0);
    expect(() => nativePackagesOf({ inputs, outputs }, 'arm64')).toThrow('requires "./feeds-on-demand.cjs" at run time');
  });

  it('are refused if unknown', () => expect(() => nativePackagesOf(bundle([], ['left-out']), 'arm64')).toThrow('requires "left-out" at run time'));
});

describe('a budget', () => {
  it('is not exceeded by its last byte', () => expect(() => keepBudget('The ZIP', 1_000_000, 1_000_000)).not.toThrow());
  it('may be absent', () => expect(() => keepBudget('The ZIP', 1e12, undefined)).not.toThrow());
  it('fails with the figures', () =>
    expect(() => keepBudget('The ZIP of x', 1_250_000, 1_000_000)).toThrow(
      'The ZIP of x has 1.25 MB (1250000), 250.0 kB over its budget of 1.00 MB (1000000).',
    ));
  it('is written in decimal units', () => expect([999, 1000, 3_000_000].map(readableBytes)).toEqual(['999 bytes', '1.0 kB', '3.00 MB']));
});

it('sorts files by path whatever the locale, and refuses two with the same path', () => {
  const file = (path: string) => ({ path, source: path, part: 'app' as const });
  expect(sorted(['b', 'a/ä', 'a/z', 'B', 'a'].map(file)).map(({ path }) => path)).toEqual(['B', 'a', 'a/z', 'a/ä', 'b']);
  expect(() => sorted([file('a'), file('a')])).toThrow('Two files of the artefact would lie at a.');
});

describe('an image', () => {
  it('has a recipe that runs nothing', () => {
    expect(dockerfile(['native', 'app'], 'main.handler')).toBe(
      'ARG BASE\nFROM ${BASE}\nCOPY context/native/ /var/task/\nCOPY context/app/ /var/task/\nCMD ["main.handler"]\n',
    );
  });

  const digest = `sha256:${'0'.repeat(64)}`;
  it.each([
    [undefined, 'stand-in'],
    ['stand-in', 'stand-in'],
    [`public.ecr.aws/lambda/nodejs@${digest}`, `public.ecr.aws/lambda/nodejs@${digest}`],
  ])('with the base %s is based on %s', (setting, base) => expect(chosenBase(setting)).toBe(base));
  it('refuses a base by tag', () => expect(() => chosenBase('public.ecr.aws/lambda/nodejs:24')).toThrow('is not pinned'));

  const request = { from: 'base', architecture: 'x86_64', folder: '/out', archive: '/out/image.tar', tag: 'localhost/a:b' } as const;
  it.each(['docker', 'podman', 'buildah'] as const)('is built by %s for one platform, at a fixed time', (builder) => {
    const lines = buildCommands(builder, request).map(readableCommand);
    expect(lines[0]).toContain('--platform linux/amd64');
    expect(lines[0]).toMatch(/--timestamp 0|rewrite-timestamp=true/);
    expect(lines[0]).toContain('--build-arg BASE=base');
    expect(lines.at(-1)).toContain('/out/image.tar');
    if (builder === 'docker') expect(lines[0]).toContain('--provenance=false --sbom=false');
  });

  const classic = '[["Backing Filesystem","extfs"],["Supports d_type","true"]]';
  const containerd = '[["driver-type","io.containerd.snapshotter.v1"]]';
  const buildx = (driver: string) =>
    `Name:          default\nDriver:        ${driver}\nLast Activity: 2026-01-01 00:00:00 +0000 UTC\n\nNodes:\nName:   default\nStatus: running\n`;
  it.each([
    ['the engine and the classic store', buildx('docker'), classic, false, false],
    ['the engine and the store of containerd', buildx('docker'), containerd, false, true],
    ['the engine and the store of containerd, on a base that is in it', buildx('docker'), containerd, true, true],
    ['a builder of its own', buildx('docker-container'), classic, false, true],
    ['a builder of its own, on a base that it cannot see', buildx('docker-container'), containerd, true, false],
    ['a builder that says nothing of itself', '', containerd, false, false],
  ])('is built by docker with %s: %#', (_what, builder, engine, onLocalBase, can) => expect(dockerCanBuild(builder, engine, onLocalBase)).toBe(can));

  /** The answers of each program; programs without one are missing, or do not work. */
  const machine = (answers: Readonly<Record<string, string>>) => async (command: CommandLine) => {
    const answer = answers[command.slice(0, 3).join(' ')] ?? answers[command.slice(0, 2).join(' ')];
    if (answer === undefined) throw new Error(`"${command.join(' ')}" ended with 1`);
    return answer;
  };
  const others = { 'podman info': '', 'buildah info': '' };
  it.each([
    ['docker', { 'docker info': containerd, 'docker buildx inspect': buildx('docker'), ...others }],
    ['podman', { 'docker info': classic, 'docker buildx inspect': buildx('docker'), ...others }],
    ['podman', { 'docker info': containerd, ...others }],
    ['podman', { 'docker buildx inspect': buildx('docker'), ...others }],
    ['buildah', { 'docker info': classic, 'docker buildx inspect': buildx('docker'), 'buildah info': '' }],
    ['buildah', { 'buildah info': '' }],
  ] as const)('is built by %s, the first that can: %#', async (chosen, answers) => expect(await chooseBuilder(false, machine(answers))).toBe(chosen));
  it('is built on the stand-in only by a builder that has access to it', async () =>
    expect(await chooseBuilder(true, machine({ 'docker info': containerd, 'docker buildx inspect': buildx('docker-container'), ...others }))).toBe('podman'));
  it('says what to install if none works', () =>
    expect(chooseBuilder(false, machine({}))).rejects.toThrow(/docker .*podman or buildah.*apt-get install buildah/));

  const built = {
    digest,
    bytes: 1,
    layers: [9, 20, 30].map((size) => ({ digest, size })),
    config: { os: 'linux', architecture: 'amd64', config: { Cmd: ['main.handler'] } },
  };
  const wanted = { architecture: 'x86_64', handler: 'main.handler', layers: 2 } as const;
  it('counts the layers above its base', () => expect(checkImage(built, wanted)).toBe(50));
  it.each([
    ['is for another platform', { ...wanted, architecture: 'arm64' as const }, 'is for linux/amd64 instead of linux/arm64'],
    ['starts something else', { ...wanted, handler: 'other.handler' }, 'starts ["main.handler"] instead of ["other.handler"]'],
    ['lacks a layer', { ...wanted, layers: 4 }, 'has 3 layers, fewer than the 4'],
  ])('is refused if it %s', (_what, other, words) => expect(() => checkImage(built, other)).toThrow(words));
});

it('infers options from the name of an app, and lets project.json override them', () => {
  expect(packageOptions({ architecture: 'x86_64' }, 'ingestion')).toMatchObject({
    bundle: 'dist/apps/ingestion',
    outputPath: 'dist/lambdas/ingestion',
    architecture: 'x86_64',
  });
});

it('maps the architecture of a machine to the names of Lambda', () => {
  expect([hostArchitecture('x64'), hostArchitecture('arm64'), hostArchitecture('ppc64')]).toEqual(['x86_64', 'arm64', undefined]);
});

it('prints a command as a person would type it', () => expect(readableCommand(['a', '--b=c', "it's", '$HOME'])).toBe("a --b=c 'it'\\''s' '$HOME'"));
