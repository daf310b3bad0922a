import { dayOfHour, STANDARD_RETENTION, type Clock, type Retention } from '@barometer/kernel';
import { seed, type ReportStoreFixture, type SeedArticle, type TopicStoreFixture } from '@barometer/reporting/testing';
import {
  changeTopic,
  dayText,
  DayCounters,
  decideAndWrite,
  hoursOf,
  importedPartition,
  observedPartition,
  readTopic,
  sweepDrops,
  untouched,
  versionsOf,
  type ArticleRecord,
  type DynamoDbTable,
} from '@barometer/storage-dynamodb';
import { DynamoDbProbe, freshTable, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbReportStore, DynamoDbTopicStore } from '../index';

const opened: Promise<FreshTable>[] = [];

/** Removes every table that a fixture has created. */
export async function closeTables(): Promise<void> {
  for (const fresh of opened.splice(0)) await (await fresh).close();
}

/** Fixtures prepare synchronously, but DynamoDB is asynchronous: the work is queued here, and every call of the store waits for it. */
class Setup {
  private readonly fresh: Promise<FreshTable>;
  private last: Promise<unknown>;

  constructor(private readonly retention: Retention = STANDARD_RETENTION) {
    this.last = this.fresh = freshTable(retention);
    opened.push(this.fresh);
  }

  run(work: (table: DynamoDbTable, probe: DynamoDbProbe) => Promise<unknown>): void {
    this.last = this.last.then(async () => {
      const { table, client } = await this.fresh;
      await work(table, new DynamoDbProbe(table, client));
    });
  }

  async ready(): Promise<FreshTable> {
    await this.last;
    return this.fresh;
  }

  /** A store whose every method waits for the setup. */
  store<Store extends object>(make: (table: DynamoDbTable) => Store): Store {
    const call = async (name: string | symbol, parameters: readonly unknown[]) => {
      const store = make((await this.ready()).table);
      return (Reflect.get(store, name) as (...all: unknown[]) => unknown).apply(store, [...parameters]);
    };
    async function* iterate(parameters: readonly unknown[]) {
      yield* (await call('sourceDays', parameters)) as AsyncIterable<unknown>;
    }
    return new Proxy({} as Store, {
      get: (_, name) =>
        name === 'retention'
          ? this.retention
          : name === 'findsEveryStory'
            ? false
            : (...parameters: unknown[]) => (name === 'sourceDays' ? iterate(parameters) : call(name, parameters)),
    });
  }
}

let number = 0;

/** An article of the contract suites as the store keeps it. */
export const recordOf = ({ sourceIds, topics, ...article }: SeedArticle): ArticleRecord => ({
  ...untouched,
  ...article,
  number: (number += 1),
  url: `https://example.org/${article.id}`,
  dated: true,
  fetchedAt: article.storedAt,
  sources: sourceIds.map((sourceId) => ({ sourceId })),
  topics,
});

export function reportFixture(clock: Clock, retention?: Retention): ReportStoreFixture {
  const setup = new Setup(retention);
  const mark = (partition: (id: string) => string) => (sourceId: string, hour: number) =>
    setup.run(async (table) => {
      for (const id of ['', sourceId])
        await table.update({ pk: partition(id), sk: dayText(dayOfHour(hour)) }, 'ADD hours :hour', { values: { ':hour': new Set([hour]) } });
    });
  return {
    store: setup.store((table) => new DynamoDbReportStore(table, clock)),
    articles: (articles) => setup.run((_, probe) => probe.put(articles.map(recordOf))),
    topic: ({ id, version, readyVersion }) =>
      setup.run((table) =>
        changeTopic(table, id, () => ({
          id,
          rev: 0,
          name: id,
          version,
          createdAt: 0,
          changedAt: 0,
          versions: {},
          ...(readyVersion !== undefined && { readyVersion }),
        })),
      ),
    observed: mark(observedPartition),
    imported: mark(importedPartition),
    spoil: (scope, hour) =>
      setup.run((table) =>
        decideAndWrite(table, async () => {
          const counters = new DayCounters();
          counters.addIncrement({ scope, hour, negative: 0, neutral: 0, positive: 1, toneSum: 0, toneSquares: 0 });
          return { answer: undefined, actions: counters.actions(table.name, 1) };
        }),
      ),
  };
}

export function topicFixture(): TopicStoreFixture {
  const setup = new Setup();
  return {
    store: setup.store((table) => new DynamoDbTopicStore(table)),
    finish: (id) =>
      setup.run(async (table) => {
        await changeTopic(
          table,
          id,
          (topic) =>
            topic && {
              ...topic,
              readyVersion: topic.version,
              versions: { [topic.version]: topic.versions[topic.version] ?? { rule: { anyOf: [], allOf: [], noneOf: [] } } },
            },
        );
        await sweepDrops(table, { topicId: id });
      }),
    join: (topicId, version) => setup.run((_, probe) => probe.put([recordOf(seed(`${topicId} ${version}`, { topics: [{ topicId, version }] }))])),
    traces: async (id) => {
      const { table, client } = await setup.ready();
      const topic = await readTopic(table, id);
      const items = await new DynamoDbProbe(table, client).scan((item) => String(item['pk']).startsWith(`R#t:${id}@`));
      const counted = items.filter((item) => hoursOf([item]).some(({ negative, neutral, positive }) => negative + neutral + positive > 0));
      return { versions: topic ? versionsOf(topic) : [], scopes: [...new Set(counted.map((item) => String(item['pk']).slice(2)))].sort() };
    },
  };
}
