import { articleIdOf, DAY, HOUR, ManualClock } from '@barometer/kernel';
import { NOW, sentimentOf } from '@barometer/reporting/testing';
import { untouched } from '@barometer/storage-dynamodb';
import { DynamoDbProbe, freshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbReportStore } from './index';

jest.setTimeout(120_000);

it('reads a source that is spread over several items as one, and finds nothing to fix', async () => {
  const fresh = await freshTable();
  try {
    const probe = new DynamoDbProbe(fresh.table, fresh.client);
    const numbers = Array.from({ length: 120 }, (_, number) => number);
    // Twelve transactions: the articles of each decide into which of the four items it counts.
    for (let start = 0; start < numbers.length; start += 10) {
      await probe.put(
        numbers.slice(start, start + 10).map((number) => ({
          ...untouched,
          id: articleIdOf(`${number}`),
          number,
          url: '',
          title: '',
          summary: '',
          publishedAt: NOW - HOUR,
          dated: true,
          fetchedAt: NOW,
          storedAt: NOW,
          state: 'scored' as const,
          sentiment: sentimentOf(0.5),
          sources: [{ sourceId: 'wire' }, ...(number % 10 === 0 ? [{ sourceId: 'quiet' }] : [])],
          topics: [],
        })),
      );
    }
    const itemsOf = async (scope: string) => (await fresh.table.all({ partition: `R#${scope}`, consistent: true })).length;
    expect([await itemsOf('all'), await itemsOf('s:wire'), await itemsOf('s:quiet')]).toEqual([4, 4, 1]);

    const store = new DynamoDbReportStore(fresh.table, new ManualClock(NOW));
    const period = { from: NOW - DAY, to: NOW };
    expect(await store.hours({ sourceId: 'wire' }, period)).toEqual([expect.objectContaining({ positive: 120 })]);
    const bySource = await store.hoursBy('source', {}, period);
    expect([...bySource].map(([id, hours]) => [id, hours.map(({ positive }) => positive)]).sort()).toEqual([
      ['quiet', [12]],
      ['wire', [120]],
    ]);
    expect(await store.check()).toEqual([]);
  } finally {
    await fresh.close();
  }
});
