import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Situation } from '../src/testing/mock-world';
import { assertAccessible, assertNoSidewaysScroll, closeAll, openBrowser, phone, visit, wide } from './browser';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

const looks = [
  ['wide', wide],
  ['phone', phone],
] as const;

describe('access', () => {
  for (const theme of ['light', 'dark'] as const) {
    for (const [name, size] of looks) {
      test(`axe finds nothing serious: ${theme}, ${name}`, async () => {
        for (const situation of ['second-day', 'first-run-offline', 'failing-source', 'empty', 'needs-key'] as Situation[]) {
          const { page, complaints, close } = await visit(browser, situation, { theme, size });
          await page.waitForLoadState('networkidle').catch(() => {});
          if (situation === 'failing-source') {
            await page.locator('[data-article-row]').nth(2).click();
            await page.locator('.source-line').first().click();
            await page.getByRole('button', { name: 'Choose times' }).click();
          }
          await page.waitForTimeout(400);
          await assertAccessible(page, `${situation} ${theme} ${name}`);
          await assertNoSidewaysScroll(page);
          assert.deepEqual(complaints, []);
          await close();
        }
      });

      test(`axe finds nothing serious in the dialogs: ${theme}, ${name}`, async () => {
        const { page, close } = await visit(browser, 'second-day', { theme, size });
        for (const button of ['Add topic', 'Add source', 'Add alert', 'Add digest', 'Import OPML', 'Keys and reading help']) {
          await page.getByRole('button', { name: button }).click();
          await page.getByRole('dialog').waitFor();
          await assertAccessible(page, `${button} ${theme} ${name}`);
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
          assert.ok(await page.getByRole('button', { name: button }).evaluate((element) => element === document.activeElement), `focus goes back to ${button}`);
        }
        await close();
      });
    }
  }

  test('on a phone the panels stand in one column, in the order of importance', async () => {
    const { page, close } = await visit(browser, 'second-day', { size: phone });
    await page.locator('[data-article-row]').first().waitFor();
    const places = await page
      .locator('main section.panel')
      .evaluateAll((panels) =>
        panels.map((panel) => [panel.querySelector('h2')?.textContent, panel.getBoundingClientRect().left, panel.getBoundingClientRect().top] as const),
      );
    assert.deepEqual(
      places.map(([name]) => name),
      ['Mood now', 'Timeline', 'Biggest stories', 'Topics', 'Articles', 'Sources', 'Alerts', 'Digests', 'Try a headline'],
    );
    assert.equal(new Set(places.map(([, left]) => left)).size, 1);
    assert.deepEqual(
      places.map(([, , top]) => top),
      [...places.map(([, , top]) => top)].sort((a, b) => a - b),
    );
    await close();
  });

  test('everything can be reached by Tab, in the order it is read, and shows its focus', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page.locator('[data-article-row]').first().waitFor();
    const seen: string[] = [];
    for (let press = 0; press < 40; press += 1) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const shown = element.matches('input[type=radio]') ? (element.nextElementSibling as HTMLElement) : element;
        return { place: element.closest('section')?.querySelector('h2')?.textContent ?? 'head', outline: getComputedStyle(shown).outlineStyle };
      });
      assert.notEqual(focus.outline, 'none', `no visible focus in ${focus.place}`);
      if (seen.at(-1) !== focus.place) seen.push(focus.place);
    }
    assert.deepEqual(seen, ['head', 'Mood now', 'Timeline', 'Biggest stories', 'Topics', 'Articles']);
    await close();
  });

  test('motion is reduced for readers who ask for that', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const duration = await page.evaluate(() => {
      const row = document.createElement('li');
      row.className = 'article fresh';
      document.querySelector('.article-list ul')?.append(row);
      return Number.parseFloat(getComputedStyle(row).animationDuration);
    });
    assert.ok(duration < 0.01);
    await close();
  });
});
