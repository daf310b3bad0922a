import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { KEY, type World } from '../src/testing/mock-world';
import { assertAccessible, assertNoSidewaysScroll, closeAll, openBrowser, phone, visit, wide } from './browser';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

const at = new Date().toISOString();
const sessions = [
  { id: '0000000000000001', name: 'Dora Example', email: 'dora@example.org', role: 'admin' as const, current: true, createdAt: at, seenAt: at, expiresAt: at },
  { id: '0000000000000002', name: 'Bert Example', role: 'read' as const, current: false, createdAt: at, seenAt: at, expiresAt: at },
];
const signedIn = (role: World['role']) => (world: World) => void Object.assign(world, { provider: true, role, sessions: [...sessions] });

describe('signing in', () => {
  test('begins at the provider, keeps the view, and still offers an access key', async () => {
    const { page, complaints, close } = await visit(browser, 'needs-key', { path: '/?topic=energy&sign-in=expired' }, (world) => (world.provider = true));
    await page.getByText('This sign-in took too long').waitFor();
    assert.equal(new URL(page.url()).search, '?topic=energy');
    const link = page.getByRole('link', { name: 'Sign in with your account' });
    assert.equal(await link.getAttribute('href'), '/api/v1/session/sign-in?returnTo=%2F%3Ftopic%3Denergy');
    await assertAccessible(page, 'signing in');
    await page.getByLabel('Access key').fill(KEY);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('region', { name: 'Mood now' }).waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  for (const code of ['cancelled', 'refused', 'unreachable', 'rejected', '<b>odd</b>']) {
    test(`says why it failed: ${code}`, async () => {
      const { page, close } = await visit(
        browser,
        'needs-key',
        { path: `/?sign-in=${encodeURIComponent(code)}`, size: phone },
        (world) => (world.provider = true),
      );
      const said = await page.locator('.sign-in').getByRole('alert').innerText();
      assert.ok(said.length > 40 && !said.includes('<b>'), said);
      await close();
    });
  }

  test('readers without write access see that in place of buttons, and why', async () => {
    for (const [size, theme] of [
      [wide, 'light'],
      [phone, 'dark'],
    ] as const) {
      const { page, complaints, close } = await visit(browser, 'second-day', { size, theme }, signedIn('read'));
      await page.locator('[data-article-row]').first().waitFor();
      assert.equal(await page.getByRole('button', { name: 'Add source' }).count(), 0);
      for (const what of ['topics', 'sources', 'alerts', 'digests'])
        await page.getByRole('button', { name: `Reading only: why you cannot change ${what}` }).waitFor();
      await assertAccessible(page, `reading only, ${theme}`);
      await assertNoSidewaysScroll(page);
      await page.getByRole('button', { name: 'Reading only: why you cannot change topics' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('You are signed in as Anna Example (anna@example.org).').waitFor();
      await dialog.getByText('You may not change sources, topics, alerts').waitFor();
      await assertAccessible(page, `your access, ${theme}`);
      assert.deepEqual(complaints, []);
      await close();
    }
  });

  test('an administrator ends the session of another, and signs out', async () => {
    const { page, world, close } = await visit(browser, 'second-day', { size: phone }, signedIn('admin'));
    await page.getByRole('button', { name: 'Your access' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Bert Example').waitFor();
    await assertAccessible(page, 'sessions');
    await assertNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'End the session of Bert Example' }).click();
    await dialog.getByText('Bert Example').waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('button', { name: 'End the session of Dora Example' }).count(), 0);
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in with your account' }).waitFor();
    assert.equal(world.signedIn, false);
    await close();
  });

  test('all sessions end after a confirmation', async () => {
    const { page, close } = await visit(browser, 'second-day', {}, signedIn('admin'));
    await page.getByRole('button', { name: 'Your access' }).click();
    await page.getByRole('button', { name: 'End all sessions' }).click();
    await page.getByRole('button', { name: 'Keep them' }).click();
    await page.getByRole('button', { name: 'End all sessions' }).click();
    await page.getByRole('button', { name: 'End them all' }).click();
    await page.getByRole('link', { name: 'Sign in with your account' }).waitFor();
    await close();
  });

  test('on a computer that needs no key nobody has to say who they are', async () => {
    const { page, close } = await visit(browser, 'second-day');
    await page.getByRole('button', { name: 'Add source' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /Your access|Reading only/ }).count(), 0);
    await close();
  });
});
