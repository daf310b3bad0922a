import type { ArticlesOfTopic, BackfillRow, StoredTopic, TopicRecords } from '@barometer/ingestion';
import {
  ALL_LIST,
  ArticleWriter,
  changeTopic,
  counterKey,
  listSortBefore,
  numberBucket,
  NUMBERS_A_BUCKET,
  numberText,
  readTopic,
  readTopics,
  sweepDrops,
  timeText,
  topicItemKey,
  type DynamoDbTable,
  type Item,
  type TransactItem,
} from '@barometer/storage-dynamodb';

type Become = <T extends StoredTopic>(topic: T) => T;

/** The topics of the DynamoDB store. Articles change in transactions of one or several; the topic changes in the last one. */
export class DynamoDbTopicRecords implements TopicRecords {
  constructor(private readonly table: DynamoDbTable) {}

  async topics(): Promise<readonly StoredTopic[]> {
    return readTopics(this.table);
  }

  async lastNumber(): Promise<number> {
    return Number((await this.table.get(counterKey, { consistent: true }))?.['last'] ?? 0);
  }

  async newestFirst({ upTo, before }: Parameters<TopicRecords['newestFirst']>[0], since: number, limit: number): Promise<readonly BackfillRow[]> {
    const to = before ? { to: listSortBefore(...before) } : {};
    const range = { index: 'list' as const, partition: ALL_LIST, descending: true, from: timeText(since), ...to };
    return this.take({ ...range, pageSize: limit }, limit, ({ number }) => number <= upTo);
  }

  async arrivals(after: number, since: number, limit: number): Promise<readonly BackfillRow[]> {
    const last = await this.lastNumber();
    const found: BackfillRow[] = [];
    for (let start = after + 1; start <= last && found.length < limit; start = (Math.floor(start / NUMBERS_A_BUCKET) + 1) * NUMBERS_A_BUCKET) {
      const range = { index: 'directory' as const, partition: numberBucket(start), from: numberText(start), pageSize: limit };
      found.push(...(await this.take(range, limit - found.length, ({ publishedAt }) => publishedAt >= since)));
    }
    return found;
  }

  async change(topicId: string, become: Become, articles?: ArticlesOfTopic): Promise<void> {
    if (articles) {
      await new ArticleWriter(this.table).change(
        articles.ids,
        (article) => article && articles.again(article),
        () => this.whileItChanges(topicId, become),
      );
    }
    const { before, after } = await changeTopic(this.table, topicId, (topic) => topic && become(topic));
    if (Object.keys(before?.versions ?? {}).some((version) => !(version in (after?.versions ?? {})))) await sweepDrops(this.table, { topicId });
  }

  /** Conditions that tie an article's transaction to the topic's version; `undefined` if the topic would not change any more. */
  private async whileItChanges(topicId: string, become: Become): Promise<TransactItem[] | undefined> {
    const topic = await readTopic(this.table, topicId);
    if (!topic || become(topic) === topic) return undefined;
    return [
      {
        ConditionCheck: {
          TableName: this.table.name,
          Key: { ...topicItemKey(topicId) },
          ConditionExpression: 'version = :version',
          ExpressionAttributeValues: { ':version': topic.version },
        },
      },
    ];
  }

  private async take(range: Parameters<DynamoDbTable['query']>[0], limit: number, isWanted: (row: BackfillRow) => boolean): Promise<BackfillRow[]> {
    const found: BackfillRow[] = [];
    for await (const item of this.table.query(range)) {
      const row = rowOf(item);
      if (isWanted(row)) found.push(row);
      if (found.length >= limit) break;
    }
    return found;
  }
}

const rowOf = (item: Item): BackfillRow => ({
  articleId: String(item['id']),
  title: String(item['title']),
  summary: String(item['summary']),
  number: Number(item['number']),
  publishedAt: Number(item['publishedAt']),
});
