import {
  nextPosition, positionText, readPosition, type BackfillCandidate, type TopicBackfillJob, type TopicCatalog, type TopicRule,
} from '@barometer/ingestion';
import type { TopicVersion } from '@barometer/kernel';
import {
  ALL_LIST, ArticleWriter, changeTopic, counterKey, listSortBefore, numberBucket, NUMBERS_A_BUCKET, numberText, readTopic, readTopics, sweepDrops, timeText,
  topicItemKey, type DynamoDbTable, type Item, type TopicRecord, type TransactItem,
} from '@barometer/storage-dynamodb';

interface Candidate extends BackfillCandidate {
  readonly number: number;
  readonly publishedAt: number;
}

/** The topics of the DynamoDB store as ingestion needs them. */
export class DynamoDbTopicCatalog implements TopicCatalog {
  constructor(private readonly table: DynamoDbTable) {}

  async rules(): Promise<readonly TopicRule[]> {
    return (await this.topics()).flatMap((topic) => [...new Set([topic.readyVersion ?? topic.version, topic.version])].flatMap((version) => ruleOf(topic, version)));
  }

  /** The versions that wait. What others have dropped and not yet cleared away is cleared first: this runs every tick. */
  async jobs(): Promise<readonly TopicBackfillJob[]> {
    await sweepDrops(this.table);
    return (await this.topics()).filter((topic) => topic.readyVersion !== topic.version).flatMap((topic) => {
      const position = topic.versions[topic.version]?.position;
      return ruleOf(topic, topic.version).map((rule) => ({ ...rule, ...(position !== undefined && { position }) }));
    });
  }

  async candidates(job: TopicBackfillJob, since: number, limit: number): Promise<{ items: readonly BackfillCandidate[]; position?: string }> {
    const position = readPosition(job.position) ?? { upTo: await this.lastNumber() };
    const rows = 'after' in position ? await this.arrivals(position.after, since, limit) : await this.newestFirst(position, since, limit);
    const next = nextPosition(position, rows, limit);
    return {
      items: rows.map(({ articleId, title, summary }) => ({ articleId, title, summary })),
      ...(next && { position: positionText(next) }),
    };
  }

  async applyChunk(job: TopicBackfillJob, matching: readonly string[], position: string | undefined): Promise<void> {
    const { topicId, version } = job;
    const isIt = (topic: TopicVersion) => topic.topicId === topicId && topic.version === version;
    await new ArticleWriter(this.table).change(matching, (article) => {
      if (!article || article.topics.some(isIt)) return article;
      return { ...article, topics: [...article.topics, { topicId, version }].sort(byTopic) };
    }, () => this.whileCurrent(job));
    await changeTopic(this.table, topicId, (topic) => {
      const rule = topic?.versions[version]?.rule;
      if (!topic || !rule || !isCurrent(topic, job)) return topic;
      return { ...topic, versions: { ...topic.versions, [version]: { rule, ...(position !== undefined && { position }) } } };
    });
  }

  async finish(job: TopicBackfillJob): Promise<void> {
    const { before, after } = await changeTopic(this.table, job.topicId, (topic) => {
      const rule = topic?.versions[job.version]?.rule;
      if (!topic || !rule || !isCurrent(topic, job)) return topic;
      return { ...topic, readyVersion: job.version, versions: { [job.version]: { rule } } };
    });
    if (before !== after) await sweepDrops(this.table, { topicId: job.topicId });
  }

  /** What holds an article's transaction to the version being the one that is back-filled. */
  private async whileCurrent(job: TopicBackfillJob): Promise<TransactItem[] | undefined> {
    const topic = await readTopic(this.table, job.topicId);
    if (!topic || !isCurrent(topic, job)) return undefined;
    return [{
      ConditionCheck: {
        TableName: this.table.name, Key: { ...topicItemKey(job.topicId) }, ConditionExpression: 'version = :version',
        ExpressionAttributeValues: { ':version': job.version },
      },
    }];
  }

  private async topics(): Promise<TopicRecord[]> {
    return (await readTopics(this.table)).sort((one, other) => one.changedAt - other.changedAt || (one.id < other.id ? -1 : 1));
  }

  private async lastNumber(): Promise<number> {
    return Number((await this.table.get(counterKey, { consistent: true }))?.['last'] ?? 0);
  }

  private async newestFirst(position: { upTo: number; before?: readonly [number, string] }, since: number, limit: number): Promise<Candidate[]> {
    const to = position.before ? { to: listSortBefore(...position.before) } : {};
    const range = { index: 'list' as const, partition: ALL_LIST, descending: true, from: timeText(since), ...to };
    return this.take({ ...range, pageSize: limit }, limit, ({ number }) => number <= position.upTo);
  }

  private async arrivals(after: number, since: number, limit: number): Promise<Candidate[]> {
    const last = await this.lastNumber();
    const found: Candidate[] = [];
    for (let start = after + 1; start <= last && found.length < limit; start = (Math.floor(start / NUMBERS_A_BUCKET) + 1) * NUMBERS_A_BUCKET) {
      const range = { index: 'directory' as const, partition: numberBucket(start), from: numberText(start), pageSize: limit };
      found.push(...(await this.take(range, limit - found.length, ({ publishedAt }) => publishedAt >= since)));
    }
    return found;
  }

  private async take(range: Parameters<DynamoDbTable['query']>[0], limit: number, isWanted: (candidate: Candidate) => boolean): Promise<Candidate[]> {
    const found: Candidate[] = [];
    for await (const item of this.table.query(range)) {
      const candidate = candidateOf(item);
      if (isWanted(candidate)) found.push(candidate);
      if (found.length >= limit) break;
    }
    return found;
  }
}

const isCurrent = (topic: TopicRecord, job: TopicVersion): boolean => topic.version === job.version && topic.readyVersion !== job.version;

const ruleOf = (topic: TopicRecord, version: number): TopicRule[] => {
  const rule = topic.versions[version]?.rule;
  return rule ? [{ topicId: topic.id, version, ...rule }] : [];
};

const candidateOf = (item: Item): Candidate => ({
  articleId: String(item['id']), title: String(item['title']), summary: String(item['summary']),
  number: Number(item['number']), publishedAt: Number(item['publishedAt']),
});

const byTopic = (one: TopicVersion, other: TopicVersion): number =>
  one.topicId === other.topicId ? one.version - other.version : one.topicId < other.topicId ? -1 : 1;
