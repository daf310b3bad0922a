import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { failing, sourcesAt } from '../src/testing/mock-data';
import type { World } from '../src/testing/mock-world';
import { assertAccessible, assertNoSidewaysScroll, closeAll, openBrowser, visit, wide } from './browser';

const narrow = { width: 390, height: 844 };

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

/** Three hundred sources, of which one in fifty fails, in a handful of groups. */
function threeHundred(world: World): void {
  const groups = [['News/World'], ['News/Politics', 'Must read'], ['Technology'], ['Science'], []];
  world.sources = Array.from({ length: 300 }, (_, index) => {
    const base = sourcesAt(world.now())[index % 21]!;
    const source = { ...base, id: `source-${index}`, name: `${base.name} ${String(index).padStart(3, '0')}`, groups: groups[index % 5]! };
    return index % 50 === 7 ? failing(source, world.now(), 'The server asks for a pause of an hour (HTTP 429).', 429) : source;
  });
}

async function manage(page: Page) {
  await page.getByRole('region', { name: 'Sources' }).getByRole('button', { name: 'Manage' }).click();
  return page.getByRole('dialog', { name: 'Manage sources' });
}

describe('groups', () => {
  test('three hundred sources are searched, sorted by trouble, selected and moved, at any width and in both themes', async () => {
    for (const [size, theme] of [
      [wide, 'light'],
      [wide, 'dark'],
      [narrow, 'light'],
      [narrow, 'dark'],
    ] as const) {
      const { page, world, complaints, close } = await visit(browser, 'second-day', { size, theme }, threeHundred);
      const dialog = await manage(page);
      await dialog.getByText('300 sources', { exact: true }).waitFor();
      const rows = dialog.locator('.managed-row');
      assert.deepEqual([await rows.count(), await rows.first().locator('.source-word').textContent()], [300, 'HTTP 429']);
      await assertNoSidewaysScroll(page);
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/manage-${size.width}-${theme}.png` });
      await dialog.getByLabel('State').selectOption('failing');
      await dialog.getByText('6 of 300 sources').waitFor();
      await dialog.getByLabel('Select all shown').check();
      await dialog.getByText('6 sources selected').waitFor();
      // Three hundred rows differ in nothing but the number, and axe would take half a minute for them.
      await assertAccessible(page, `selected sources, ${theme}`);
      await dialog.getByLabel('Group to put them into').fill('Trouble/Now');
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/selected-${size.width}-${theme}.png` });
      await dialog.getByRole('button', { name: 'Move there' }).click();
      await page.getByText('6 sources moved').waitFor();
      assert.deepEqual(world.sources.filter(({ groups }) => groups.join() === 'Trouble/Now').length, 6);
      await dialog.getByLabel('State').selectOption('');
      await dialog.getByLabel('Group', { exact: true }).selectOption('Trouble');
      await dialog.getByText('6 of 300 sources').waitFor();
      assert.deepEqual(complaints, []);
      await close();
    }
  });

  test('by keyboard alone: search, mark a range, pause, and remove after a confirmation', async () => {
    const { page, world, complaints, close } = await visit(browser, 'second-day', {}, threeHundred);
    const opener = page.getByRole('region', { name: 'Sources' }).getByRole('button', { name: 'Manage' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Manage sources' });
    const search = dialog.getByLabel('Search the sources');
    await search.focus();
    await page.keyboard.type('guardian must');
    await dialog.getByText(/^\d+ of 300 sources$/).waitFor();
    const boxes = dialog.locator('.managed-row input');
    const shown = await boxes.count();
    await boxes.first().focus();
    await page.keyboard.press('Space');
    await dialog.getByText('1 source selected').waitFor();
    await boxes.nth(2).click({ modifiers: ['Shift'] });
    await dialog.getByText('3 sources selected').waitFor();
    await dialog.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('3 sources paused').waitFor();
    assert.equal(world.sources.filter(({ paused }) => paused).length, 3);
    await dialog.getByRole('button', { name: 'Remove …' }).focus();
    await page.keyboard.press('Enter');
    const really = dialog.getByRole('button', { name: 'Really remove 3 sources' });
    await really.waitFor();
    await assertAccessible(page, 'asked whether to remove');
    await page.keyboard.press('Enter');
    await dialog.getByText(`${shown - 3} of 297 sources`).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual([await opener.evaluate((element) => element === document.activeElement), world.sources.length, complaints], [true, 297, []]);
    await close();
  });

  test('what cannot be done is said, and readers without write access can search', async () => {
    const { page, close } = await visit(browser, 'second-day', {}, (world) => {
      world.sources = [...world.sources, { ...world.sources[0]!, id: 'files', name: 'Archive', kind: 'import', state: 'paused', paused: true }];
    });
    const dialog = await manage(page);
    await dialog.getByLabel('Search the sources').fill('archive');
    await dialog.getByLabel('Select all shown').check();
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await dialog.getByText('Archive: This source is filled from files and has no feed to poll.').waitFor();
    await close();
    const reader = await visit(browser, 'second-day', {}, (world) => {
      world.role = 'read';
    });
    await reader.page.getByRole('region', { name: 'Sources' }).getByRole('button', { name: 'Search' }).click();
    const list = reader.page.getByRole('dialog', { name: 'All sources' });
    await list.getByLabel('Search the sources').fill('npr');
    await list.getByText('1 of 21 sources').waitFor();
    assert.equal(await list.locator('input[type=checkbox]').count(), 0);
    await assertAccessible(reader.page, 'all sources, to read');
    await reader.close();
  });

  test('a group is what the page is about: by the filter, beside the topics, compared, and in the address', async () => {
    for (const [size, theme] of [
      [wide, 'light'],
      [narrow, 'dark'],
    ] as const) {
      const { page, complaints, close } = await visit(browser, 'second-day', { size, theme });
      await page.getByLabel('Source', { exact: true }).selectOption('group:News/World');
      await page.waitForURL((url) => url.searchParams.get('group') === 'News/World');
      await page.getByRole('group', { name: 'Side by side' }).getByLabel('Groups').check();
      const groups = page.getByRole('region', { name: 'Groups' });
      await groups.getByRole('button', { name: 'News/World', exact: true }).waitFor();
      assert.equal(await groups.getByRole('button', { name: 'News/World', exact: true }).getAttribute('aria-pressed'), 'true');
      if (process.env['SHOTS']) await groups.screenshot({ path: `${process.env['SHOTS']}/groups-${size.width}-${theme}.png` });
      await groups.getByRole('button', { name: 'Technology', exact: true }).click();
      await page.waitForURL((url) => url.searchParams.get('group') === 'Technology' && url.searchParams.get('by') === 'group');
      await page.getByLabel('Compare with').selectOption('group:Science');
      await page.waitForURL((url) => url.searchParams.get('compare') === 'group:Science');
      await page.getByRole('region', { name: 'Timeline' }).getByText('Science').filter({ visible: true }).first().waitFor();
      await assertAccessible(page, `groups, ${theme}`);
      await assertNoSidewaysScroll(page);
      await page.reload();
      assert.equal(await page.getByLabel('Source', { exact: true }).inputValue(), 'group:Technology');
      await page.getByLabel('Source', { exact: true }).selectOption('npr');
      await page.waitForURL((url) => !url.searchParams.has('group') && url.searchParams.get('source') === 'npr');
      assert.deepEqual(complaints, []);
      await close();
    }
  });

  test('a source gets groups where it is edited, and an alert can watch a group', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    const sources = page.getByRole('region', { name: 'Sources' });
    await sources.getByRole('button', { name: /^Al Jazeera/ }).click();
    await sources.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit the source' });
    await dialog.getByLabel(/^Groups/).fill('News/World\nMiddle East');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(world.sources.find(({ id }) => id === 'al-jazeera')?.groups, ['News/World', 'Middle East']);
    await page.getByRole('button', { name: 'Add alert' }).click();
    const alert = page.getByRole('dialog').filter({ hasText: 'alert' });
    await alert.getByLabel('Source').selectOption({ label: 'Middle East' });
    assert.equal(await alert.getByLabel('Source').inputValue(), 'group:Middle East');
    await close();
  });
});
