import type { ImportedRow } from '@barometer/ingestion';
import { NOW, sourceNamed } from '@barometer/ingestion/testing';
import { DAY, HOUR, hourOf, ManualClock, STANDARD_RETENTION, type Retention } from '@barometer/kernel';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';
import { composeSystem } from './composition-root';
import { readSettings } from './config';
import { sqliteStores } from './stores/sqlite-stores';
import { tokens } from './tokens';

const words = ['disaster', 'victory', 'council', 'war', 'peace', 'budget'];
/** Eight articles a day for a month, of two publishers. */
const month: ImportedRow[] = Array.from({ length: 240 }, (_, index) => ({
  title: `A ${words[index % words.length]} of the year, part ${index}`,
  url: `https://${index % 3 === 0 ? 'west' : 'north'}.example/${index}`,
  publishedAt: NOW - DAY - index * 3 * HOUR,
  publisher: index % 3 === 0 ? 'The West' : 'Source north',
}));

async function open(retention: Retention = STANDARD_RETENTION) {
  const database = openDatabase(':memory:', { retention });
  const clock = new ManualClock(NOW);
  const container = composeSystem({
    settings: readSettings({}, '/repository'),
    classifier: new KeywordClassifier(),
    stores: sqliteStores(database),
    log: () => undefined,
  });
  (await container.rebind(tokens.clock)).toConstantValue(clock);
  await container.get(tokens.sourceStore).add(sourceNamed('north', { url: 'https://north.example/feed' }));
  return {
    clock,
    database,
    get: container.get.bind(container),
    articles: () => new SqliteProbe(database).articles(),
    score: async () => {
      while ((await container.get(tokens.scoreArticles).execute()).leased > 0);
    },
    differences: async () => (await container.get(tokens.checkInvariant).execute()).discrepancies,
  };
}

describe('an imported month', () => {
  it('is counted at its own time, once, also when it is imported again and when a feed lists it later', async () => {
    const { get, score, articles, differences, database } = await open();
    for (const part of [month.slice(0, 100), month.slice(50), month]) {
      const importing = get(tokens.beginImport)();
      for (let at = 0; at < part.length; at += 64) await importing.add(part.slice(at, at + 64));
      await score();
    }
    expect([(await articles()).length, await differences()]).toEqual([240, []]);
    const { buckets } = await get(tokens.getTimeline).execute({ period: { from: NOW - 40 * DAY, to: NOW }, bucket: 'hour' });
    expect(buckets.filter(({ volume }) => volume > 0).map(({ from, volume }) => [hourOf(from), volume])).toEqual(
      month.map(({ publishedAt }) => [hourOf(publishedAt), 1]).reverse(),
    );

    const [, feedItem] = month;
    const bytes = Buffer.from(
      `<rss version="2.0"><channel><title>North</title><item><title>${feedItem?.title}</title><link>${feedItem?.url}?utm_source=rss</link><guid>g1</guid><pubDate>${new Date(feedItem?.publishedAt ?? 0).toUTCString()}</pubDate></item></channel></rss>`,
    );
    jest.spyOn(get(tokens.feedFetcher), 'fetch').mockResolvedValue({
      ok: true,
      value: { kind: 'document', body: bytes, url: 'https://north.example/feed', httpStatus: 200, contentType: 'text/xml' } as never,
    });
    expect(await get(tokens.pollSources).execute()).toMatchObject({ polled: 1, failed: 0, newArticles: 0 });
    expect([(await articles()).length, await differences()]).toEqual([240, []]);
    database.close();
  });

  it('is marked as imported, not as observed, and does not count towards the usual range', async () => {
    const { get, score, database } = await open();
    await get(tokens.beginImport)().add(month);
    await score();
    const period = { from: NOW - 32 * DAY, to: NOW };
    const { buckets } = await get(tokens.getTimeline).execute({ period, bucket: 'day' });
    expect(
      buckets
        .map(({ observed, importedHours, volume }) => [observed, importedHours > 0, volume > 0])
        .every(([observed, imported, spoke]) => !observed && imported === spoke),
    ).toBe(true);
    expect(await get(tokens.reportStore).observedHours(undefined, period)).toEqual([]);
    expect(await get(tokens.alertNews).observed({}, { from: hourOf(period.from), to: hourOf(period.to) })).toEqual(new Set());
    expect((await get(tokens.getMood).execute({ period: { from: NOW - 2 * DAY, to: NOW } })).usual).toEqual({ missing: 'not-enough-history' });
    expect(await get(tokens.sourceStore).find('the-west')).toMatchObject({ kind: 'import', paused: true });
    expect(await get(tokens.sourceStore).leaseDue(NOW + 400 * DAY, 10, 1)).toHaveLength(1);
    database.close();
  });
});

describe('another retention on an existing store', () => {
  it('hides and shows articles at once, and a check reports only what it can know', async () => {
    const { get, score, database, differences } = await open({ articles: 400 * DAY, rollups: 400 * DAY });
    const old = [{ ...month[0]!, url: 'https://north.example/old', publishedAt: NOW - 300 * DAY }];
    await get(tokens.beginImport)().add([...month, ...old]);
    await score();
    const seen = async (retention: Retention) => {
      Object.assign(database, { retention });
      const system = composeSystem({
        settings: readSettings({}, '/repository'),
        classifier: new KeywordClassifier(),
        stores: sqliteStores(database),
        log: () => undefined,
      });
      (await system.rebind(tokens.clock)).toConstantValue(new ManualClock(NOW));
      const { buckets } = await system.get(tokens.getTimeline).execute({ period: { from: 0, to: NOW }, bucket: 'day' });
      const { articles } = await system.get(tokens.getStatus).execute();
      const check = await system.get(tokens.checkInvariant).execute();
      return {
        articles: articles.scored,
        counted: buckets.reduce((sum, { volume }) => sum + volume, 0),
        check,
        remove: () => system.get(tokens.articleStore).removeExpired(NOW),
      };
    };
    expect(await differences()).toEqual([]);
    const inDays = (days: number) => month.filter(({ publishedAt }) => hourOf(publishedAt) > hourOf(NOW - days * DAY)).length;
    const [week, months] = [7, 90].map((days) => ({ articles: days * DAY, rollups: days * DAY }));
    expect(await seen(week!)).toMatchObject({ articles: inDays(7), counted: inDays(7), check: { discrepancies: [] } });
    expect(await seen(months!)).toMatchObject({ articles: 240, counted: 240, check: { discrepancies: [] } });
    const outliving = await seen({ articles: 7 * DAY, rollups: 400 * DAY });
    expect(outliving).toMatchObject({ articles: inDays(7), counted: 241, check: { discrepancies: [], since: (hourOf(NOW - 7 * DAY) + 1) * HOUR } });
    expect(await outliving.remove()).toBe(241 - inDays(7));
    // The articles are gone, their counts are not: a check that took the counts for wrong would destroy them, and an
    // import would count articles twice.
    expect(await seen({ articles: 400 * DAY, rollups: 400 * DAY })).toMatchObject({
      counted: 241,
      check: { discrepancies: [], since: (hourOf(NOW - 7 * DAY) + 1) * HOUR },
    });
    expect(await get(tokens.beginImport)().add(month)).toMatchObject({ stored: 0, known: inDays(7), tooOld: 240 - inDays(7) });
    database.close();
  });
});
