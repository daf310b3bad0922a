import type { Sentiment } from '@barometer/events';
import { byScopeAndHour, type NewProbeArticle, type ProbedArticle, type StoreProbe } from '@barometer/events/testing';
import type { PhraseRule, RollupIncrement, TopicVersion } from '@barometer/kernel';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import {
  articleOf,
  ArticleWriter,
  bucketOf,
  changeTopic,
  hoursOf,
  sourceIdsOf,
  untouched,
  type ArticleRecord,
  type DocumentClient,
  type DynamoDbTable,
  type Item,
} from '../index';

let lastNumber = 0;

/** Gives contract suites direct access to the DynamoDB store. */
export class DynamoDbProbe implements StoreProbe {
  private readonly writer: ArticleWriter;

  constructor(
    private readonly table: DynamoDbTable,
    private readonly client: DocumentClient,
  ) {
    this.writer = new ArticleWriter(table);
  }

  async addArticle(article: NewProbeArticle): Promise<void> {
    const { id, title = id, summary = '', publishedAt, storedAt = publishedAt, sourceIds, topics = [], skipped } = article;
    await this.put([
      {
        ...untouched,
        id,
        number: (lastNumber += 1),
        url: '',
        title,
        summary,
        publishedAt,
        dated: true,
        fetchedAt: storedAt,
        storedAt,
        state: skipped === undefined ? 'pending' : 'skipped',
        ...(skipped !== undefined && { reason: skipped }),
        sources: sourceIds.map((sourceId) => ({ sourceId })),
        topics,
      },
    ]);
  }

  /** Puts articles into the table with everything that follows from them. */
  async put(articles: readonly ArticleRecord[]): Promise<void> {
    const byId = new Map(articles.map((article) => [article.id, article]));
    await this.writer.change([...byId.keys()], (_, id) => byId.get(id));
  }

  async score(articleId: string, sentiment: Sentiment): Promise<void> {
    await this.writer.change([articleId], (article) => (article?.state === 'pending' ? { ...article, state: 'scored', sentiment } : article));
  }

  async addTopic({ topicId, version, rule, readyVersion }: TopicVersion & { rule: PhraseRule; readyVersion?: number }): Promise<void> {
    await changeTopic(this.table, topicId, (topic) => ({
      rev: 0,
      id: topicId,
      name: topicId,
      createdAt: version,
      changedAt: version,
      version,
      ...(readyVersion !== undefined && { readyVersion }),
      versions: { ...topic?.versions, [version]: { rule } },
    }));
  }

  async articles(): Promise<readonly ProbedArticle[]> {
    const items = await this.scan((item) => String(item['pk']).startsWith('A#'));
    return items
      .map(articleOf)
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .map((article) => {
        const { id, title, state, reason, changes, receives, topics, joinedStory, sentiment, judgement, modelSentiment } = article;
        return {
          id,
          title,
          state,
          hour: bucketOf(article),
          changes,
          receives,
          sourceIds: sourceIdsOf(article),
          topics,
          ...(reason !== undefined && { reason }),
          ...(joinedStory !== undefined && { joinedStory }),
          ...(sentiment && { sentiment }),
          ...(judgement && { judgement }),
          ...(modelSentiment && { modelSentiment }),
        };
      });
  }

  /** Leaves out hours with zero counts: a counter that is back at zero is the same as none. */
  async rollups(): Promise<readonly RollupIncrement[]> {
    const byScope = Map.groupBy(await this.scan((item) => String(item['pk']).startsWith('R#')), (item) => String(item['pk']).slice(2));
    return [...byScope]
      .flatMap(([scope, items]) => hoursOf(items).map((hour) => ({ scope, ...hour })))
      .filter((row) => row.negative !== 0 || row.neutral !== 0 || row.positive !== 0 || row.toneSum !== 0 || row.toneSquares !== 0)
      .sort(byScopeAndHour);
  }

  /** Everything in the table; only for tests. */
  async scan(isWanted: (item: Item) => boolean): Promise<Item[]> {
    const found: Item[] = [];
    let start: Item | undefined;
    do {
      const page = await this.client.send(new ScanCommand({ TableName: this.table.name, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }));
      found.push(...(page.Items ?? []).filter(isWanted));
      start = page.LastEvaluatedKey;
    } while (start);
    return found;
  }
}
