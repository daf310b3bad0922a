import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Situation, World } from '../src/testing/mock-world';
import { assertAccessible, assertNoSidewaysScroll, closeAll, openBrowser, visit } from './browser';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

/** English words that occur in no German sentence of the page; texts of feeds and of the server are marked as English, or are data. */
const english = /\b(the|and|of|is|are|not|with|no|yet|show|add|edit|remove|topics?|sources?|articles?|mood|usual|neutral, and|positive|negative)\b/i;

/**
 * The page's own words: its text and accessible names without headlines, names of sources and topics, the server's
 * texts, and what is marked as English.
 */
const ownWords = async (page: Page, world: World): Promise<string[]> => {
  const names = [...world.sources, ...world.topics]
    .map(({ name }) => name)
    .concat('The Wire', 'Darker than usual')
    .sort((one, other) => other.length - one.length);
  return (await shownWords(page)).map((text) => names.reduce((rest, name) => rest.replaceAll(name, '…'), text));
};

const shownWords = (page: Page) =>
  page.evaluate(() => {
    const data =
      '[lang="en"], [dir="auto"], option, .source-name, .row-source, .topics th[scope="row"], .headline, .source-message, .what-moved .link, code, .address, .alert-rule b, .mark-words, .panel-note, [title] > .headline, .alert-episodes details > ul, .chips, .voices, .field-error, .embed-preview, textarea, .alert-episodes details > p, .open-alerts b, .alert-channels b, .scope-title';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim();
      if (text && node.parentElement && !node.parentElement.closest(data) && !node.parentElement.closest('script, style, noscript')) found.push(text);
    }
    for (const name of ['aria-label', 'title', 'placeholder'])
      for (const element of document.querySelectorAll(`body [${name}]`))
        if (!element.closest(data) && !(name === 'title' && element.matches('.page-footer p'))) found.push(element.getAttribute(name) ?? '');
    return found;
  });

describe('German', () => {
  test('is what a German browser gets, with German numbers and dates', async () => {
    const { page, complaints, close } = await visit(browser, 'second-day', { locale: 'de-AT' });
    await page.getByRole('heading', { name: 'Stimmung jetzt' }).waitFor();
    await page.locator('[data-article-row]').first().waitFor();
    assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.title]), ['de', 'Barometer · die Stimmung der Nachrichten']);
    assert.match((await page.locator('.mood-tone').textContent()) ?? '', /^[−+]?\d,\d\d$/);
    assert.match((await page.locator('.share-legend li').first().textContent()) ?? '', /^\d+\s%\snegativ$/);
    assert.match((await page.locator('.row-meta time').first().textContent()) ?? '', /^(vor |jetzt)/);
    assert.match((await page.locator('.row-meta time').first().getAttribute('title')) ?? '', /tag, \d/);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('leaves no English sentence of the page, in any situation and dialog', async () => {
    for (const situation of ['second-day', 'first-run-offline', 'failing-source', 'empty', 'needs-key'] as Situation[]) {
      const { page, world, close } = await visit(browser, situation, { locale: 'de' });
      await page.waitForLoadState('networkidle').catch(() => {});
      if (situation === 'failing-source') await page.locator('.source-line').first().click();
      if (situation === 'second-day') {
        await page.locator('[data-article-row]').nth(2).click();
        await page.getByRole('button', { name: 'Zeiten wählen' }).click();
      }
      const said = await ownWords(page, world);
      assert.ok(said.length > 5);
      assert.deepEqual(
        said.filter((text) => english.test(text)),
        [],
        situation,
      );
      if (situation === 'second-day') {
        for (const button of [
          'Thema hinzufügen',
          'Quelle hinzufügen',
          'Alarm hinzufügen',
          'Kanal hinzufügen',
          'Überblick hinzufügen',
          'OPML importieren',
          'Verwalten',
          'Tasten und Lesehilfe',
          'In eine Seite einbetten',
        ]) {
          await page.getByRole('button', { name: button }).click();
          await page.getByRole('dialog').waitFor();
          assert.deepEqual(
            (await ownWords(page, world)).filter((text) => english.test(text) && !/^https:/.test(text)),
            [],
            button,
          );
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        }
      }
      await close();
    }
  });

  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1280, 390, 360]) {
      test(`has room: ${theme}, ${width} px`, async () => {
        for (const situation of ['second-day', 'failing-source', 'needs-key'] as Situation[]) {
          const { page, close } = await visit(browser, situation, { locale: 'de-DE', theme, size: { width, height: width > 400 ? 900 : 844 } });
          await page.waitForLoadState('networkidle').catch(() => {});
          await page.waitForTimeout(300);
          await assertAccessible(page, `${situation} ${theme} ${width}`);
          await assertNoSidewaysScroll(page);
          if (situation === 'second-day') {
            for (const button of ['Alarm hinzufügen', 'Thema hinzufügen']) {
              await page.getByRole('button', { name: button }).click();
              const dialog = page.getByRole('dialog');
              await dialog.waitFor();
              assert.ok(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth + 1), `${button} at ${width}`);
              await page.keyboard.press('Escape');
              await dialog.waitFor({ state: 'detached' });
            }
          }
          if (process.env['SCREENSHOTS'])
            await page.screenshot({ path: `${process.env['SCREENSHOTS']}/de-${situation}-${theme}-${width}.png`, fullPage: true });
          await close();
        }
      });
    }
  }

  test('is chosen on the page, stays chosen in this browser, and leaves the address as it is', async () => {
    const { page, close } = await visit(browser, 'second-day', { path: '/?period=7d' });
    await page.getByRole('heading', { name: 'Mood now' }).waitFor();
    await page.locator('[data-language]').selectOption({ label: 'Deutsch' });
    await page.getByRole('heading', { name: 'Stimmung jetzt' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.hasAttribute('data-language'));
    assert.match(page.url(), /\/\?period=7d$/);
    await page.reload();
    await page.getByRole('heading', { name: 'Stimmung jetzt' }).waitFor();
    await page.locator('[data-language]').selectOption('en');
    await page.getByRole('heading', { name: 'Mood now' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await close();
  });
});
