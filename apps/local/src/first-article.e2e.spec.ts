import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { startBarometer, type RunningBarometer } from './testing/barometer-process';
import { startFeedServer, type FeedServer } from './testing/feed-server';

const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

describe('an article on its whole way', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-first-'));
  let feeds: FeedServer;
  let barometer: RunningBarometer;
  let browser: Browser;

  beforeAll(async () => {
    const published = new Date(Date.now() - 30 * 60_000);
    feeds = await startFeedServer(
      new Map([
        [
          '/feed.xml',
          [
            {
              title: 'Dozens killed as ferry sinks in violent storm',
              link: 'https://news.example/ferry',
              published,
              summary: 'Rescuers search for survivors.',
            },
          ],
        ],
      ]),
    );
    const sources = [
      {
        id: 'local',
        name: 'Local Times',
        url: `http://127.0.0.1:${feeds.port}/feed.xml`,
        homepage: 'https://news.example/',
        language: 'en',
        groups: ['world'],
      },
    ];
    writeFileSync(join(folder, 'sources.yaml'), JSON.stringify({ sources }));
    barometer = await startBarometer({ DATA_DIR: join(folder, 'data'), SOURCES_FILE: join(folder, 'sources.yaml') });
    browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: chromiumFlags });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await barometer?.end('SIGINT');
    await feeds?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes from a feed into the store, is scored and appears on the page', async () => {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(barometer.address);
    const article = page.getByText('Dozens killed as ferry sinks in violent storm').first();
    await article.waitFor({ timeout: 60_000 });
    const listed = (await (await fetch(`${barometer.address}/api/v1/articles`)).json()) as {
      items: { title: string; sentiment: { label: string; tone: number } }[];
    };
    expect(listed.items).toHaveLength(1);
    expect(listed.items[0]).toMatchObject({ sentiment: { label: 'negative' } });
    expect(listed.items[0]?.sentiment.tone).toBeLessThan(-0.5);
    expect(await page.locator('body').innerText()).toMatch(/negative/i);
    expect(problems).toEqual([]);
  }, 120_000);
});
