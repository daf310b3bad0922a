import type { PhraseRule } from '@barometer/kernel';
import { isSameRule, type Topic, type TopicStore } from '@barometer/reporting';
import { changeTopic, droppedVersions, readTopic, readTopics, sweepDrops, type DynamoDbTable, type TopicRecord } from '@barometer/storage-dynamodb';

/** A request deletes at most this many memberships; ingestion's next tick deletes the rest. */
const MOST_CLEARED = 200;

/** The topics in the DynamoDB store: a topic and its versions are one item. */
export class DynamoDbTopicStore implements TopicStore {
  constructor(private readonly table: DynamoDbTable) {}

  async add(topic: Topic): Promise<boolean> {
    if (await readTopic(this.table, topic.id)) return false;
    const version = await this.freeVersion(topic.id);
    const { id, name, createdAt, changedAt } = topic;
    const added: TopicRecord = { id, rev: 0, name, version, createdAt, changedAt, versions: { [version]: { rule: ruleOf(topic) } } };
    const { before } = await changeTopic(this.table, id, (known) => known ?? added);
    return before === undefined;
  }

  async list(): Promise<readonly Topic[]> {
    const topics = (await readTopics(this.table)).map(topicOf);
    return topics.sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  }

  async find(id: string): Promise<Topic | undefined> {
    const record = await readTopic(this.table, id);
    return record && topicOf(record);
  }

  async change(id: string, next: { name: string } & PhraseRule, now: number): Promise<Topic | undefined> {
    const { after } = await changeTopic(this.table, id, (topic) => {
      if (!topic) return undefined;
      const named = { ...topic, name: next.name, changedAt: now };
      return isSameRule(topicOf(topic), next) ? named : withVersion(named, ruleOf(next));
    });
    if (after) await sweepDrops(this.table, { topicId: id, budget: MOST_CLEARED });
    return after && topicOf(after);
  }

  async remove(id: string): Promise<boolean> {
    const { before } = await changeTopic(this.table, id, () => undefined);
    if (before) await sweepDrops(this.table, { topicId: id, budget: MOST_CLEARED });
    return before !== undefined;
  }

  /**
   * Memberships left from a removed topic with this id must not show up in the new one. They are deleted; if there are
   * more than one request may delete, the new topic begins with a version that the old one never had.
   */
  private async freeVersion(id: string): Promise<number> {
    const isCleared = await sweepDrops(this.table, { topicId: id, budget: MOST_CLEARED });
    return isCleared ? 1 : Math.max(0, ...(await droppedVersions(this.table, id))) + 1;
  }
}

/** An unfinished version has no readers, so the next version replaces it. */
function withVersion(topic: TopicRecord, rule: PhraseRule): TopicRecord {
  const kept = Object.entries(topic.versions).filter(([version]) => Number(version) !== topic.version || topic.version === topic.readyVersion);
  const version = topic.version + 1;
  return { ...topic, version, versions: { ...Object.fromEntries(kept), [version]: { rule } } };
}

const ruleOf = ({ anyOf, allOf, noneOf }: PhraseRule): PhraseRule => ({ anyOf: [...anyOf], allOf: [...allOf], noneOf: [...noneOf] });

function topicOf({ id, name, version, readyVersion, createdAt, changedAt, versions }: TopicRecord): Topic {
  const rule = versions[version]?.rule ?? { anyOf: [], allOf: [], noneOf: [] };
  return { id, name, version, createdAt, changedAt, ...ruleOf(rule), ...(readyVersion !== undefined && { readyVersion }) };
}
