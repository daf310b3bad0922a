import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible, closeAll, openBrowser, visit } from './browser';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

describe('changing', () => {
  test('an article tells which words pulled its score, and counts as a reader reads it until that is taken back', async () => {
    const { page, world, complaints, close } = await visit(browser, 'second-day');
    const { id, title } = world.articles.find(({ state }) => state === 'scored')!;
    await page.locator(`[data-article-row="${id}"]`).click();
    const detail = page.locator('.detail');
    await detail.getByRole('button', { name: 'Why this score?' }).click();
    const marks = detail.locator('mark');
    await marks.first().waitFor();
    assert.deepEqual(await marks.allTextContents(), [`${title.split(' ')[0]} (lifts the tone by 0.21)▲0.21`, `${title.split(' ').at(-1)} (lowers the tone by 0.46)▼0.46`]);
    const judging = detail.getByRole('group', { name: 'How do you read it?' });
    await judging.getByRole('button', { name: 'neutral' }).click();
    await detail.getByText(/A reader says: neutral/).waitFor();
    assert.equal(await judging.getByRole('button', { name: 'neutral' }).getAttribute('aria-pressed'), 'true');
    assert.match((await page.locator(`[data-article-row="${id}"]`).textContent()) ?? '', /−0.05.*reader/);
    await assertAccessible(page, 'an open article, explained and judged');
    await judging.getByRole('button', { name: 'Take back' }).click();
    await detail.getByText(/A reader says/).waitFor({ state: 'detached' });
    assert.deepEqual([world.articles.find((one) => one.id === id)?.judgement, complaints], [undefined, []]);
    await close();
  });

  test('who may only read sees a judgement and cannot give one', async () => {
    const { page, world, close } = await visit(browser, 'second-day', {}, (made) => { made.role = 'read'; });
    const { id } = world.articles.find(({ state }) => state === 'scored')!;
    await page.locator(`[data-article-row="${id}"]`).click();
    await page.getByRole('button', { name: 'Why this score?' }).waitFor();
    assert.equal(await page.getByRole('group', { name: 'How do you read it?' }).count(), 0);
    await close();
  });

  test('a source is previewed, then added', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    await page.getByRole('button', { name: 'Add source' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a source' });
    await dialog.getByLabel(/Address/).fill('nonsense');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByText('must be an http or https address').waitFor();
    await dialog.getByLabel(/Address/).fill('https://feed.example/rss');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByText('rss · en · 25 items').waitFor();
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('21 ok · 1 new').waitFor();
    assert.equal(world.sources.at(-1)?.name, 'Previewed feed');
    await close();
  });

  test('the feeds of a site are found from its address, and one of them is added', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    await page.getByRole('button', { name: 'Add source' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a source' });
    await dialog.getByLabel(/Address/).fill('https://site.example');
    await page.keyboard.press('Enter');
    const choice = dialog.getByRole('group', { name: 'This site names 3 feeds' });
    assert.ok(await choice.getByLabel('Site: all news').isChecked());
    await choice.getByText('https://site.example/comments.xml').waitFor();
    await choice.getByLabel('Site: all news').focus();
    await page.keyboard.press('ArrowDown');
    await dialog.getByRole('heading', { name: 'Sport of the site' }).waitFor();
    assert.ok(await choice.getByLabel('Site: sport').isChecked());
    assert.equal(await dialog.getByLabel('Name').inputValue(), 'Sport of the site');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(world.sources.at(-1)?.url, 'https://site.example/sport.xml');
    await close();
  });

  test('a feed that only browsers may read is added under another name', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    await page.getByRole('button', { name: 'Add source' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a source' });
    await dialog.getByLabel(/Address of a site/).fill('https://browsers.example/feed');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByRole('alert').getByText('Try another User-Agent for this source.').waitFor();
    await dialog.getByLabel('User-Agent for this source').fill('Mozilla/5.0 (compatible)');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByText('25 items').waitFor();
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(world.sources.at(-1)?.userAgent, 'Mozilla/5.0 (compatible)');
    await close();
  });

  test('a source is paused, resumed, polled, edited and removed', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    const sources = page.getByRole('region', { name: 'Sources' });
    await sources.getByRole('button', { name: /^Al Jazeera/ }).click();
    await sources.getByRole('button', { name: 'Poll now' }).click();
    await page.getByText('Al Jazeera is read now').waitFor({ state: 'attached' });
    await sources.getByRole('button', { name: 'Pause' }).click();
    await sources.getByText('20 ok · 1 paused').waitFor();
    await sources.getByRole('button', { name: 'Resume' }).click();
    await sources.getByText('21 ok').waitFor();
    await sources.getByRole('button', { name: 'Edit' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit the source' });
    await edit.getByLabel('Name').fill('A new name');
    await edit.getByText('Advanced').click();
    await edit.getByLabel('User-Agent for this source').fill('Mozilla/5.0 (compatible)');
    await edit.getByRole('button', { name: 'Save' }).click();
    await sources.getByRole('button', { name: /^A new name/ }).waitFor();
    await sources.getByText('Mozilla/5.0 (compatible)').waitFor();
    await sources.getByRole('button', { name: 'Remove …' }).click();
    const remove = page.getByRole('dialog', { name: 'Remove A new name?' });
    await remove.getByText('all figures stay').waitFor();
    await remove.getByRole('button', { name: 'Remove', exact: true }).click();
    await sources.getByText('20 ok').waitFor();
    assert.equal(world.sources.length, 20);
    await close();
  });

  test('sources come from an OPML file, and go to one', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page.getByRole('button', { name: 'Import OPML' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import sources from OPML' });
    await dialog.getByLabel('OPML file').setInputFiles({ name: 'feeds.opml', mimeType: 'text/x-opml', buffer: Buffer.from('<opml/>') });
    await dialog.getByText('1 source added.').waitFor();
    await dialog.getByText('1 entry refused').waitFor();
    await dialog.getByText('line 7, Old feed, ftp://old.example/feed').waitFor();
    await dialog.getByText('"N/A" was left out').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('21 ok · 1 new').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Export OPML' }).getAttribute('href'), '/api/v1/sources.opml');
    await close();
  });

  test('a topic is made with a preview of what it would match, changed and removed', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    const topics = page.getByRole('region', { name: 'Topics' });
    await topics.getByRole('button', { name: 'Add topic' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a topic' });
    assert.ok(await dialog.getByRole('button', { name: 'Save' }).isDisabled());
    await dialog.getByLabel('Name').fill('Rail');
    await dialog.getByLabel('Any of these').fill('rail operator');
    await dialog.getByText(/Matches \d+ of 120 recent articles/).waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await topics.getByText('searching').waitFor();
    assert.deepEqual(world.topics.at(-1)?.anyOf, ['rail operator']);
    await topics.getByRole('button', { name: 'Edit topic Rail' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit topic' });
    await edit.getByRole('button', { name: 'Remove …' }).click();
    await edit.getByRole('button', { name: 'Really remove “Rail”' }).click();
    await topics.getByRole('button', { name: 'Edit topic Rail' }).waitFor({ state: 'detached' });
    assert.equal(world.topics.length, 5);
    await close();
  });

  test('an alert is made while it says when it would have rung, changed and removed', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    const alerts = page.getByRole('region', { name: 'Alerts' });
    await alerts.getByRole('button', { name: 'Add alert' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an alert' });
    await dialog.getByText('In the last 30 days this would have rung 2 times').waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'Save' }).isDisabled());
    await dialog.getByLabel('Name').fill('Dark energy');
    await dialog.getByLabel('Topic').selectOption({ label: 'Energy' });
    await dialog.getByLabel('Over so many hours').fill('6');
    await dialog.getByText('In the last 30 days this would have rung 4 times').waitFor();
    await dialog.getByLabel(/Phone/).check();
    await dialog.getByLabel(/Not from 22:00 to 07:00/).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const added = world.alerts.rules.find(({ name }) => name === 'Dark energy');
    assert.deepEqual([added?.condition, added?.scope, added?.channelIds, added?.windowHours, added?.quiet?.from], [{ kind: 'unusual', direction: 'darker', beyond: 0 }, { topicId: 'energy' }, ['phone'], 6, '22:00']);
    await alerts.getByRole('button', { name: 'Edit alert Dark energy' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit alert' });
    await edit.getByRole('combobox').first().selectOption({ label: 'A phrase appears' });
    assert.ok(await edit.getByRole('button', { name: 'Save' }).isDisabled());
    await edit.getByRole('button', { name: 'Remove …' }).click();
    await edit.getByRole('button', { name: 'Really remove “Dark energy”' }).click();
    await alerts.getByRole('button', { name: 'Edit alert Dark energy' }).waitFor({ state: 'detached' });
    await close();
  });

  test('an alert that rings stands beside the mood and explains itself; a channel is tested', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page.getByRole('region', { name: 'Mood now' }).getByRole('list', { name: 'Alerts that ring' }).getByText('darker than usual (−0.36 to −0.20)').waitFor();
    const alerts = page.getByRole('region', { name: 'Alerts' });
    await alerts.getByText('goes on').click();
    await alerts.getByText('What moved it: Gas prices jump').first().waitFor();
    await alerts.getByRole('link', { name: 'Gas prices jump as pipeline closes' }).first().waitFor();
    assert.equal(await alerts.getByRole('link', { name: 'Show these hours' }).first().getAttribute('href'), '/?topic=energy');
    await alerts.getByRole('button', { name: 'Send a test to Phone' }).click();
    await alerts.getByText('The receiver answers 500.').waitFor();
    await close();
  });

  test('any text is scored', async () => {
    const { page, close } = await visit(browser, 'second-day');
    const panel = page.getByRole('region', { name: 'Try a headline' });
    await panel.getByLabel('Text to score').fill('A disaster');
    await page.keyboard.press('Enter');
    await panel.locator('.analyzed').waitFor();
    assert.match(await panel.locator('.analyzed').innerText(), /−\d/);
    await close();
  });

  test('the theme is chosen and remembered', async () => {
    const { page, close } = await visit(browser, 'second-day', { theme: 'light' });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: /Theme: system/ }).click();
    await page.getByRole('button', { name: /Theme: light/ }).click();
    assert.notEqual(await background(), light);
    await page.reload();
    await page.getByRole('button', { name: /Theme: dark/ }).click();
    assert.equal(await background(), light);
    await close();
  });
});
