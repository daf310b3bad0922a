import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageImage } from '../executors/image/executor';
import type { ImageArtifact } from '../packaging/artifact';
import { packageOptions } from '../packaging/package-options';
import { isOnPath, run } from '../packaging/run';
import { temporaryWorkspace, tinyBundle } from '../packaging/testing/tiny-workspace';
import { executeStep } from './execute-step';
import { pushStep } from './plan';
import { startImmutableRegistry } from './testing/immutable-registry';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the push to a registry', () => {
  let registry: ChildProcess;
  let workspace: Awaited<ReturnType<typeof temporaryWorkspace>>;
  let artifact: ImageArtifact;
  let host: string;
  const manifestOf = (repository: string) =>
    fetch(`http://${host}/v2/${repository}/manifests/${artifact.digest}`, { headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } });

  beforeAll(async () => {
    for (const program of ['docker-registry', 'skopeo'])
      if (!(await isOnPath(program))) throw new Error(`This test needs ${program}: "apt-get install ${program}".`);
    workspace = await temporaryWorkspace(tinyBundle);
    host = `127.0.0.1:${await freePort()}`;
    const config = join(workspace.root, 'registry.yml');
    await writeFile(config, `version: 0.1\nstorage: {filesystem: {rootdirectory: ${workspace.root}/registry}}\nhttp: {addr: '${host}'}\n`);
    registry = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
    for (let attempt = 0; attempt < 100 && !(await fetch(`http://${host}/v2/`).catch(() => undefined)); attempt += 1) await sleep(100);
    artifact = await packageImage(packageOptions({ architecture: 'arm64' }, 'tiny'), workspace.root, {});
  }, 180_000);
  afterAll(async () => {
    registry.kill();
    await workspace.remove();
  });

  it('keeps the digest in the manifest of the artefact, and is made once', async () => {
    const push = pushStep(artifact, `${host}/barometer-dev-tiny`, { plainHttp: true });
    const said: string[] = [];
    for (const _deployment of [1, 2]) await executeStep(push, workspace.root, (line) => said.push(line));
    const found = await manifestOf('barometer-dev-tiny');
    expect([found.status, found.headers.get('docker-content-digest')]).toEqual([200, artifact.digest]);
    expect(said).toEqual(['push the image by digest', 'push the image by digest: is done already']);
  }, 120_000);

  it('is no error the second time if tags are immutable', async () => {
    const ecr = await startImmutableRegistry(host);
    try {
      const push = pushStep(artifact, `${ecr.host}/barometer-prod-tiny`, { plainHttp: true });
      for (const _deployment of [1, 2]) await executeStep(push, workspace.root, () => undefined);
      expect(ecr.manifests).toEqual(['taken']);
      expect((await manifestOf('barometer-prod-tiny')).status).toBe(200);
      // Without checking for the digest first, the push would fail.
      await expect(run(push.command, {}, workspace.root)).rejects.toThrow(/immutable|TAG_INVALID|400/);
      expect(ecr.manifests.at(-1)).toBe('refused');
    } finally {
      await ecr.close();
    }
  }, 120_000);

  it('fails if there is no registry to check or to push to', async () => {
    const push = pushStep(artifact, `127.0.0.1:${await freePort()}/barometer-dev-tiny`, { plainHttp: true });
    await expect(executeStep({ ...push, what: 'push' }, workspace.root, () => undefined)).rejects.toThrow(
      'The deployment stopped: the step "push" ended with 1.',
    );
  }, 120_000);
});
