import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFeedServer, type FeedServer } from './testing/feed-server';
import { untilScored } from './testing/until-scored';

const KEY = `bar_0123abcd_${'5'.repeat(64)}`;
/** The user of the image. */
const USER = 10001;
const { version: workspaceVersion } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string };
const image = 'localhost/barometer-under-test:e2e';

function podman(...args: string[]) {
  const { status, stdout, stderr } = spawnSync('podman', ['--cgroup-manager', 'cgroupfs', '--runtime', 'runc', ...args], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  });
  return { status, output: `${stdout}${stderr}`.trim() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The image as compose.yaml runs it: read-only except for the volume, without capabilities, as an unprivileged user. */
describe('a container', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-container-'));
  const name = `barometer-test-${process.pid}`;
  let feeds: FeedServer;
  let port: number;

  beforeAll(async () => {
    const [archive] = globSync(`dist/images/barometer-${workspaceVersion}-linux-${process.arch}.tar`, { cwd: join(__dirname, '../../..') });
    if (archive === undefined) throw new Error('There is no image for this machine: run "npx nx package local --packaging=oci" first.');
    const loaded = podman('load', '--quiet', '--input', join(__dirname, '../../..', archive));
    expect(podman('tag', /Loaded image:? (\S+)/.exec(loaded.output)?.[1] ?? loaded.output, image)).toMatchObject({ status: 0 });
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'data'));
    feeds = await startFeedServer(
      new Map([
        [
          '/feed.xml',
          [{ title: 'Dozens killed as ferry sinks in violent storm', link: 'https://news.example/ferry', published: new Date(Date.now() - 30 * 60_000) }],
        ],
      ]),
    );
    writeFileSync(
      join(folder, 'sources.yaml'),
      JSON.stringify({
        sources: [
          {
            id: 'local',
            name: 'Local Times',
            url: `http://127.0.0.1:${feeds.port}/feed.xml`,
            homepage: 'https://news.example/',
            language: 'en',
            groups: ['world'],
          },
        ],
      }),
    );
    writeFileSync(join(folder, 'key'), KEY, { mode: 0o600 });
    for (const path of ['data', 'key']) chownSync(join(folder, path), USER, USER);
    port = await freePort();
  }, 120_000);
  afterAll(async () => {
    podman('rm', '--force', name);
    podman('rmi', '--force', image);
    await feeds?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = () =>
    podman(
      'run',
      '--detach',
      '--rm',
      '--name',
      name,
      '--network',
      'host',
      '--read-only',
      '--tmpfs',
      '/tmp',
      '--cap-drop',
      'all',
      '--memory',
      '1g',
      '--ulimit',
      'nofile=1024:1024',
      '--ulimit',
      'nproc=1024:1024',
      '--volume',
      `${folder}/data:/data`,
      '--volume',
      `${folder}/key:/run/secrets/key:ro`,
      '--volume',
      `${folder}/sources.yaml:/sources.yaml:ro`,
      ...Object.entries({
        HOST: '127.0.0.1',
        PORT: String(port),
        TRUST_PROXY: 'loopback',
        ADMIN_KEY_FILE: '/run/secrets/key',
        ALLOW_PRIVATE_SOURCES: '1',
        SOURCES_FILE: '/sources.yaml',
      }).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      image,
    );
  const exec = (...command: string[]) => podman('exec', name, ...command);
  const answers = async () => {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 200))) {
      if (
        await fetch(`http://127.0.0.1:${port}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return;
    }
    throw new Error(podman('logs', name).output);
  };
  const headers = { authorization: `Bearer ${KEY}` };

  it('polls, scores and shows as a user who owns nothing, reports its health, and continues after a restart', async () => {
    expect(start()).toMatchObject({ status: 0 });
    await answers();
    expect((await fetch(`http://127.0.0.1:${port}/api/v1/mood`)).status).toBe(401);
    await untilScored(`http://127.0.0.1:${port}`, 1, 120_000, headers);
    expect(exec('node', '/opt/barometer/health.mjs').status).toBe(0);
    expect(
      exec('node', '-e', 'console.log(process.getuid()); try { require("fs").writeFileSync("/opt/barometer/x", "") } catch (error) { console.log(error.code) }')
        .output,
    ).toBe(`${USER}\nEROFS`);
    expect(existsSync(join(folder, 'data/barometer.db'))).toBe(true);
    expect(podman('stop', '--time', '30', name).status).toBe(0);
    // The container is removed a moment after it has ended; until then its name is in use.
    podman('rm', '--force', '--ignore', name);
    expect(start()).toMatchObject({ status: 0 });
    await answers();
    const { items } = (await (await fetch(`http://127.0.0.1:${port}/api/v1/articles`, { headers })).json()) as { items: unknown[] };
    expect(items).toMatchObject([{ state: 'scored', sentiment: { label: 'negative' } }]);
    expect(podman('stop', '--time', '30', name).status).toBe(0);
  }, 240_000);
});
