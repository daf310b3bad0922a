import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { arrive } from '../src/testing/mock-world';
import { assertAccessible, assertNoSidewaysScroll, closeAll, openBrowser, phone, visit, wide } from './browser';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

const query = (page: Page) => new URL(page.url()).searchParams;
const until = (page: Page, name: string, value: string | null) => page.waitForURL((url) => url.searchParams.get(name) === value);

describe('reading', () => {
  test('the address is the state: filters, search, an open article; the back button returns through them', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page.getByLabel('Period').selectOption('7d');
    await page.getByRole('combobox', { name: 'Topic' }).selectOption('energy');
    await page.locator('.segmented label', { hasText: 'negative' }).click();
    await page.locator('[data-article-row]').first().click();
    const article = query(page).get('article');
    assert.deepEqual([query(page).get('period'), query(page).get('topic'), query(page).get('label')], ['7d', 'energy', 'negative']);
    await page.reload();
    await page.getByText('Its journey').waitFor();
    assert.equal(query(page).get('article'), article);
    await page.goBack();
    await until(page, 'article', null);
    await page.goBack();
    await until(page, 'label', null);
    await page.goBack();
    await until(page, 'topic', null);
    assert.equal(await page.getByRole('combobox', { name: 'Topic' }).inputValue(), '');
    assert.equal(await page.getByLabel('Period').inputValue(), '7d');
    await close();
  });

  test('an address with a period that the page does not have is corrected, so that it can be shared', async () => {
    const { page, close } = await visit(browser, 'second-day', { path: '/?period=90d&topic=energy' });
    await page.waitForURL((url) => !url.searchParams.has('period') && url.searchParams.get('topic') === 'energy');
    assert.equal(await page.getByLabel('Period').inputValue(), '24h');
    await close();
  });

  test('what moved the mood stands beside it, each item with its sign, and opens', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    const moved = page.getByRole('region', { name: 'What moved it' });
    const scored = world.articles.filter(({ state }) => state === 'scored');
    const pulls = moved.getByRole('listitem');
    await pulls.first().waitFor();
    await moved.getByRole('heading', { name: /usual/ }).waitFor();
    assert.deepEqual(
      (await pulls.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').slice(0, 2).trim()),
      ['▼', '▼', '▲'],
    );
    assert.match(await pulls.first().innerText(), /lowered the mood by\s+0\.04/);
    await page.locator('.topics tbody .mover .pull').first().waitFor();
    const movers = await page.locator('.topics tbody .mover').allInnerTexts();
    assert.deepEqual(
      movers.map((text) => (/^[▼▲]/.test(text) ? text.slice(0, 1) : '')),
      ['▼', '▲', '▼', '▲', ''],
    );
    await moved.getByRole('button', { name: scored[0]!.title }).click();
    await until(page, 'article', scored[0]!.id);
    await page.getByText('Its journey').waitFor();
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/moved.png`, fullPage: true });
    await close();
  });

  test('the biggest stories show how each publisher reports them, and open', async () => {
    const { page, close } = await visit(browser, 'second-day');
    const stories = page.getByRole('region', { name: 'Biggest stories' });
    const lines = stories.getByRole('listitem');
    await lines.first().waitFor();
    assert.equal(await lines.count(), 4);
    const strip = lines.first().getByRole('img');
    assert.match((await strip.getAttribute('aria-label')) ?? '', /^On a scale from minus one to plus one: .+ [−+]?\d[.]\d\d( in 2 articles)?, /);
    assert.equal(await strip.locator('circle').count(), 5);
    const dots = await strip.locator('circle').evaluateAll((all) => all.map((dot) => Number(dot.getAttribute('cx'))));
    assert.deepEqual(
      dots,
      [...dots].sort((one, other) => one - other),
    );
    const headline = lines.first().getByRole('button').first();
    await headline.click();
    await page.waitForURL((url) => url.searchParams.has('story'));
    const members = stories.locator('.story-members li');
    await members.first().waitFor();
    assert.equal(await headline.getAttribute('aria-expanded'), 'true');
    assert.ok((await members.count()) >= 5);
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/story.png`, fullPage: true });
    await members.nth(1).getByRole('button').click();
    await page.waitForURL((url) => url.searchParams.has('article') && url.searchParams.has('story'));
    await headline.click();
    await page.waitForURL((url) => !url.searchParams.has('story'));
    await close();
  });

  test('a link to a story opens it, and says so if it is gone', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    const known = world.articles.find(({ state }) => state === 'scored')!.id;
    await page.goto(`${page.url()}?story=${known}`);
    await page.locator('.story-members li').first().waitFor();
    await page.goto(new URL('/?story=aaaaaaaaaaaaaaaaaaaaaaaaaa', page.url()).href);
    await page.getByText('This story is not here any more').waitFor();
    await page.locator('.stories').getByRole('button', { name: 'Close' }).click();
    await page.waitForURL((url) => !url.searchParams.has('story'));
    await close();
  });

  test('the list is offered as a feed', async () => {
    const { page, close } = await visit(browser, 'second-day');
    const link = page.getByRole('link', { name: 'Feed of these articles' });
    assert.equal(await link.getAttribute('href'), '/feeds/articles.atom');
    await page.getByRole('combobox', { name: 'Topic' }).selectOption('energy');
    await page.locator('.segmented label', { hasText: 'positive' }).click();
    await until(page, 'label', 'positive');
    assert.equal(await link.getAttribute('href'), '/feeds/articles.atom?topic=energy&label=positive');
    await close();
  });

  test('articles of one story stand behind the newest, open in place, and one switch lists them separately', async () => {
    const { page, world, close } = await visit(browser, 'second-day');
    const newest = [...world.articles].sort((a, b) => b.publishedAt.localeCompare(a.publishedAt)).slice(0, 9);
    const story = newest[5]!.id;
    const told = new Set([newest[0]!.id, newest[2]!.id, story]);
    world.articles = world.articles.map((article) => (told.has(article.id) ? { ...article, storyId: story } : article));
    await page.reload();
    const rows = page.locator('[data-article-row]');
    const ids = () => rows.evaluateAll((all) => all.slice(0, 4).map((row) => (row as HTMLElement).dataset['articleRow']));
    const more = page.getByRole('button', { name: /^\+ 2 more in this list/ });
    await more.click();
    assert.deepEqual(await ids(), [newest[0]!.id, newest[2]!.id, story, newest[1]!.id]);
    await page.getByRole('button', { name: /^Show fewer/ }).click();
    assert.deepEqual((await ids()).slice(0, 2), [newest[0]!.id, newest[1]!.id]);
    await page.getByLabel('Group stories').uncheck();
    await until(page, 'stories', 'apart');
    assert.deepEqual(
      (await ids()).slice(0, 3),
      newest.slice(0, 3).map(({ id }) => id),
    );
    await page.getByLabel('Group stories').check();
    await page.goto(`${page.url().split('?')[0]}?article=${story}`);
    await page.getByText('Its journey').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Show fewer/ }).count(), 1);
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/stories.png`, fullPage: true });
    await close();
  });

  test('an open article shows summary, three scores, model, journey and a safe link', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page.locator('[data-article-row]', { hasText: /[−+]0/ }).first().click();
    const detail = page.locator('.detail');
    await detail.getByText('Officials said on Sunday').waitFor();
    assert.equal(await detail.locator('.score-bars dt').count(), 3);
    await detail.getByText('barometer-news-tone-6x384').waitFor();
    await detail.getByText('Scored', { exact: true }).waitFor();
    const link = detail.getByRole('link', { name: 'Read at news.example' });
    assert.match((await link.getAttribute('rel')) ?? '', /noreferrer noopener/);
    await close();
  });

  test('a link to an article outside the list opens it, one that is gone says so', async () => {
    const { page, server, close } = await visit(browser, 'second-day', { path: '/?article=aaaaaaaaaaaaaaaaaaaaaaaadi' });
    await page.locator('.linked .detail').waitFor();
    await page.goto(`${server.url}/?article=zzzzzzzzzzzzzzzzzzzzzzzzzz`);
    await page.getByText('This article is not here any more').waitFor();
    await close();
  });

  test('a link to a topic that is gone says so, promises nothing, and leads out', async () => {
    for (const [size, theme] of [
      [wide, 'light'],
      [phone, 'dark'],
    ] as const) {
      const { page, close, complaints } = await visit(browser, 'second-day', { path: '/?topic=gone&period=7d&label=negative', size, theme });
      const asked: string[] = [];
      for (const panel of ['Mood now', 'Timeline', 'Biggest stories', 'Articles'])
        await page.getByRole('region', { name: panel }).getByRole('alert').getByText('There is no such topic here. It may have been removed.').waitFor();
      assert.equal(await page.getByText('Trying again by itself').count(), 0);
      await assertAccessible(page, `gone, ${theme}`);
      await assertNoSidewaysScroll(page);
      // The stream of changes, once it is open, has everything read once more.
      await page.waitForTimeout(2_000);
      page.on('request', (request) => asked.push(request.url()));
      await page.waitForTimeout(4_000);
      assert.deepEqual(
        asked.filter((url) => url.includes('topic=gone')),
        [],
      );
      await page.getByRole('region', { name: 'Mood now' }).getByRole('button', { name: 'Show all news' }).click();
      await page.locator('.mood-tone').waitFor();
      assert.deepEqual([query(page).get('topic'), query(page).get('period'), query(page).get('label')], [null, '7d', 'negative']);
      assert.deepEqual(complaints, []);
      await close();
    }
  });

  test('a compared topic that is gone can be taken out of the chart', async () => {
    const { page, close } = await visit(browser, 'second-day', { path: '/?compare=topic%3Agone&compare=topic%3Aenergy' });
    const timeline = page.getByRole('region', { name: 'Timeline' });
    const note = timeline.getByRole('alert');
    await note.getByText('There is no such topic here.').waitFor();
    await note.getByRole('button', { name: 'Stop comparing gone' }).click();
    await until(page, 'compare', 'topic:energy');
    await note.waitFor({ state: 'detached' });
    await close();
  });

  test('topics are compared as the mood is: with what is usual where that is known, else with the period before', async () => {
    const { page, world, close } = await visit(browser, 'second-day', {}, (one) => (one.usual = 'own'));
    const topics = page.getByRole('region', { name: 'Topics' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await topics.getByRole('columnheader', { name: 'What moved it' }).waitFor();
    assert.match(await topics.locator('.row-verdict').first().innerText(), /(darker than|as|calmer than) usual$/);
    await topics.getByText('Too few articles, now or before').waitFor();
    assert.equal(await topics.locator('.row-change').count(), 0);
    // The table compares as it did, also when the one topic is chosen of which it is not known what is usual.
    const verdicts = await topics.locator('.row-verdict').allInnerTexts();
    await topics.locator('tr', { hasText: 'Too few articles, now or before' }).locator('th .link').click();
    await page.getByRole('region', { name: 'Mood now' }).getByText('Too few articles, now or before').waitFor();
    await page.waitForTimeout(500);
    assert.deepEqual(await topics.locator('.row-verdict').allInnerTexts(), verdicts);
    assert.equal(await topics.locator('.row-change').count(), 0);
    assert.ok(asked.every((url) => !/drivers[?].*by=topic.*against=before/.test(url)));
    await topics.locator('tr.chosen th .link').click();
    const place = page.url();
    // Requests of the page as it was must not count.
    await page.goto('about:blank');
    world.usual = undefined;
    asked.length = 0;
    await page.goto(place);
    await topics.locator('.row-change').waitFor();
    assert.equal(await topics.locator('.row-verdict').count(), 0);
    const drivers = asked.filter((url) => /drivers[?].*by=topic/.test(url));
    assert.ok(drivers.length > 0 && drivers.every((url) => url.includes('against=before')), drivers.join());
    await close();
  });

  test('where things are kept for some days only, longer periods are not offered, and a cut is told', async () => {
    const { page, server, close } = await visit(browser, 'second-day', { path: '/?period=30d' }, (world) => (world.keptDays = 7));
    const mood = page.getByRole('region', { name: 'Mood now' });
    await mood.getByRole('alert').getByText('must be at most 7d').waitFor();
    await mood.getByRole('button', { name: 'Show the last 24 hours' }).click();
    await mood.locator('.mood-tone').waitFor();
    assert.deepEqual(await page.getByLabel('Period').locator('option').allInnerTexts(), ['Last 24 h', 'Last 48 h', 'Last 7 days']);
    assert.equal(await page.getByText('from before').count(), 0);
    const [from, to] = [new Date(Date.now() - 9 * 86_400_000).toISOString(), new Date().toISOString()];
    await page.goto(`${server.url}/?from=${from}&to=${to}`);
    await mood.getByText(/nothing is kept from before /).waitFor();
    await page
      .getByRole('region', { name: 'Timeline' })
      .getByText(/nothing is kept from before /)
      .waitFor();
    await page
      .getByRole('region', { name: 'Biggest stories' })
      .getByText(/No article is kept from before /)
      .waitFor();
    await close();
  });

  test('brushing the timeline zooms the whole page, and the reset leads back', async () => {
    const { page, close } = await visit(browser, 'second-day');
    // Only the count: the number of pending articles stands beside it and comes from another answer.
    const before = (await page.locator('.mood-volume').innerText()).split('·')[0]?.trim();
    const box = await page.locator('.chart').boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 420, box.y + 150);
    await page.mouse.down();
    await page.mouse.move(box.x + 560, box.y + 150, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/from=.*to=/);
    await page.waitForFunction((old) => document.querySelector('.mood-volume')?.textContent?.split('·')[0]?.trim() !== old, before);
    assert.ok((await page.getByRole('region', { name: 'Timeline' }).locator('tbody tr').count()) < 24);
    await page.getByRole('button', { name: 'Reset zoom' }).click();
    await until(page, 'from', null);
    await page.waitForFunction((old) => document.querySelector('.mood-volume')?.textContent?.split('·')[0]?.trim() === old, before);
    await close();
  });

  test('the same with keys, and with two times', async () => {
    const { page, close } = await visit(browser, 'second-day');
    const chart = page.getByRole('slider', { name: /Timeline/ });
    await chart.focus();
    await page.keyboard.press('End');
    assert.match((await chart.getAttribute('aria-valuetext')) ?? '', /tone/);
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(/from=/);
    const hours = (Date.parse(query(page).get('to') ?? '') - Date.parse(query(page).get('from') ?? '')) / 3_600_000;
    assert.equal(hours, 4);
    await page.getByRole('button', { name: 'Choose times' }).click();
    const start = page.getByLabel('From', { exact: true });
    await start.fill((await page.getByLabel('To', { exact: true }).inputValue()).replace(/T.*/, 'T00:00'));
    await page.getByLabel('To', { exact: true }).fill((await start.inputValue()).replace(/T.*/, 'T05:00'));
    await page.getByRole('button', { name: 'Zoom', exact: true }).click();
    await page.waitForURL((url) => Date.parse(url.searchParams.get('to') ?? '') - Date.parse(url.searchParams.get('from') ?? '') === 5 * 3_600_000);
    await close();
  });

  for (const [name, size] of [
    ['in one chart', { width: 1280, height: 900 }],
    ['in small charts on a phone', { width: 360, height: 780 }],
  ] as const) {
    test(`scopes are compared ${name}, and the address keeps them`, async () => {
      const { page, close, complaints } = await visit(browser, 'second-day', { size, path: '/?topic=energy' });
      const timeline = page.getByRole('region', { name: 'Timeline' });
      const choice = timeline.getByRole('combobox', { name: 'Compare with' });
      assert.equal(await choice.locator('option[value="topic:energy"]').count(), 0, 'what is shown is not offered again');
      await choice.selectOption('all');
      await until(page, 'compare', 'all');
      const sources = await choice.locator('optgroup[label="Sources"] option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
      await choice.selectOption(sources[0]!);
      await choice.selectOption(sources[1]!);
      await page.waitForURL((url) => url.searchParams.getAll('compare').length === 3);
      await timeline.locator('svg .scope-3 .scope-line').last().waitFor();
      assert.equal(await choice.count(), 0, 'four lines are the most');
      assert.equal(await timeline.locator('.chart .scope-line').count(), 4);
      assert.equal(await timeline.locator('.scope-title').count(), size.width < 640 ? 4 : 0);
      assert.equal(await timeline.getByRole('table').locator('thead th').count(), 5);
      await page.getByRole('slider', { name: /Timeline of Energy, All articles/ }).focus();
      await page.keyboard.press('End');
      assert.match(
        (await page.getByRole('slider', { name: /Timeline of/ }).getAttribute('aria-valuetext')) ?? '',
        /Energy: [−+]0[.]\d\d, .* · All articles: [−+]0[.]\d\d, /,
      );
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scroll');
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/compare-${size.width}.png`, fullPage: true });
      await page.reload();
      await timeline.getByRole('button', { name: 'Stop comparing All articles' }).click();
      await page.waitForURL((url) => url.searchParams.getAll('compare').join() === `${sources[0]},${sources[1]}`);
      await page.goBack();
      await page.waitForURL((url) => url.searchParams.getAll('compare').length === 3);
      assert.deepEqual(complaints, []);
      await close();
    });
  }

  test('keys: search, move, open, close, help', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page.locator('[data-article-row]').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('rail');
    await until(page, 'q', 'rail');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => [...document.querySelectorAll('[data-article-row] .headline')].every((row) => /rail/i.test(row.textContent ?? '')));
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    assert.ok(
      await page
        .locator('[data-article-row]')
        .first()
        .evaluate((row) => row === document.activeElement),
    );
    await page.keyboard.press('o');
    await page.locator('.detail').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.detail').waitFor({ state: 'detached' });
    assert.ok(
      await page
        .locator('[data-article-row]')
        .first()
        .evaluate((row) => row === document.activeElement),
    );
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys and reading help' });
    await help.waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    assert.ok(
      await page
        .locator('[data-article-row]')
        .first()
        .evaluate((row) => row === document.activeElement),
    );
    await close();
  });

  test('new articles slide in at the top of an untouched list, otherwise a pill announces them', async () => {
    const { page, world, server, close } = await visit(browser, 'second-day');
    await page.getByText('live', { exact: true }).waitFor();
    const first = page.locator('[data-article-row]').first();
    const before = await first.getAttribute('data-article-row');
    await page.mouse.move(5, 5);
    server.tell(arrive(world, 3));
    await page.waitForFunction((old) => document.querySelector('[data-article-row]')?.getAttribute('data-article-row') !== old, before);
    const now = await first.getAttribute('data-article-row');
    await first.hover();
    server.tell(arrive(world, 4));
    const pill = page.getByRole('button', { name: '4 new' });
    await pill.waitFor();
    assert.equal(await first.getAttribute('data-article-row'), now);
    await pill.click();
    await pill.waitFor({ state: 'detached' });
    assert.notEqual(await first.getAttribute('data-article-row'), now);
    await close();
  });

  test('more articles come on demand, and the list says how far it searched', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page.getByText(/searched back to/).waitFor();
    const before = await page.locator('[data-article-row]').count();
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.waitForFunction((old) => document.querySelectorAll('[data-article-row]').length > old, before);
    await page.getByRole('searchbox').fill('no such words at all');
    await page.getByText('No article fits these filters.').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.locator('[data-article-row]').first().waitFor();
    assert.equal(await page.getByRole('searchbox').inputValue(), '');
    await close();
  });
});
