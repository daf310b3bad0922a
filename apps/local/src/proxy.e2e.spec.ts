import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request as ask, type Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { startBarometer, type RunningBarometer } from './testing/barometer-process';
import { startFeedServer, type FeedServer } from './testing/feed-server';

const KEY = `bar_0123abcd_${'5'.repeat(64)}`;
const TITLE = 'Dozens killed as ferry sinks in violent storm';
const examples = join(__dirname, '..', '..', '..', 'docs', 'self-hosting');
const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const readExample = (name: string) => readFileSync(join(examples, name), 'utf8');

/** The examples of docs/self-hosting with the addresses of this test, over https with a self-signed certificate. */
const proxies: Record<string, (place: { folder: string; port: number; upstream: number }) => ChildProcess> = {
  nginx: ({ folder, port, upstream }) => {
    spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-keyout',
      join(folder, 'privkey.pem'),
      '-out',
      join(folder, 'fullchain.pem'),
    ]);
    const server = readExample('nginx.conf')
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replaceAll('/etc/letsencrypt/live/news.example.org', folder)
      .replaceAll('news.example.org', 'localhost')
      .replace('127.0.0.1:4600', `127.0.0.1:${upstream}`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
    writeFileSync(join(folder, 'nginx.conf'), `daemon off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${temporary}\n${server}\n}`);
    return spawn('nginx', ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')], {
      env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
    });
  },
  caddy: ({ folder, port, upstream }) => {
    const site = readExample('Caddyfile')
      .replace('news.example.org {', `https://localhost:${port} {\n\tbind 127.0.0.1\n\ttls internal`)
      .replace('127.0.0.1:4600', `127.0.0.1:${upstream}`);
    writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n${site}`);
    return spawn('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {
      env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    });
  },
};

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilOpen(port: number, output: () => string): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      ({ cause }: { cause?: { code?: string } }) => cause?.code !== 'ECONNREFUSED',
    );
    if (answer) return;
  }
  throw new Error(`The proxy did not start: ${output()}`);
}

describe.each(Object.keys(proxies))('behind %s, under a path', (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-proxy-'));
  let feeds: FeedServer;
  let barometer: RunningBarometer;
  let proxy: ChildProcess;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    // nginx runs its workers as another user.
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'proxy-files'), { mode: 0o755 });
    feeds = await startFeedServer(
      new Map([['/feed.xml', [{ title: TITLE, link: 'https://news.example/ferry', published: new Date(Date.now() - 30 * 60_000) }]]]),
    );
    const sources = [
      {
        id: 'local',
        name: 'Local Times',
        url: `http://127.0.0.1:${feeds.port}/feed.xml`,
        homepage: 'https://news.example/',
        language: 'en',
        groups: ['world'],
      },
    ];
    writeFileSync(join(folder, 'sources.yaml'), JSON.stringify({ sources }));
    writeFileSync(join(folder, 'key'), `${KEY}\n`, { mode: 0o600 });
    barometer = await startBarometer({
      DATA_DIR: join(folder, 'data'),
      SOURCES_FILE: join(folder, 'sources.yaml'),
      BASE_PATH: '/barometer',
      TRUST_PROXY: '127.0.0.1',
      ADMIN_KEY_FILE: join(folder, 'key'),
    });
    const port = await freePort();
    origin = `https://localhost:${port}`;
    proxy = proxies[name]!({ folder: join(folder, 'proxy-files'), port, upstream: Number(new URL(barometer.address).port) });
    let output = '';
    proxy.on('error', (error) => (output += `${String(error)}; "apt-get install nginx-light caddy" brings both`));
    proxy.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await untilOpen(port, () => output);
    browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: chromiumFlags });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    proxy?.kill('SIGTERM');
    await barometer?.end('SIGINT');
    await feeds?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('accepts the first key, and shows, follows and changes everything below its path', async () => {
    expect(barometer.address).toMatch(/\/barometer$/);
    expect(barometer.output()).toContain('Key 0123abcd (write) is taken from ADMIN_KEY_FILE');
    expect(barometer.output()).not.toContain(KEY);
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    // Chromium keeps no page for offline use behind an unknown certificate, and logs that.
    const problems: string[] = [];
    const elsewhere: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && !/401|SSL certificate error/.test(message.text()) && problems.push(message.text()));
    page.on('request', (request) => !request.url().startsWith(`${origin}/barometer/`) && elsewhere.push(request.url()));

    await page.goto(`${origin}/barometer/`);
    await page.getByLabel('Access key').fill(KEY);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(TITLE).first().waitFor({ timeout: 60_000 });
    await page.getByRole('status').getByText('live', { exact: true }).waitFor({ timeout: 30_000 });
    expect(await context.cookies()).toMatchObject([{ name: 'barometer_session', path: '/barometer', secure: true, httpOnly: true, sameSite: 'Strict' }]);

    // A string: it runs in the page, which has other types than this program.
    const added = await page.evaluate(
      `fetch('/barometer/api/v1/topics', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"Whales","anyOf":["whale"]}' }).then(async (answer) => [answer.status, answer.headers.get('location'), await (await fetch(answer.headers.get('location'))).json()])`,
    );
    expect(added).toEqual([201, '/barometer/api/v1/topics/whales', expect.objectContaining({ id: 'whales' })]);
    expect(await page.getByRole('link', { name: 'Export OPML' }).getAttribute('href')).toBe('/barometer/api/v1/sources.opml');
    await page.reload();
    await page.getByText(TITLE).first().waitFor({ timeout: 60_000 });
    await page.goto(`${origin}/barometer/api/v1/docs`);
    await page.getByRole('link', { name: 'the page' }).click();
    await page.waitForURL(`${origin}/barometer/`);
    await page.goto(`${origin}/barometer`);
    await page.getByText(TITLE).first().waitFor({ timeout: 60_000 });
    expect([problems, elsewhere.filter((url) => url !== `${origin}/barometer`)]).toEqual([[], []]);
    await context.close();
  }, 240_000);
});

describe('a proxy that is not set up as Barometer expects', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-proxy-'));
  let barometer: RunningBarometer;
  let proxy: Server;
  let origin: string;

  /** Serves Barometer under /news without passing on the path, the client's address, the host or the scheme. */
  beforeAll(async () => {
    writeFileSync(join(folder, 'sources.yaml'), '{"sources":[]}');
    writeFileSync(join(folder, 'key'), `${KEY}\n`, { mode: 0o600 });
    barometer = await startBarometer({
      DATA_DIR: join(folder, 'data'),
      SOURCES_FILE: join(folder, 'sources.yaml'),
      BASE_PATH: '/barometer',
      TRUST_PROXY: '127.0.0.1',
      ADMIN_KEY_FILE: join(folder, 'key'),
    });
    const { hostname, port } = new URL(barometer.address);
    proxy = createHttpServer((request, response) => {
      const path = /^\/news(\/.*)$/.exec(request.url ?? '')?.[1];
      if (path === undefined) return void response.writeHead(404).end();
      const { host: _host, 'x-forwarded-host': _forwarded, ...headers } = request.headers;
      request.pipe(
        ask({ hostname, port, path, method: request.method ?? 'GET', headers }, (answer) =>
          answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)),
        ),
      );
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    origin = `http://localhost:${(proxy.address() as AddressInfo).port}`;
  }, 120_000);
  afterAll(async () => {
    proxy?.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
    await barometer?.end('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('shows a sentence about the path instead of an empty page', async () => {
    const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: chromiumFlags });
    try {
      const page = await browser.newPage();
      await page.goto(`${origin}/news/`);
      expect(await page.locator('body').innerText()).toBe(
        "Barometer's page is here, but not what belongs to it: BASE_PATH has to be the path under which the proxy shows Barometer.",
      );
    } finally {
      await browser.close();
    }
  }, 60_000);

  it('is reported with the headers that it must pass on', async () => {
    const answer = await fetch(`${origin}/news/api/v1/session`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ key: KEY }),
    });
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      403,
      `The request was refused: the Origin "${origin}" is not one that this server answers. A proxy has to pass on the Host that the browser asked for, or X-Forwarded-Host with TRUST_PROXY naming that proxy.`,
    ]);
  });
});
