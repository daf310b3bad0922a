import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { episode } from '../src/testing/mock-alerts';
import { assertNoSidewaysScroll, closeAll, openBrowser, visit } from './browser';

const narrow = { width: 390, height: 844 };

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => closeAll(browser));

describe('alerts', () => {
  test('a notice that failed for good is shown with its reason, beside its channel and what rang, and tried again', async () => {
    const { page, world, close } = await visit(browser, 'second-day', { size: narrow });
    const alerts = page.getByRole('region', { name: 'Alerts' });
    await alerts.getByText('1 notice failed permanently: The receiver answers 503.').waitFor();
    await alerts.getByText('Not delivered to Phone: The receiver answers 503.').waitFor();
    await assertNoSidewaysScroll(page);
    await alerts.getByRole('button', { name: 'Try again: notices to Phone' }).press('Enter');
    await alerts.getByText('Not delivered to Phone').waitFor({ state: 'detached' });
    // The button has gone with the notice; whoever pressed it by keyboard goes on from its channel.
    await page.waitForFunction(() => document.activeElement?.closest('.alert-channels li'));
    assert.deepEqual(
      world.alerts.deliveries.map(({ state }) => state),
      ['waiting', 'sent'],
    );
    await close();
  });

  test('more alerts are open than are shown beside the mood; on a phone they stand right below its verdict', async () => {
    const { page, close } = await visit(browser, 'second-day', { size: narrow }, ({ alerts }) => {
      alerts.episodes = [...'abcde'].map((id, index) => episode(alerts.now, id, index + 1));
    });
    const mood = page.getByRole('region', { name: 'Mood now' });
    await mood.getByRole('link', { name: 'and 2 more' }).waitFor();
    const ringing = mood.locator('.mood-verdict + .open-alerts').getByRole('list', { name: 'Alerts that ring' }).getByRole('listitem');
    await ringing.nth(2).waitFor();
    assert.equal(await ringing.count(), 3);
    await mood.getByRole('link', { name: 'and 2 more' }).click();
    await page.waitForFunction(
      () => document.activeElement?.id === 'alerts' || Math.abs(document.getElementById('alerts')?.getBoundingClientRect().top ?? 999) < 200,
    );
    await close();
  });
});
