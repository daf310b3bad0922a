import axe from 'axe-core';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startMockServer, type MockServer } from '../src/testing/mock-server';
import { worldOf, type Situation, type World } from '../src/testing/mock-world';

export const wide = { width: 1280, height: 900 };
export const phone = { width: 360, height: 800 };
export const built = join(process.cwd(), 'dist', 'apps', 'web');

const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags });

export interface Look {
  readonly size?: { width: number; height: number };
  readonly theme?: 'light' | 'dark';
  readonly path?: string;
  /** The browser's language; `en-GB` by default. */
  readonly locale?: string;
  /** With the service worker, which other visits do without: it would answer in place of a stopped server. */
  readonly offline?: boolean;
}

export interface Visit {
  readonly page: Page;
  readonly world: World;
  readonly server: MockServer;
  /** What the browser complained of: policy violations, errors in scripts. */
  readonly complaints: string[];
  close(): Promise<void>;
}

const open = new Set<() => Promise<void>>();

/** Closes the browser and what a failed test left open, so that the process can end. */
export async function closeAll(browser: Browser): Promise<void> {
  for (const close of open) await close().catch(() => {});
  await browser.close();
}

/** Opens the built page on a mock server in a situation, and waits for its first figures. */
export async function visit(browser: Browser, situation: Situation, look: Look = {}, prepare: (world: World) => void = () => {}): Promise<Visit> {
  const world = worldOf(situation);
  prepare(world);
  const server = await startMockServer(world, built);
  const context = await browser.newContext({
    viewport: look.size ?? wide,
    colorScheme: look.theme ?? 'light',
    locale: look.locale ?? 'en-GB',
    timezoneId: 'Europe/Berlin',
    serviceWorkers: look.offline ? 'allow' : 'block',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)),
  );
  await page.goto(`${server.url}${look.path ?? '/'}`);
  await page.getByRole('banner').waitFor();
  const close = async () => {
    open.delete(close);
    await context.close();
    await server.stop().catch(() => {});
  };
  open.add(close);
  return {
    page,
    world,
    server,
    complaints,
    close,
  };
}

/** Fails when axe finds anything serious or critical. */
export async function assertAccessible(page: Page, name: string): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      where: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 140)} ${failureSummary ?? ''}`),
    }));
  });
  assert.deepEqual(
    found.filter(({ impact }) => impact === 'serious' || impact === 'critical'),
    [],
    name,
  );
}

/** Fails when the page can be scrolled sideways, and names what sticks out. */
export async function assertNoSidewaysScroll(page: Page): Promise<void> {
  const wideOnes = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('main *, header *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName}.${element.className}`);
  });
  assert.deepEqual(wideOnes.slice(0, 5), []);
}
