import { articleIdOf, dayOfHour, HOUR, hourOf, ManualClock, MINUTE } from '@barometer/kernel';
import { NOW, sentimentOf } from '@barometer/reporting/testing';
import { storyDirectory, storyKey, storyList, storySort, untouched, type ArticleRecord } from '@barometer/storage-dynamodb';
import { freshTable, MeteredClient, writeInBulk, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbReportStore } from './index';

jest.setTimeout(300_000);

const period = { from: NOW - 24 * HOUR, to: NOW };
const size = { perArticle: 1, perTone: 0 };
const gas = { topicId: 'gas', version: 1 };
const record = (name: string, number: number, publishedAt: number, more: Partial<ArticleRecord> = {}): ArticleRecord => ({
  ...untouched,
  id: articleIdOf(name),
  number,
  url: '',
  title: name,
  summary: '',
  publishedAt,
  dated: true,
  fetchedAt: publishedAt,
  storedAt: publishedAt,
  state: 'scored',
  sources: [{ sourceId: 'wire' }],
  topics: [],
  sentiment: sentimentOf(-0.5),
  scoredAt: publishedAt,
  ...more,
});

/** A store with a story of this many articles, older than the newest five hundred, and this many other articles after it. */
async function begin(others: number, told = 30) {
  const fresh: FreshTable = await freshTable();
  const story = Array.from({ length: told }, (_, index) =>
    record(`ferry ${index}`, index, NOW - 20 * HOUR + index * MINUTE, {
      topics: index % 3 === 0 ? [gas] : [],
      sources: [{ sourceId: index % 2 ? 'post' : 'wire' }],
      ...(index > 0 && { joinedStory: articleIdOf('ferry 0') }),
    }),
  );
  const rest = Array.from({ length: others }, (_, index) =>
    record(`other ${index}`, 1000 + index, NOW - 10 * HOUR + Math.floor((index / others) * 9 * HOUR), {
      topics: [gas],
      sources: [{ sourceId: 'wire' }, { sourceId: 'post' }],
    }),
  );
  await writeInBulk(fresh.table, [...story, ...rest]);
  await fresh.table.put({ pk: 'TOPICS', sk: 'gas', id: 'gas', rev: 1, name: 'gas', version: 1, readyVersion: 1, createdAt: 0, changedAt: 0, versions: {} });
  const metered = new MeteredClient(fresh.client);
  return { fresh, metered, store: new DynamoDbReportStore(fresh.through(metered), new ManualClock(NOW)) };
}
/** The item that scoring writes for the story; `noted` may be too small. */
const note = ({ table }: FreshTable, noted: number) =>
  table.put({
    ...storyKey(articleIdOf('ferry 0')),
    size: noted,
    directoryKey: storyDirectory(dayOfHour(hourOf(NOW - 20 * HOUR))),
    directorySort: storySort(noted, articleIdOf('ferry 0')),
  });

describe('the largest stories in DynamoDB', () => {
  let open: FreshTable | undefined;
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });

  it('are found behind the newest articles by the sizes that scoring stored, and counted by their articles whatever was stored', async () => {
    const { fresh, store } = await begin(700);
    open = fresh;
    expect(await store.heaviestStories({}, period, size, 5)).toEqual([]);
    await note(fresh, 12);
    expect(await store.heaviestStories({}, period, size, 5)).toMatchObject([
      { id: articleIdOf('ferry 0'), articles: 30, toneSum: -15_000_000, firstAt: NOW - 20 * HOUR },
    ]);
    expect(await store.heaviestStories({ topicId: 'gas' }, period, size, 5)).toMatchObject([{ articles: 10 }]);
    expect(await store.heaviestStories({ topicId: 'gas', sourceId: 'post' }, period, size, 5)).toMatchObject([{ articles: 5 }]);
    expect(await store.heaviestStories({}, { ...period, to: NOW - 19.75 * HOUR }, size, 5)).toMatchObject([{ articles: 15 }]);
    expect(store.findsEveryStory).toBe(false);
  });

  it('are counted although rows of an older version do not contain topics and sources', async () => {
    const { fresh, store } = await begin(700);
    open = fresh;
    await note(fresh, 30);
    for (const row of await fresh.table.all({ partition: storyList(articleIdOf('ferry 0')) })) {
      const { topics: _topics, ...older } = row;
      await fresh.table.put({ ...older, sourceIds: [] } as typeof row);
    }
    expect(await store.heaviestStories({ topicId: 'gas', sourceId: 'post' }, period, size, 5)).toMatchObject([{ articles: 5 }]);
    expect(await store.heaviestStories({}, period, size, 5)).toMatchObject([{ articles: 30 }]);
  });

  it('cost no more however many articles there are', async () => {
    const units: number[] = [];
    for (const others of [700, 3_000]) {
      const { fresh, metered, store } = await begin(others);
      await note(fresh, 30);
      metered.take();
      await store.heaviestStories({}, period, size, 20);
      units.push(metered.take().readUnits);
      await fresh.close();
    }
    expect(Math.abs((units[0] ?? 0) - (units[1] ?? NaN))).toBeLessThan(2);
    expect(units[0]).toBeLessThan(120);
  });
});
