import { join } from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import { packageImage } from '../src/executors/image/executor';
import { packageZip } from '../src/executors/zip/executor';
import { hostArchitecture } from '../src/packaging/architecture';
import type { Artifact } from '../src/packaging/artifact';
import { packageOptions } from '../src/packaging/package-options';
import { temporaryWorkspace, tinyBundle } from '../src/packaging/testing/tiny-workspace';
import { prepareFunction, type FunctionHost } from './function-host';

const architecture = hostArchitecture() ?? 'x86_64';
const packagings = {
  zip: (root: string): Promise<Artifact> => packageZip(packageOptions({ architecture }, 'tiny'), root),
  image: (root: string): Promise<Artifact> => packageImage(packageOptions({ architecture }, 'tiny'), root, {}),
};

describe.each(['zip', 'image'] as const)('a %s under the real runtime client', (packaging) => {
  let workspace: Awaited<ReturnType<typeof temporaryWorkspace>>;
  let host: FunctionHost;
  const start = () => host.start({ memoryMb: 256, environment: {} });
  beforeAll(async () => {
    workspace = await temporaryWorkspace(tinyBundle);
    host = await prepareFunction(await packagings[packaging](workspace.root), workspace.root, () => undefined);
  }, 400_000);
  afterAll(async () => {
    await host.close();
    await workspace.remove();
  });

  it('answers, writes to /tmp only, and runs the runtime of Lambda', async () => {
    const running = await start();
    expect(await running.api.invoke({ a: 1 })).toMatchObject({ ok: true, payload: { echo: { a: 1 }, task: 'EROFS', tmp: false, node: expect.stringMatching(/^v24\./) } });
    await running.stop();
  }, 60_000);

  it('has the memory that it was given, and ends where it takes more', async () => {
    const running = await start();
    expect(await running.api.invoke({ fill: 100 })).toEqual({ ok: true, payload: 100_000_000 });
    expect(await running.api.invoke({ fill: 400 })).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
    await running.stop();
  }, 60_000);

  it('tells a thrown error, an exit and a time limit apart', async () => {
    const running = await start();
    expect(await running.api.invoke({ fail: 'no' })).toEqual({ ok: false, error: expect.objectContaining({ errorType: 'TypeError', errorMessage: 'no' }) });
    expect(await running.api.invoke({ exit: true })).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
    await running.stop();
    const slow = await start();
    expect(await slow.api.invoke({ hang: true }, { timeoutMs: 2_000 })).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } });
    await slow.stop();
  }, 60_000);
});

describe('images', () => {
  it('have the same digest on two builds, and another where a file changed', async () => {
    const workspace = await temporaryWorkspace(tinyBundle);
    const digests: string[] = [];
    for (const _build of [1, 2]) digests.push((await packageImage(packageOptions({ architecture }, 'tiny'), workspace.root, {})).digest);
    await writeFile(join(workspace.root, 'dist/apps/tiny/main.cjs'), 'exports.handler=async()=>1');
    digests.push((await packageImage(packageOptions({ architecture }, 'tiny'), workspace.root, {})).digest);
    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
    expect(await readFile(join(workspace.root, 'dist/lambdas/tiny/Dockerfile'), 'utf8')).toContain('COPY context/app/');
    await workspace.remove();
  }, 120_000);

  it('are made for an architecture that this machine cannot run, and then not run', async () => {
    const workspace = await temporaryWorkspace(tinyBundle);
    const foreign = architecture === 'arm64' ? 'x86_64' : 'arm64';
    const artifact = await packageImage(packageOptions({ architecture: foreign }, 'tiny'), workspace.root, {});
    expect(artifact.architecture).toBe(foreign);
    await expect(prepareFunction(artifact, workspace.root, () => undefined)).rejects.toThrow(`is for ${foreign}, which this machine`);
    await workspace.remove();
  }, 120_000);
});
