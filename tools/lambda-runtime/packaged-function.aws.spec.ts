import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageImage } from '../src/executors/image/executor';
import { packageZip } from '../src/executors/zip/executor';
import { hostArchitecture } from '../src/packaging/architecture';
import type { Artifact } from '../src/packaging/artifact';
import { packageOptions } from '../src/packaging/package-options';
import { temporaryWorkspace, tinyBundle } from '../src/packaging/testing/tiny-workspace';
import { prepareFunction, type FunctionHost } from './function-host';
import type { RuntimeApi } from './runtime-api';

const architecture = hostArchitecture() ?? 'x86_64';
const packagings = {
  zip: (root: string): Promise<Artifact> => packageZip(packageOptions({ architecture }, 'tiny'), root),
  image: (root: string): Promise<Artifact> => packageImage(packageOptions({ architecture }, 'tiny'), root, {}),
};

describe.each(['zip', 'image'] as const)('a %s under the real runtime client', (packaging) => {
  let workspace: Awaited<ReturnType<typeof temporaryWorkspace>>;
  let host: FunctionHost;
  /** Starts it, and ends it whatever the result of the work. */
  async function withStarted(work: (api: RuntimeApi) => Promise<unknown>): Promise<void> {
    const running = await host.start({ memoryMb: 256, environment: {} });
    try {
      await work(running.api);
    } finally {
      await running.stop();
    }
  }
  beforeAll(async () => {
    workspace = await temporaryWorkspace(tinyBundle);
    host = await prepareFunction(await packagings[packaging](workspace.root), workspace.root, () => undefined);
  }, 400_000);
  afterAll(async () => {
    await host?.close();
    await workspace.remove();
  });

  it(
    'answers, and runs in the runtime of Lambda',
    () =>
      withStarted(async (api) => {
        expect(await api.invoke({ a: 1 })).toEqual({ ok: true, payload: { echo: { a: 1 } } });
        expect(await api.invoke({ look: true })).toMatchObject({ payload: { node: expect.stringMatching(/^v24\./) } });
      }),
    60_000,
  );

  it(
    'can write to /tmp and to nothing else',
    () =>
      withStarted(async (api) => {
        const outcome = await api.invoke({ look: true });
        const refused = {
          '/var/task': 'EROFS',
          '/run': 'EROFS',
          '/var/tmp': 'EROFS',
          '/dev/shm': 'ENOENT',
          '/dev/mqueue': 'EROFS',
          '/etc': 'EROFS',
          '/': 'EROFS',
        };
        expect(outcome).toMatchObject({ ok: true, payload: { writable: ['/tmp'], writing: { '/tmp': 'ok', '/dev': 'EACCES', ...refused } } });
      }),
    60_000,
  );

  it(
    "is Lambda's user, without any privileges",
    () =>
      withStarted(async (api) => {
        const none = '0'.repeat(16);
        const privileges = [...['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((name) => [`${name}:`, none]), ['NoNewPrivs:', '1']];
        expect(await api.invoke({ look: true })).toMatchObject({ ok: true, payload: { user: [993, 990, 990], privileges } });
      }),
    60_000,
  );

  it('has the memory that it was given, and is killed when it takes more, leaving nothing behind', async () => {
    await withStarted(async (api) => {
      expect(await api.invoke({ fill: 100 })).toEqual({ ok: true, payload: 100_000_000 });
      expect(await api.invoke({ fill: 400 })).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
    });
    expect(existsSync('oom')).toBe(false);
  }, 60_000);

  it('distinguishes a thrown error, an exit and a timeout', async () => {
    await withStarted(async (api) => {
      expect(await api.invoke({ fail: 'no' })).toEqual({ ok: false, error: expect.objectContaining({ errorType: 'TypeError', errorMessage: 'no' }) });
      expect(await api.invoke({ exit: true })).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
    });
    await withStarted(async (api) => {
      expect(await api.invoke({ hang: true }, { timeoutMs: 2_000 })).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } });
    });
  }, 60_000);
});

describe('images', () => {
  const build = async (root: string) => (await packageImage(packageOptions({ architecture }, 'tiny'), root, {})).digest;

  it('have the same digest in two builds, and another one if a file changed', async () => {
    const workspace = await temporaryWorkspace(tinyBundle);
    const digests = [await build(workspace.root), await build(workspace.root)];
    await writeFile(join(workspace.root, 'dist/apps/tiny/main.cjs'), 'exports.handler=async()=>1');
    digests.push(await build(workspace.root));
    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
    expect(await readFile(join(workspace.root, 'dist/lambdas/tiny/Dockerfile'), 'utf8')).toContain('COPY context/app/');
    await workspace.remove();
  }, 120_000);

  it('have the same digest whatever the modes of the files and the umask', async () => {
    const workspace = await temporaryWorkspace({ ...tinyBundle, 'dist/apps/tiny/deep/er/a.txt': 'a' });
    const digests = [await build(workspace.root)];
    for (const [mode, umask] of [
      [0o600, 0o077],
      [0o755, 0o002],
    ] as const) {
      for (const file of ['main.cjs', 'deep/er/a.txt']) await chmod(join(workspace.root, 'dist/apps/tiny', file), mode);
      const usual = process.umask(umask);
      digests.push(await build(workspace.root).finally(() => process.umask(usual)));
    }
    expect(new Set(digests).size).toBe(1);
    await workspace.remove();
  }, 120_000);

  it('can be built for an architecture that this machine cannot run, and are then not run', async () => {
    const workspace = await temporaryWorkspace(tinyBundle);
    const foreign = architecture === 'arm64' ? 'x86_64' : 'arm64';
    const artifact = await packageImage(packageOptions({ architecture: foreign }, 'tiny'), workspace.root, {});
    expect(artifact.architecture).toBe(foreign);
    await expect(prepareFunction(artifact, workspace.root, () => undefined)).rejects.toThrow(`is for ${foreign}, which this machine`);
    await workspace.remove();
  }, 120_000);
});
