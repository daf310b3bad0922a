import { HOUR, ManualClock } from '@barometer/kernel';
import { NOW, seed } from '@barometer/reporting/testing';
import type { DocumentClient } from '@barometer/storage-dynamodb';
import { DynamoDbProbe, freshTable, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbReportStore } from './index';
import { recordOf } from './testing/fixtures';

jest.setTimeout(60_000);

/** Repeats its first answer to each query of the index of all articles, until the caller waits. */
class LaggingIndex {
  private readonly answers = new Map<string, unknown>();
  private lags = true;
  /** The waiting time so far, in milliseconds. */
  waited = 0;

  constructor(private readonly client: DocumentClient) {}

  readonly patience = {
    random: () => 0.5,
    sleep: async (milliseconds: number) => {
      this.waited += milliseconds;
      this.lags = false;
    },
  };

  readonly documents: DocumentClient = {
    send: (async (command: { input: { IndexName?: string } }) => {
      const ask = () => (this.client.send as unknown as (one: unknown) => Promise<unknown>)(command);
      if (command.input.IndexName !== 'list' || !this.lags) return ask();
      const key = JSON.stringify(command.input);
      if (!this.answers.has(key)) this.answers.set(key, await ask());
      return this.answers.get(key);
    }) as unknown as DocumentClient['send'],
  };
}

describe('a check during scoring', () => {
  let fresh: FreshTable;
  beforeEach(async () => (fresh = await freshTable()));
  afterEach(() => fresh.close());

  it('does not take a lagging index for a wrong count, and changes nothing', async () => {
    const probe = new DynamoDbProbe(fresh.table, fresh.client);
    const articles = [0, 1, 2].map((number) => recordOf(seed(number, { publishedAt: NOW - number * HOUR })));
    await probe.put(articles.map(({ sentiment: _none, ...article }) => ({ ...article, state: 'pending' as const })));
    const lag = new LaggingIndex(fresh.client);
    const store = new DynamoDbReportStore(fresh.through(lag.documents, lag.patience), new ManualClock(NOW));
    expect(await store.check()).toEqual([]);
    expect(lag.waited).toBe(0);

    for (const { id, sentiment } of articles) if (sentiment) await probe.score(id, sentiment);
    expect(await store.repair()).toBe(0);
    expect(lag.waited).toBeGreaterThan(1_000);
    expect(await new DynamoDbReportStore(fresh.table, new ManualClock(NOW)).check()).toEqual([]);
  });
});
