import type { PhraseRule, TopicVersion } from '@barometer/kernel';
import { checkVersion, SCHEMA_VERSION } from './article-item';
import { ArticleWriter } from './article-writer';
import type { DynamoDbTable, Item, TransactItem } from './dynamodb-table';
import { decideAndWrite } from './item-writer';
import { DROPS, dropKey, topicItemKey, topicList, TOPICS } from './keys';

/** A topic with all its stored versions: few and small enough for one item. */
export interface TopicRecord {
  readonly id: string;
  readonly rev: number;
  readonly name: string;
  readonly version: number;
  readonly readyVersion?: number;
  readonly createdAt: number;
  readonly changedAt: number;
  /** For each version, its phrases, and how far its back-fill has come. */
  readonly versions: Readonly<Record<string, { readonly rule: PhraseRule; readonly position?: string }>>;
}

/** Every topic, by id. One small query, since a topic is one item. */
export async function readTopics(table: DynamoDbTable): Promise<TopicRecord[]> {
  return (await table.all({ partition: TOPICS, consistent: true })).map(topicOf);
}

export async function readTopic(table: DynamoDbTable, id: string): Promise<TopicRecord | undefined> {
  const item = await table.get(topicItemKey(id), { consistent: true });
  return item && topicOf(item);
}

/** The version of each topic that readers see. */
export const readyVersions = (topics: readonly TopicRecord[]): ReadonlyMap<string, number> =>
  new Map(topics.flatMap(({ id, readyVersion }) => (readyVersion === undefined ? [] : [[id, readyVersion]])));

export const versionsOf = (topic: TopicRecord): number[] =>
  Object.keys(topic.versions)
    .map(Number)
    .sort((one, other) => one - other);

/**
 * Changes a topic to the result of `plan`: `undefined` for removed, the same object for no change. Versions that it no
 * longer has are marked in the same transaction, so that their articles and roll-ups are removed even after a crash.
 */
export async function changeTopic(
  table: DynamoDbTable,
  id: string,
  plan: (topic: TopicRecord | undefined) => TopicRecord | undefined,
): Promise<{ before: TopicRecord | undefined; after: TopicRecord | undefined }> {
  return decideAndWrite(table, async () => {
    const before = await readTopic(table, id);
    const planned = plan(before);
    const after = planned && planned !== before ? { ...planned, rev: (before?.rev ?? 0) + 1 } : planned;
    return after === before ? { answer: { before, after } } : { actions: topicActions(table.name, id, before, after), answer: { before, after } };
  });
}

function topicActions(table: string, id: string, before: TopicRecord | undefined, after: TopicRecord | undefined): TransactItem[] {
  const condition = before
    ? { ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': before.rev } }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  const main = after
    ? { Put: { TableName: table, Item: { ...topicItemKey(id), v: SCHEMA_VERSION, ...after }, ...condition } }
    : { Delete: { TableName: table, Key: { ...topicItemKey(id) }, ...condition } };
  const dropped = before ? versionsOf(before).filter((version) => !after || !(version in after.versions)) : [];
  return [main, ...dropped.map((version) => ({ Put: { TableName: table, Item: { ...dropKey({ topicId: id, version }), topicId: id, version } } }))];
}

/**
 * Takes the articles out of versions that are gone, and removes their roll-ups: for all topics or for one, at most
 * `budget` articles. A mark is removed when a sweep finds nothing left, so that an article added meanwhile is found by
 * the next sweep. `true` when done.
 */
export async function sweepDrops(table: DynamoDbTable, options: { topicId?: string; budget?: number } = {}): Promise<boolean> {
  const { topicId, budget = Infinity } = options;
  const marks = await dropMarks(table, topicId);
  let left = budget;
  for (const mark of marks) {
    const topic = { topicId: String(mark['topicId']), version: Number(mark['version']) };
    const dropped = await dropMemberships(table, topic, left);
    left -= dropped;
    if (left <= 0) return false;
    if (dropped === 0) await table.writeAll([], [dropKey(topic)]);
  }
  return true;
}

/** The versions of a topic that are gone but not yet cleared away. */
export const droppedVersions = async (table: DynamoDbTable, topicId: string): Promise<number[]> =>
  (await dropMarks(table, topicId)).map((mark) => Number(mark['version']));

const dropMarks = (table: DynamoDbTable, topicId: string | undefined): Promise<Item[]> =>
  table.all({ partition: DROPS, consistent: true, ...(topicId !== undefined && { prefix: `${topicId}@` }) });

async function dropMemberships(table: DynamoDbTable, topic: TopicVersion, budget: number): Promise<number> {
  const rows = await table.first({ partition: topicList(topic), consistent: true }, Math.min(budget, 1_000));
  if (rows.length === 0) return 0;
  const isOther = (one: TopicVersion) => one.topicId !== topic.topicId || one.version !== topic.version;
  const known = new Set<string>();
  await new ArticleWriter(table).change(
    rows.map((row) => String(row['id'])),
    (article) => {
      if (!article || article.topics.every(isOther)) return article;
      known.add(article.id);
      return { ...article, topics: article.topics.filter(isOther) };
    },
  );
  // The row of an expired article is removed only by its own time to live.
  await table.writeAll(
    [],
    rows.filter((row) => !known.has(String(row['id']))).map((row) => ({ pk: String(row['pk']), sk: String(row['sk']) })),
  );
  return rows.length + (rows.length < Math.min(budget, 1_000) ? 0 : await dropMemberships(table, topic, budget - rows.length));
}

function topicOf(item: Item): TopicRecord {
  checkVersion(item);
  const { pk: _pk, sk: _sk, v: _v, ...topic } = item;
  return topic as unknown as TopicRecord;
}
