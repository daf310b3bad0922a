import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startFeedServer, type FeedServer } from './testing/feed-server';
import { installChooser, installers } from './testing/host-archive';

/** Barometer as a new user gets it: in an empty folder, without the repository; the archive also without npm or Node on the machine. */
describe.each(['archive', 'npm package'] as const)('an %s', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-installed-'));
  const home = join(folder, 'home');
  const published = new Date(Date.now() - 30 * 60_000);
  let feeds: FeedServer;
  let program: string;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    mkdirSync(home);
    const installed = installers[kind](folder, home);
    program = installed.program;
    feeds = await startFeedServer(
      new Map([['/feed.xml', [{ title: 'Dozens killed as ferry sinks in violent storm', link: 'https://news.example/ferry', published }]]]),
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
    environment = { HOME: home, PATH: installed.path, ALLOW_PRIVATE_SOURCES: '1', SOURCES_FILE: join(folder, 'sources.yaml') };
  }, 120_000);
  afterAll(async () => {
    await feeds.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Running {
    readonly child: ChildProcess;
    readonly address: string;
    readonly ended: Promise<number | null>;
  }

  async function start(): Promise<Running> {
    const child = spawn(program, [], { cwd: home, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    for (const deadline = Date.now() + 60_000; Date.now() < deadline && child.exitCode === null; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const address = /is at (http:\S+)/.exec(output)?.[1];
      if (address !== undefined) return { child, address, ended };
    }
    throw new Error(`The ${kind} did not start: ${output}`);
  }

  const listed = async ({ address }: Running) =>
    ((await (await fetch(`${address}/api/v1/articles`)).json()) as { items: { title: string; state: string; sentiment?: { label: string } }[] }).items;
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: home, env: environment, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it('starts, polls, scores, shows the result, stops, and continues where it was', async () => {
    const first = await start();
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    try {
      const page = await browser.newPage();
      await page.goto(first.address);
      await page.getByText('Dozens killed as ferry sinks in violent storm').first().waitFor({ timeout: 60_000 });
    } finally {
      await browser.close();
    }
    expect(await listed(first)).toMatchObject([{ state: 'scored', sentiment: { label: 'negative' } }]);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    const second = await start();
    expect(await listed(second)).toHaveLength(1);
    second.child.kill('SIGTERM');
    await second.ended;
    expect(run('check')).toMatchObject({ status: 0, stdout: 'every count agrees with the articles\n' });
    expect(existsSync(join(home, '.local/share/barometer/barometer.db'))).toBe(true);
  }, 240_000);

  it('knows its version, scores by itself, and loads what DynamoDB needs', () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string };
    expect(run('--version').stdout).toBe(`${version}\n`);
    expect(JSON.parse(spawnSync(program, ['score', '-'], { cwd: home, env: environment, input: 'A disaster\n', encoding: 'utf8' }).stdout)).toMatchObject({
      label: 'negative',
    });
    const ask = (id: number, method: string, params: object) => `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
    const assisted = spawnSync(program, ['mcp'], {
      cwd: home,
      env: environment,
      encoding: 'utf8',
      input: ask(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } }) + ask(2, 'tools/list', {}),
    });
    expect(
      assisted.stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: number }).id),
    ).toEqual([1, 2]);
    const beyond = spawnSync(program, ['check'], {
      cwd: home,
      encoding: 'utf8',
      env: {
        ...environment,
        STORE: 'dynamodb',
        TABLE_NAME: 'barometer',
        AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9',
        AWS_REGION: 'x',
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'x',
      },
    });
    expect([beyond.status, beyond.stderr]).toEqual([1, expect.not.stringContaining('Cannot find')]);
  }, 120_000);
});

it('the npm package of the name itself starts that of this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-chosen-'));
  try {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string };
    expect(
      spawnSync(process.execPath, [installChooser(folder, folder), '--version'], { encoding: 'utf8', env: { HOME: folder, PATH: '/usr/bin:/bin' } }),
    ).toMatchObject({ status: 0, stdout: `${version}\n` });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);
