import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedItem } from '@barometer/ingestion';
import { feedTrial, missesOf, NOW, sourceNamed, trialSeeds, type TrialFeed } from '@barometer/ingestion/testing';
import { DAY, ManualClock } from '@barometer/kernel';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';
import { composeSystem } from './composition-root';
import { readSettings } from './config';
import { sqliteStores } from './stores/sqlite-stores';
import { tokens } from './tokens';

/** Headlines, one a line, in place of invented ones; to try it with real ones: HEADLINES_FILE=… npm run fuzz -- --only identity-trial */
const file = process.env['HEADLINES_FILE'];
const headlines =
  file === undefined
    ? undefined
    : readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');

// What the contract suites of the stores try with a feed's items is tried here with its bytes, over HTTP.
describe('feeds on a local server that change guids, links, schemes and dates between polls', () => {
  const answers = new Map<string, string>();
  let server: Server;

  beforeAll(async () => {
    server = createServer(
      (request, response) => void response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8' }).end(answers.get(request.url ?? '')),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each(trialSeeds(2).map((seed) => [seed]))(
    'leave one article for each story, counted once, after each poll (trial %i)',
    async (seed) => {
      const trial = feedTrial({ seed, begins: NOW, ...(headlines && { headlines }) });
      const database = openDatabase(':memory:');
      const settings = readSettings({ ALLOW_PRIVATE_SOURCES: '1' }, '/repository');
      const clock = new ManualClock(NOW);
      const container = composeSystem({ settings, classifier: new KeywordClassifier(), stores: sqliteStores(database), log: () => undefined });
      (await container.rebind(tokens.clock)).toConstantValue(clock);
      const sources = container.get(tokens.sourceStore);
      for (const { id } of trial.feeds) await sources.add(sourceNamed(id, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${id}` }));
      for (const [poll, time] of trial.times.entries()) {
        clock.advance(time - clock.now());
        for (const feed of trial.feeds) answers.set(`/${feed.id}`, rss(feed, feed.polls[poll] ?? []));
        for (const { id } of trial.feeds) await sources.makeDue(id, time);
        expect(await container.get(tokens.pollSources).execute({ concurrency: 1 })).toMatchObject({ polled: trial.feeds.length, failed: 0 });
        while ((await container.get(tokens.scoreArticles).execute()).leased > 0);

        const stored = await new SqliteProbe(database).articles();
        expect(missesOf(trial, poll, stored)).toEqual([]);
        expect(stored).toHaveLength(trial.storiesAfter(poll).length);
        expect((await container.get(tokens.checkInvariant).execute()).discrepancies).toEqual([]);
        const { buckets } = await container.get(tokens.getTimeline).execute({ period: { from: NOW - 10 * DAY, to: time + 1 }, bucket: 'hour' });
        expect(buckets.reduce((sum, { volume }) => sum + volume, 0)).toBe(stored.filter(({ state }) => state === 'scored').length);
      }
      database.close();
    },
    120_000,
  );
});

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function rss({ homepage }: TrialFeed, items: readonly FeedItem[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed of a trial</title><link>${homepage}</link><language>en</language>${items.map(itemOf).join('')}</channel></rss>`;
}

function itemOf({ title = '', link, guid, publishedAt }: FeedItem): string {
  return [
    '<item>',
    `<title>${escaped(title)}</title>`,
    link === undefined ? '' : `<link>${escaped(link)}</link>`,
    guid === undefined ? '' : `<guid${guid === link ? '' : ' isPermaLink="false"'}>${escaped(guid)}</guid>`,
    publishedAt === undefined ? '' : `<pubDate>${new Date(publishedAt).toUTCString()}</pubDate>`,
    '</item>',
  ].join('');
}
