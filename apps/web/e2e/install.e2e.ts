import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startMockServer } from '../src/testing/mock-server';
import { built, closeAll, openBrowser, visit } from './browser';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

/** Waits until an asynchronous condition holds in the page, for 15 seconds at most. */
async function until<T>(page: Page, holds: (given: T) => Promise<boolean>, given: T): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await page.evaluate(holds as (given: unknown) => Promise<boolean>, given)) return;
    await page.waitForTimeout(100);
  }
  assert.fail('It did not come to hold within 15 seconds');
}

/** Waits until the page and the answers that it shows are kept. */
async function untilKept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until(
    page,
    async () => {
      const names = await caches.keys();
      const answers = names.find((name) => name.startsWith('barometer-answers'));
      const kept = answers ? (await (await caches.open(answers)).keys()).map(({ url }) => new URL(url).pathname) : [];
      return names.some((name) => name.startsWith('barometer-shell')) && ['mood', 'timeline', 'stories'].every((name) => kept.includes(`/api/v1/${name}`));
    },
    undefined,
  );
}

const cacheNames = (page: Page) => page.evaluate(() => caches.keys());

describe('installed', () => {
  test('the page can be installed: its manifest, icons and colours', async () => {
    const { page, complaints, close } = await visit(browser, 'second-day', { offline: true });
    await page.evaluate(() => navigator.serviceWorker.ready);
    const session = await page.context().newCDPSession(page);
    const manifest = await session.send('Page.getAppManifest');
    assert.deepEqual(manifest.errors, []);
    const { icons, ...rest } = JSON.parse(manifest.data ?? '') as {
      icons: { src: string; sizes: string; purpose?: string }[];
      start_url: string;
      scope: string;
      display: string;
    };
    assert.deepEqual([rest.start_url, rest.scope, rest.display], ['./', './', 'standalone']);
    // A test's browser context is like a private window, in which nothing can be installed.
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    assert.deepEqual(
      installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'),
      [],
    );
    for (const { src, sizes } of [...icons, { src: 'apple-touch-icon.png', sizes: '180x180' }]) {
      const size = await page.evaluate(async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, src);
      if (sizes !== 'any') assert.equal(size, sizes, src);
    }
    const ground = () =>
      page.evaluate(() => [
        getComputedStyle(document.documentElement).getPropertyValue('--page'),
        [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')].find(({ media }) => matchMedia(media).matches)?.content,
      ]);
    for (let theme = 0; theme < 3; theme += 1) {
      const [page_, bar] = await ground();
      assert.equal(bar, page_);
      await page.locator('.head-tools button').first().click();
    }
    assert.deepEqual(complaints, []);
    await close();
  });

  test('without a connection it opens, with what was last seen and its age', async () => {
    const { page, world, server, complaints, close } = await visit(browser, 'second-day', { offline: true });
    await page.getByRole('heading', { name: 'Mood now' }).waitFor();
    await untilKept(page);
    const tone = await page.locator('.mood-tone').textContent();
    const stories = await page.locator('.stories > li').count();
    await server.stop();
    // Three hours pass.
    await page.context().addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 3 * 3_600_000 + 60_000;
    });
    await page.reload();
    await page.getByText('These figures are 3 hours old; no connection.').waitFor();
    await page.getByRole('heading', { name: 'Last known mood' }).waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Mood now' }).count(), 0);
    assert.equal(await page.locator('.mood-tone').textContent(), tone);
    assert.equal(await page.locator('.stories > li').count(), stories);
    assert.ok(await page.locator('.chart > svg').isVisible());
    assert.match((await page.locator('.live-state').textContent()) ?? '', /offline/);
    await page.screenshot({ path: join(tmpdir(), 'barometer-offline.png') });

    await page.getByLabel('Text to score').fill('Rescuers save all');
    await page.getByRole('button', { name: 'Score', exact: true }).click();
    await page.getByText('Barometer does not answer, so nothing can be changed now').waitFor();

    const again = await startMockServer(world, built, Number(new URL(server.url).port));
    await page.getByRole('heading', { name: 'Mood now' }).waitFor({ timeout: 30_000 });
    await page.getByText('no connection').waitFor({ state: 'detached' });
    assert.deepEqual(
      complaints.filter((text) => !/ERR_CONNECTION|Failed to fetch/.test(text)),
      [],
    );
    await close();
    await again.stop();
  });

  test('a new build is there at the next load, and the old one is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'barometer-build-'));
    cpSync(built, folder, { recursive: true });
    const { page, world, server, close } = await visit(browser, 'second-day', { offline: true });
    await untilKept(page);
    const [before] = (await cacheNames(page)).filter((name) => name.startsWith('barometer-shell'));
    const port = Number(new URL(server.url).port);
    await server.stop();
    for (const [file, from, to] of [
      ['index.html', '<title>Barometer', '<title data-build="next">Barometer'],
      ['sw.js', /"?version"?:"\w+"/, 'version:"next"'],
    ] as const) {
      const text = readFileSync(join(folder, file), 'utf8');
      assert.ok(text.search(from) >= 0, `${file} can be changed`);
      writeFileSync(join(folder, file), text.replace(from, to));
    }
    const next = await startMockServer(world, folder, port);
    await page.reload();
    assert.equal(await page.locator('title[data-build="next"]').count(), 1);
    await until(
      page,
      async (old) => {
        const shells = (await caches.keys()).filter((name) => name.startsWith('barometer-shell'));
        return shells.length === 1 && shells[0] !== old;
      },
      before,
    );
    await next.stop();
    await page.reload();
    assert.equal(await page.locator('title[data-build="next"]').count(), 1);
    await page.getByText('no connection').waitFor();
    await close();
    rmSync(folder, { recursive: true });
  });

  test('nothing of what was seen stays after a sign-out, or when the key is refused', async () => {
    for (const end of ['sign-out', 'refused'] as const) {
      const { page, world, close } = await visit(browser, 'second-day', { offline: true });
      await untilKept(page);
      if (end === 'sign-out') await page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }));
      else {
        world.signedIn = false;
        await page.reload();
        await page.getByText('This Barometer asks for a key').waitFor();
      }
      await until(page, async () => !(await caches.keys()).some((name) => name.startsWith('barometer-answers')), undefined);
      await close();
    }
  });

  test('nothing is requested from other hosts', async () => {
    const { page, server, close } = await visit(browser, 'second-day', { offline: true });
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(request.url()));
    // A page that is loaded while its service worker starts is not controlled by it until the next load.
    await untilKept(page);
    await page.reload();
    await page.locator('[data-article-row]').first().waitFor();
    await page.locator('[data-article-row]').first().click();
    await page.locator('[data-language]').selectOption('de');
    await page.getByRole('heading', { name: 'Stimmung jetzt' }).waitFor();
    await page.getByRole('button', { name: 'Thema hinzufügen' }).click();
    await page.getByRole('dialog').waitFor();
    assert.ok(asked.length > 10);
    assert.deepEqual(
      asked.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:')),
      [],
    );
    const named = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin));
    assert.deepEqual([...new Set(named)], [new URL(server.url).origin]);
    await close();
  });
});
