import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { assertAccessible, closeAll, openBrowser, visit } from './browser';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

const isFocused = (button: Locator): Promise<boolean> => button.evaluate((element) => element === document.activeElement);

/** Holds what is sent to a place until it is released, and counts it; the first `failing` requests do not arrive. */
async function holdRequests(page: Page, place: string, failing = 0): Promise<{ release: () => void; count: () => number }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let count = 0;
  await page.route(place, async (route) => {
    if (route.request().method() === 'GET') return route.fallback();
    count += 1;
    const fails = count <= failing;
    await released;
    await (fails ? route.abort() : route.continue());
  });
  return { release, count: () => count };
}

describe('by keyboard alone', () => {
  test('the focus stays where an article is judged, and in the group once that is taken back', async () => {
    const { page, world, server, complaints, close } = await visit(browser, 'second-day');
    const { id } = world.articles.find(({ state }) => state === 'scored')!;
    await page.goto(`${server.url}/?article=${id}`);
    const judging = page.getByRole('group', { name: 'How do you read it?' });
    const negative = judging.getByRole('button', { name: 'negative' });
    const held = await holdRequests(page, '**/judgement');
    await negative.focus();
    await page.keyboard.press('Enter');
    await judging.locator('[aria-disabled=true]').first().waitFor();
    await page.keyboard.press('Enter');
    assert.ok(await isFocused(negative), 'while it is sent');
    held.release();
    const takeBack = judging.getByRole('button', { name: 'Take back' });
    await takeBack.waitFor();
    assert.deepEqual([await isFocused(negative), held.count()], [true, 1]);
    for (let tabs = 0; tabs < 3; tabs += 1) await page.keyboard.press('Tab');
    assert.ok(await isFocused(takeBack));
    await page.keyboard.press('Enter');
    await takeBack.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.matches('[role=group].judge'));
    await assertAccessible(page, 'a judgement taken back');
    await page.keyboard.press('Tab');
    assert.ok(await isFocused(negative), 'the next Tab goes on from there');
    assert.deepEqual([held.count(), await judging.getAttribute('tabindex'), complaints], [2, null, []]);
    await close();
  });

  test('a form is sent once however often Enter is pressed, and its button keeps the focus when it fails', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    await page.getByRole('region', { name: 'Topics' }).getByRole('button', { name: 'Add topic' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Add a topic' });
    await dialog.getByLabel('Any of these').fill('rail operator');
    const name = dialog.getByLabel('Name');
    await name.fill('Rail');
    const held = await holdRequests(page, '**/api/v1/topics', 1);
    const save = dialog.getByRole('button', { name: /^Sav/ });
    await save.focus();
    await page.keyboard.press('Enter');
    await save.getByText('Saving').waitFor();
    await page.keyboard.press('Enter');
    await name.press('Enter');
    await save.focus();
    held.release();
    await dialog.getByRole('alert').waitFor();
    assert.deepEqual([await isFocused(save), held.count()], [true, 1]);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(world.topics.filter((topic) => topic.name === 'Rail').length, 1);
    await close();
  });

  test('what is removed leaves the focus in its list or region', async () => {
    const { page, close } = await visit(browser, 'second-day', {}, (made) => {
      made.notes = [{ kind: 'note', at: new Date(Date.now() - 3_600_000).toISOString(), text: 'A note', id: '1763892000000-0a1b2c3d' }];
    });
    const note = page.getByRole('button', { name: /emove the note/ });
    await note.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await note.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.closest('.panel-timeline'));
    const digests = page.getByRole('region', { name: 'Digests' });
    const edit = digests.getByRole('button', { name: 'Edit digest Morning digest' });
    await edit.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Edit digest' });
    await dialog.getByRole('button', { name: 'Remove …' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await edit.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.closest('.panel-digests'));
    await close();
  });

  test('a button that has done its work and is gone leaves the focus in its region', async () => {
    const { page, complaints, close } = await visit(browser, 'second-day');
    await page.getByRole('button', { name: /^Show all \d+/ }).press('Enter');
    await page.waitForFunction(() => document.activeElement?.matches('.panel-sources'));
    await page.getByRole('button', { name: 'Show fewer' }).press('Enter');
    await page.waitForFunction(() => document.activeElement?.matches('.panel-sources'));
    const more = page.getByRole('button', { name: 'Load more' });
    while (await more.isVisible()) {
      await more.press('Enter');
      await page.waitForFunction(() => !document.querySelector('.list-end [aria-disabled=true]'));
    }
    await page.waitForFunction(() => document.activeElement?.matches('.list-end'));
    assert.deepEqual(complaints, []);
    await close();
  });
});
