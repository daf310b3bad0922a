import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageImage } from '../executors/image/executor';
import { packageOptions } from '../packaging/package-options';
import { isOnPath, run, type CommandLine } from '../packaging/run';
import { temporaryWorkspace, tinyBundle } from '../packaging/testing/tiny-workspace';
import { pushCommand } from './plan';

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
  let host: string;

  beforeAll(async () => {
    for (const program of ['docker-registry', 'skopeo']) if (!(await isOnPath(program))) throw new Error(`This test needs ${program}: "apt-get install ${program}".`);
    workspace = await temporaryWorkspace(tinyBundle);
    host = `127.0.0.1:${await freePort()}`;
    const config = join(workspace.root, 'registry.yml');
    await writeFile(config, `version: 0.1\nstorage: {filesystem: {rootdirectory: ${workspace.root}/registry}}\nhttp: {addr: '${host}'}\n`);
    registry = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
    for (let attempt = 0; attempt < 100 && !(await fetch(`http://${host}/v2/`).catch(() => undefined)); attempt += 1) await sleep(100);
  }, 60_000);
  afterAll(async () => {
    registry.kill();
    await workspace.remove();
  });

  it('keeps the digest that the manifest of the artefact names', async () => {
    const artifact = await packageImage(packageOptions({ architecture: 'arm64' }, 'tiny'), workspace.root, {});
    const push: CommandLine = pushCommand({ ...artifact, path: join(workspace.root, artifact.path) }, `${host}/barometer-dev-tiny`, ['--dest-tls-verify=false']);
    await run(push);
    const found = await fetch(`http://${host}/v2/barometer-dev-tiny/manifests/${artifact.digest}`, { headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } });
    expect([found.status, found.headers.get('docker-content-digest')]).toEqual([200, artifact.digest]);
    // A second push of the same image is no error and changes nothing.
    await run(push);
  }, 120_000);
});
