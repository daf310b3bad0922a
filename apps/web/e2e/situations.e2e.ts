import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startMockServer } from '../src/testing/mock-server';
import { arrive, KEY, worldOf } from '../src/testing/mock-world';
import { failing } from '../src/testing/mock-data';
import { assertAccessible, assertNoSidewaysScroll, built, closeAll, openBrowser, phone, visit, wide } from './browser';

/** The mock's mood of a day depends on the hour at which the test runs. */
const MOOD_WORD = /^(balanced|(slightly |strongly )?(negative|positive))$/;

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

describe('situations', () => {
  test('first run without a network: the sample with its banner, and why sources fail', async () => {
    const { page, complaints, close } = await visit(browser, 'first-run-offline');
    await page.getByText('Sample data.').waitFor();
    await page.getByText('None of 21 sources could be read').waitFor();
    await page.getByRole('region', { name: 'Mood now' }).getByText(MOOD_WORD).waitFor();
    await page.getByText('not enough history').waitFor();
    const sources = page.getByRole('region', { name: 'Sources' });
    await sources.getByText('21 failing').waitFor();
    await sources.getByText('there is no network').first().waitFor();
    assert.match(await sources.locator('.source-time').first().innerText(), /^retry /);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('first seconds: nothing is reported as empty while the sample is still being scored', async () => {
    const { page, world, complaints, close } = await visit(browser, 'first-run-offline', {}, (first) => {
      first.observedFrom = Infinity;
      first.articles = [];
    });
    const mood = page.getByRole('region', { name: 'Mood now' });
    await mood.locator('.skeleton').first().waitFor();
    await page.getByText('Sample data.').waitFor();
    for (const name of ['Mood now', 'Timeline', 'Topics', 'Articles'])
      assert.equal((await page.getByRole('region', { name }).locator('.skeleton').count()) > 0, true, name);
    assert.equal(await page.getByText(/No article (of this|lies)/).count(), 0);
    Object.assign(world, worldOf('first-run-offline'), { version: 2 });
    await mood.getByText(MOOD_WORD).waitFor();
    await page.locator('.article').first().waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  test('first poll: says what is happening, then shows the first real figures', async () => {
    const { page, world, server, close } = await visit(browser, 'first-poll');
    await page.getByText('Reading 13 feeds … · 143 articles found · the model is loading').waitFor();
    world.sample = false;
    server.tell(arrive(world, 2));
    await page.getByText('Sample data.').waitFor({ state: 'detached' });
    await page.getByText('12 waiting for a score').waitFor();
    await close();
  });

  test('second day: tone, change, topics side by side, gaps, and the change of the model', async () => {
    const { page, complaints, close } = await visit(browser, 'second-day');
    const mood = page.getByRole('region', { name: 'Mood now' });
    await mood.getByText('0.05 more negative than before').waitFor();
    await mood.getByText('12 waiting for a score').waitFor();
    assert.match(await mood.locator('.mood-tone').innerText(), /^[−+]?\d[.]\d\d$/);
    const timeline = page.getByRole('region', { name: 'Timeline' });
    assert.ok((await timeline.locator('rect.svg-negative').count()) > 10);
    assert.equal(await timeline.locator('rect.gap').count(), 1);
    assert.deepEqual(
      await timeline
        .locator('.mark-flag')
        .allTextContents()
        .then((all) => all.map((text) => text[0])),
      ['1', '2'],
    );
    await timeline
      .locator('.mark-list')
      .getByText(/From here on .* scores/)
      .waitFor();
    await timeline.getByText('not observed', { exact: true }).first().waitFor();
    assert.equal(await timeline.locator('tbody tr').count(), 24);
    assert.equal(await page.getByRole('region', { name: 'Topics' }).locator('tbody tr').count(), 5);
    assert.equal(await page.getByText('live', { exact: true }).count(), 1);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('what is usual: the verdict first, a band behind the needle and the line, and which history it comes from', async () => {
    for (const [size, theme] of [
      [wide, 'light'],
      [wide, 'dark'],
      [phone, 'light'],
      [phone, 'dark'],
    ] as const) {
      const { page, world, complaints, close } = await visit(browser, 'second-day', { size, theme });
      const mood = page.getByRole('region', { name: 'Mood now' });
      await mood.getByText(/^Compared with a shipped reference, as there are fewer than 7 days of its own before this period: usual is /).waitFor();
      assert.match(await mood.locator('.panel-body > p').first().innerText(), /(darker than|as|calmer than) usual$/i);
      assert.match((await mood.locator('.tone-scale').getAttribute('aria-label')) ?? '', /usual is [−+]\d[.]\d\d to /);
      assert.equal(await mood.locator('.usual-band rect').count(), 1);
      const timeline = page.getByRole('region', { name: 'Timeline' });
      await timeline.getByText('usual range, by a shipped reference').waitFor();
      // The three unobserved hours split the band.
      assert.equal(await timeline.locator('.usual-range').count(), 2);
      await assertNoSidewaysScroll(page);
      await assertAccessible(page, `usual, ${theme}`);
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/usual-${size.width}-${theme}.png`, fullPage: false });
      world.usual = 'own';
      await page.reload();
      await mood.getByText(/^Against 28 days of its own: usual is /).waitFor();
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/own-${size.width}-${theme}.png`, fullPage: false });
      world.usual = undefined;
      await page.reload();
      await mood.getByText('Too early to say what is usual').waitFor();
      assert.equal(await page.locator('.usual-band, .usual-range').count(), 0);
      assert.deepEqual(complaints, []);
      await close();
    }
  });

  test('a failing source: its reason, the time of the next attempt, and the others continue', async () => {
    const { page, world, close } = await visit(browser, 'failing-source');
    const sources = page.getByRole('region', { name: 'Sources' });
    await sources.getByText('18 ok · 2 failing · 1 paused').waitFor();
    const row = sources.locator('.source', { hasText: 'Example Times' });
    await row.getByText('HTTP 429', { exact: true }).waitFor();
    await row.getByText('The server asks for a pause of an hour').waitFor();
    assert.match(await row.locator('.source-time').innerText(), /^retry \d\d:\d\d/);
    const first = world.sources[0];
    if (first) world.sources = [failing(first, Date.now(), 'No answer within 10 seconds'), ...world.sources.slice(1)];
    await page.reload();
    await sources.getByText('17 ok · 3 failing').waitFor();
    await close();
  });

  test('a stopped server: offline, figures stay, and the page recovers by itself', async () => {
    const { page, world, server, close } = await visit(browser, 'second-day');
    await page.getByText('0.05 more negative').waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    const port = Number(new URL(server.url).port);
    await server.stop();
    await page.getByText('These figures are 1 minute old; no connection.').waitFor();
    await page.getByText('offline', { exact: true }).waitFor();
    await page.getByText('0.05 more negative').waitFor();
    const again = await startMockServer(world, built, port);
    await page.getByText('no connection').waitFor({ state: 'detached', timeout: 20_000 });
    await page.getByText('live', { exact: true }).waitFor();
    await close();
    await again.stop();
  });

  test('a key is needed: the page asks for it, says when it is wrong, and opens', async () => {
    const { page, close } = await visit(browser, 'needs-key', { size: phone });
    const field = page.getByLabel('Access key');
    await field.fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This key is unknown here or was revoked.').waitFor();
    await field.fill(KEY);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('region', { name: 'Mood now' }).getByText(MOOD_WORD).waitFor();
    await close();
  });

  test('a broken part says what failed and recovers by itself; the others stay', async () => {
    const { page, world, close } = await visit(browser, 'second-day', {}, (world) => world.broken.push('/timeline'));
    await page.getByText('The timeline could not be read.').waitFor();
    await page.getByRole('region', { name: 'Mood now' }).getByText(MOOD_WORD).waitFor();
    world.broken = [];
    await page.getByRole('region', { name: 'Timeline' }).getByRole('slider').waitFor({ timeout: 10_000 });
    await close();
  });

  test('an empty store: every empty panel offers the next step', async () => {
    const { page, close } = await visit(browser, 'empty');
    await page.getByText('No article of this period has been scored').waitFor();
    await page.getByRole('button', { name: 'Show the last 7 days' }).first().waitFor();
    await page.getByRole('link', { name: 'Go to the sources' }).waitFor();
    await page.getByText('There is none yet.').waitFor();
    await close();
  });

  test('a reader without write access sees no buttons that would be refused', async () => {
    const { page, close } = await visit(browser, 'second-day', {}, (world) => {
      world.role = 'read';
    });
    await page.getByRole('link', { name: 'Export OPML' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /Add (source|topic)|Import|Edit/ }).count(), 0);
    await close();
  });

  test('without a stream the page polls', async () => {
    const { page, world, close } = await visit(browser, 'second-day', {}, (world) => {
      world.live = 'poll';
    });
    await page.getByText('polling', { exact: true }).waitFor();
    const { status } = world;
    world.status = (now) => ({ ...status(now), waiting: 77, counts: { ...status(now).counts, pending: 77 } });
    await page.getByText('77 waiting for a score').waitFor();
    await close();
  });

  test('feed text that looks like markup stays text', async () => {
    const world = worldOf('second-day');
    const title = '<img src=x onerror=alert(1)> & <b>bold</b>';
    const { page, complaints, close } = await visit(browser, 'second-day', {}, (own) => {
      own.articles = world.articles.map((article, index) => (index === 0 ? { ...article, title, url: 'javascript:alert(1)' } : article));
    });
    await page.locator('[data-article-row]', { hasText: title }).click();
    await page.getByText('The feed gives no address for it.').waitFor();
    assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
    assert.deepEqual(complaints, []);
    await close();
  });
});
