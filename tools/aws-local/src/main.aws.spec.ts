import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

jest.setTimeout(180_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts `npm run aws:local` without packaging, which was done before this test. */
async function start(port: string) {
  const child = spawn(process.execPath, [join(__dirname, '../start.cjs')], {
    env: { ...process.env, PORT: port, BAROMETER_BUILD: 'done', DYNAMODB_ENDPOINT: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const says = (what: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = what.exec(output);
        if (found) resolve(found);
      };
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => ((output += chunk.toString()), look()));
      void exited.then(() => reject(new Error(`It ended without saying ${String(what)}:\n${output}`)));
      look();
    });
  return { child, exited, says };
}

it('serves the page of the packaged dashboard at its address, and stops on request', async () => {
  const port = String(await freePort());
  const { child, exited, says } = await start(port);
  try {
    const [, address = '', key = ''] = await says(/local AWS parts: (\S+)\nSign in with the key (\S+)/);
    expect(address).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect((await fetch(`${address}/api/v1/sources`)).status).toBe(401);
    const sources = (await (await fetch(`${address}/api/v1/sources`, { headers: { authorization: `Bearer ${key}` } })).json()) as { items: unknown[] };
    expect(sources.items.length).toBeGreaterThan(10);
  } finally {
    child.kill('SIGINT');
  }
  expect(await exited).toBe(0);
});

it('names a port that cannot be used', async () => {
  const { exited, says } = await start('none');
  await Promise.all([says(/^PORT must be a whole number from 1 to 65535 \(it is "none"\)\.$/m), exited]);
  expect(await exited).toBe(1);
});
