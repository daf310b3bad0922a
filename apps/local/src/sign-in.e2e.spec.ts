import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// eslint-disable-next-line @nx/enforce-module-boundaries -- only what the library's own tests start; the library itself stays loaded on demand
import { CLIENT_ID, CLIENT_SECRET, startProvider } from '@barometer/access-oidc/testing';
import { chromium, type Browser } from 'playwright-core';
import { startBarometer, type RunningBarometer } from './testing/barometer-process';

const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a browser at a real provider, under a path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-browser-'));
  let provider: Awaited<ReturnType<typeof startProvider>>;
  let barometer: RunningBarometer;
  let browser: Browser;

  beforeAll(async () => {
    const port = await freePort();
    // Another site than the provider's, so that cookies behave as on the internet.
    const home = `http://localhost:${port}/mood`;
    provider = await startProvider({ redirectUris: [`${home}/api/v1/session/callback`], signedOutUris: [`${home}/`] });
    writeFileSync(join(folder, 'sources.yaml'), 'sources: []\n');
    writeFileSync(join(folder, 'secret'), CLIENT_SECRET, { mode: 0o600 });
    barometer = await startBarometer(
      {
        DATA_DIR: join(folder, 'data'),
        SOURCES_FILE: join(folder, 'sources.yaml'),
        PORT: String(port),
        BASE_PATH: '/mood',
        PUBLIC_URL: home,
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: CLIENT_ID,
        OIDC_CLIENT_SECRET_FILE: join(folder, 'secret'),
        OIDC_ALLOW_PRIVATE_ISSUER: '1',
        OIDC_WRITERS: 'groups=editors',
        OIDC_ADMINS: 'groups=admins',
      },
      120_000,
    );
    browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: chromiumFlags });
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await barometer?.end('SIGINT');
    await provider?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('signs in there, changes something with its cookie, and signs out of both', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    const { port } = new URL(barometer.address);
    await page.goto(`http://localhost:${port}/mood/?period=7d`);
    const link = page.getByRole('link', { name: 'Sign in with your account' });
    await link.click();
    await page.locator('input[name=login]').fill('dora');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Add topic' }).first().waitFor();
    expect(page.url()).toBe(`http://localhost:${port}/mood/?period=7d`);

    const statuses = await page.evaluate(async () => {
      const send = async (path: string) => (await fetch(`/mood/api/v1${path}`, { method: 'POST' })).status;
      return [await send('/sources/nothing/poll')];
    });
    expect(statuses).toEqual([404]);

    await page.getByRole('button', { name: 'Your access' }).click();
    await page.getByText('You are signed in as Dora Example').waitFor();
    await page.getByText('Administrator.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    // The provider asks whether to sign out there as well, and sends the browser back.
    await page.locator('button[value=yes]').click();
    await link.waitFor();
    expect(page.url()).toMatch(new RegExp(`^http://localhost:${port}/mood/`));
    expect(problems).toEqual([]);
  }, 240_000);
});
