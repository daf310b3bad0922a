import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible, assertNoSidewaysScroll, closeAll, openBrowser, visit, wide } from './browser';

const narrow = { width: 390, height: 844 };

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

describe('changing', () => {
  test('an article shows which words moved its score, and counts as a reader judges it until that is undone', async () => {
    const { page, world, complaints, close } = await visit(browser, 'second-day');
    const { id, title } = world.articles.find(({ state }) => state === 'scored')!;
    await page.locator(`[data-article-row="${id}"]`).click();
    const detail = page.locator('.detail');
    await detail.getByRole('button', { name: 'Why this score?' }).click();
    const marks = detail.locator('mark');
    await marks.first().waitFor();
    assert.deepEqual(await marks.allTextContents(), [
      `${title.split(' ')[0]} (lifts the tone by 0.21)▲0.21`,
      `${title.split(' ').at(-1)} (lowers the tone by 0.46)▼0.46`,
    ]);
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

  test('a reader without write access sees a judgement and cannot give one', async () => {
    const { page, world, close } = await visit(browser, 'second-day', {}, (made) => {
      made.role = 'read';
    });
    const { id } = world.articles.find(({ state }) => state === 'scored')!;
    await page.locator(`[data-article-row="${id}"]`).click();
    await page.getByRole('button', { name: 'Why this score?' }).waitFor();
    assert.equal(await page.getByRole('group', { name: 'How do you read it?' }).count(), 0);
    await close();
  });

  test('the lines for another page are copied, with a place for the key where one is needed', async () => {
    const { page, complaints, close } = await visit(browser, 'second-day', { path: '/?topic=energy' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Embed in a page' }).click();
    const dialog = page.getByRole('dialog', { name: 'Embed in a page' });
    const html = dialog.getByLabel('HTML');
    assert.match(await html.inputValue(), /^<iframe src="http:\/\/127\.0\.0\.1:\d+\/feeds\/mood\.html\?topic=energy" title="The mood of Energy"/);
    await dialog.frameLocator('iframe').getByRole('heading', { name: 'The mood' }).waitFor();
    await dialog.getByLabel('Badge').check();
    await dialog.getByAltText('How the badge looks').waitFor();
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await dialog.getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await html.inputValue());
    assert.match(await html.inputValue(), /^<img src="[^"]+mood\.svg\?topic=energy" alt="The mood of Energy" height="20">$/);
    await assertAccessible(page, 'the lines for another page');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(complaints, []);
    await close();
  });

  test('marks explain the timeline: a note is added, read by keys, and removed', async () => {
    for (const [size, theme] of [
      [wide, 'light'],
      [wide, 'dark'],
      [narrow, 'light'],
      [narrow, 'dark'],
    ] as const) {
      const { page, world, complaints, close } = await visit(browser, 'second-day', { path: '/?topic=energy', size, theme });
      const timeline = page.getByRole('region', { name: 'Timeline' });
      await timeline.locator('.mark-flag').first().waitFor();
      await timeline.getByRole('button', { name: 'Add note' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a note' });
      await dialog.getByLabel('What happened').fill('Parliament voted on <b>gas</b>');
      assert.ok(await dialog.getByLabel('Only about Energy').isChecked());
      await assertAccessible(page, 'adding a note');
      await dialog.getByRole('button', { name: 'Add it' }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.deepEqual([world.notes[0]?.text, world.notes[0]?.topic], ['Parliament voted on <b>gas</b>', 'energy']);
      const list = timeline.locator('.mark-list');
      await list.locator('summary').getByText('4 marks on the timeline').waitFor();
      if (!(await list.evaluate((element) => (element as HTMLDetailsElement).open))) await list.locator('summary').press('Enter');
      await list.getByText('Note on Energy: Parliament voted on <b>gas</b>').waitFor();
      // The circles do not overlap, and the slider speaks what they say.
      const places = await timeline
        .locator('.mark-flag circle')
        .evaluateAll((all) => all.map((circle) => circle.getBoundingClientRect()).map(({ left, right }) => [left, right]));
      places.slice(1).forEach(([left], index) => assert.ok(left! >= places[index]![1]!, `${left} follows ${places[index]![1]}`));
      const slider = timeline.getByRole('slider');
      await slider.focus();
      await page.keyboard.press('End');
      assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /Parliament voted on <b>gas<\/b>$/);
      await assertNoSidewaysScroll(page);
      await assertAccessible(page, `marks, ${theme}`);
      if (process.env['SHOTS']) await timeline.screenshot({ path: `${process.env['SHOTS']}/marks-${size.width}-${theme}.png` });
      // The chart drops its readout, and nothing moves under the pointer.
      await list.getByRole('button', { name: /^Remove the note/ }).click();
      await list.getByRole('button', { name: /^Really remove the note/ }).click();
      await list.getByText('Parliament voted').waitFor({ state: 'detached' });
      assert.deepEqual([world.notes, complaints], [[], []]);
      await close();
    }
  });

  test('a reader without write access sees marks and cannot change them', async () => {
    const { page, close } = await visit(browser, 'second-day', {}, (made) => {
      made.role = 'read';
      made.notes = [{ kind: 'note', at: new Date(Date.now() - 3_600_000).toISOString(), text: 'A note', id: '1763892000000-0a1b2c3d' }];
    });
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.locator('.mark-list').getByText('Note: A note').waitFor();
    assert.equal(await timeline.getByRole('button', { name: /note/ }).count(), 0);
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
    const choice = dialog.getByRole('group', { name: 'This site lists 3 feeds' });
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
    await remove.getByText('all figures are kept').waitFor();
    await remove.getByRole('button', { name: 'Remove', exact: true }).click();
    await sources.getByText('20 ok').waitFor();
    assert.equal(world.sources.length, 20);
    await close();
  });

  test('sources are imported from an OPML file, and exported to one', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page.getByRole('button', { name: 'Import OPML' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import sources from OPML' });
    await dialog.getByLabel('OPML file').setInputFiles({ name: 'feeds.opml', mimeType: 'text/x-opml', buffer: Buffer.from('<opml/>') });
    await dialog.getByText('1 source added.').waitFor();
    await dialog.getByText('1 entry refused').waitFor();
    await dialog.getByText('line 7, Old feed, ftp://old.example/feed').waitFor();
    await dialog.getByText('2 fields or groups could not be used as they stand').waitFor();
    await dialog.getByText('"N/A" was left out').waitFor();
    await dialog.getByText('line 9 The name of a group must have at most 4 levels').waitFor();
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

  test('an alert is made while the page says when it would have fired, changed and removed', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    const alerts = page.getByRole('region', { name: 'Alerts' });
    await alerts.getByRole('button', { name: 'Add alert' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an alert' });
    await dialog.getByText('In the last 30 days this would have rung 2 times').waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'Save' }).isDisabled());
    await dialog.getByLabel('Name').fill('Dark energy');
    await dialog.getByLabel('Topic').selectOption({ label: 'Energy' });
    await dialog.getByLabel('Window, hours').fill('6');
    await dialog.getByText('In the last 30 days this would have rung 4 times').waitFor();
    await dialog.getByLabel(/Phone/).check();
    await dialog.getByLabel(/Not from 22:00 to 07:00/).check();
    await dialog.getByText('Advanced').click();
    await dialog.getByText('With fewer articles the alert is not evaluated. Default: 20.').waitFor();
    assert.equal(await dialog.getByLabel(/^Hysteresis/).inputValue(), '0.02');
    for (const [label, value] of [
      [/^Fewest articles/, '50'],
      [/^Hold/, '3'],
      [/^Cool-down/, '24'],
      [/^From/, '21:30'],
    ] as const)
      await dialog.getByLabel(label).fill(value);
    await dialog.getByLabel('Time zone').fill('Asia/Kolkata');
    await dialog.getByLabel('Notify when it ends, too').check();
    await dialog.getByText('Not from 21:30 to 07:00').waitFor();
    await assertAccessible(page, 'the advanced settings of an alert');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const added = world.alerts.rules.find(({ name }) => name === 'Dark energy');
    assert.deepEqual(
      [added?.condition, added?.scope, added?.channelIds, added?.windowHours, added?.quiet],
      [{ kind: 'unusual', direction: 'darker', beyond: 0 }, { topicId: 'energy' }, ['phone'], 6, { from: '21:30', to: '07:00', timeZone: 'Asia/Kolkata' }],
    );
    assert.deepEqual([added?.leastArticles, added?.holdHours, added?.cooldownHours, added?.tellEnd, added?.hysteresis], [50, 3, 24, true, 0.02]);
    await alerts.getByRole('button', { name: 'Edit alert Dark energy' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit alert' });
    assert.equal(await edit.getByLabel(/^Fewest articles/).inputValue(), '50');
    await edit.getByRole('combobox').first().selectOption({ label: 'A phrase appears' });
    assert.ok(await edit.getByRole('button', { name: 'Save' }).isDisabled());
    await edit.getByRole('button', { name: 'Remove …' }).click();
    await edit.getByRole('button', { name: 'Really remove “Dark energy”' }).click();
    await alerts.getByRole('button', { name: 'Edit alert Dark energy' }).waitFor({ state: 'detached' });
    await close();
  });

  test('a channel is added by the kind of its target, changed, and removed unless an alert uses it', async () => {
    const { page, world, complaints, close } = await visit(browser, 'second-day', { size: narrow });
    const alerts = page.getByRole('region', { name: 'Alerts' });
    await alerts.getByRole('button', { name: 'Add channel' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a channel' });
    await dialog.getByLabel('Name', { exact: true }).fill('Mail');
    await dialog.getByLabel('Kind').selectOption('email');
    await dialog.getByLabel('From').fill('me@x.example');
    await dialog.getByLabel(/^To/).fill('you@x.example, them@x.example');
    await dialog.getByLabel(/^Name of the secret/).fill('smtp');
    await dialog.getByText('ALERT_SECRET_SMTP').waitFor();
    await assertAccessible(page, 'adding a channel');
    await assertNoSidewaysScroll(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(world.alerts.channels.at(-1)?.target, { kind: 'email', secret: 'smtp', from: 'me@x.example', to: ['you@x.example', 'them@x.example'] });
    await alerts.getByRole('button', { name: 'Edit channel Mail' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit channel' });
    await edit.getByLabel('Kind').selectOption('ntfy');
    await edit.getByLabel('Address').fill('https://ntfy.sh/mine');
    await edit.getByLabel(/^Name of the secret/).fill('');
    await edit.getByRole('button', { name: 'Save' }).click();
    await edit.waitFor({ state: 'detached' });
    assert.deepEqual(world.alerts.channels.at(-1)?.target, { kind: 'ntfy', url: 'https://ntfy.sh/mine' });
    for (const [name, stays] of [
      ['Phone', true],
      ['Mail', false],
    ] as const) {
      await alerts.getByRole('button', { name: `Edit channel ${name}` }).click();
      await edit.getByRole('button', { name: 'Remove …' }).click();
      await edit.getByRole('button', { name: `Really remove “${name}”` }).click();
      if (stays) {
        await edit.getByRole('alert').getByText('The channel is used by “Darker than usual”.').waitFor();
        await page.keyboard.press('Escape');
      }
      await edit.waitFor({ state: 'detached' });
    }
    assert.deepEqual([world.alerts.channels.map(({ id }) => id), complaints], [['phone'], []]);
    await close();
  });

  test('an open alert stands beside the mood and explains itself; a channel is tested', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page
      .getByRole('region', { name: 'Mood now' })
      .getByRole('list', { name: 'Alerts that ring' })
      .getByText('darker than usual (−0.36 to −0.20)')
      .waitFor();
    const alerts = page.getByRole('region', { name: 'Alerts' });
    await alerts.getByText('ongoing').click();
    await alerts.getByText('What moved it: Gas prices jump').first().waitFor();
    await alerts.getByRole('link', { name: 'Gas prices jump as pipeline closes' }).first().waitFor();
    assert.equal(await alerts.getByRole('link', { name: 'Show these hours' }).first().getAttribute('href'), '/?topic=energy');
    await alerts.getByRole('button', { name: 'Send a test to Phone' }).click();
    await alerts.getByText('The receiver answers 500.').waitFor();
    await close();
  });

  test('a digest is set up beside a preview in a frame without rights; it is tested, changed and removed', async () => {
    const { page, world, complaints, close } = await visit(browser, 'second-day');
    const digests = page.getByRole('region', { name: 'Digests' });
    await digests.getByText('All news, every day at 07:00, Europe/Vienna, to Phone').waitFor();
    await digests.getByText(/^Last sent .*1 earlier edition was skipped\. Next /).waitFor();
    await digests.getByRole('button', { name: 'Send a test of Morning digest' }).click();
    await digests.getByText('Phone: The receiver answers 500.').waitFor();
    await digests.getByRole('button', { name: 'Add digest' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a digest' });
    const frame = dialog.frameLocator('iframe[title="Preview of the digest"]');
    await frame.getByRole('heading', { name: 'Darker than usual' }).waitFor();
    assert.equal(await dialog.locator('iframe').getAttribute('sandbox'), 'allow-popups allow-popups-to-escape-sandbox');
    assert.ok(await dialog.getByRole('button', { name: 'Save' }).isDisabled());
    await dialog.getByLabel('Name').fill('Energy of the week');
    await dialog.getByLabel('Every').selectOption({ label: 'week' });
    await dialog.getByLabel('Day of the week').selectOption({ label: 'Friday' });
    await dialog.getByLabel('At', { exact: true }).fill('18:30');
    await dialog.getByLabel('Topic').selectOption({ label: 'Energy' });
    await frame.getByText('The mood of energy').waitFor();
    assert.equal(world.digests.previewed.at(-1), 'every=week&topic=energy&timeZone=Europe%2FBerlin');
    await dialog.getByLabel(/Phone/).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const added = world.digests.digests.find(({ name }) => name === 'Energy of the week');
    assert.deepEqual(
      [added?.every, added?.weekday, added?.time, added?.timeZone, added?.scope, added?.channelIds],
      ['week', 'friday', '18:30', 'Europe/Berlin', { topicId: 'energy' }, ['phone']],
    );
    await digests.getByRole('button', { name: 'Edit digest Energy of the week' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit digest' });
    assert.equal(await edit.getByLabel('At', { exact: true }).inputValue(), '18:30');
    await edit.getByRole('button', { name: 'Remove …' }).click();
    await edit.getByRole('button', { name: 'Really remove “Energy of the week”' }).click();
    await digests.getByRole('button', { name: 'Edit digest Energy of the week' }).waitFor({ state: 'detached' });
    // The frame's own policy has refused its script.
    assert.deepEqual(
      complaints.filter((text) => !/script/i.test(text)),
      [],
    );
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
