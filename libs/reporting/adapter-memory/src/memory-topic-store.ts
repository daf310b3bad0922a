import type { PhraseRule } from '@barometer/kernel';
import { isSameRule, type Topic, type TopicStore } from '@barometer/reporting';
import { dropTopicVersion, type MemoryDatabase, type TopicRow } from '@barometer/storage-memory';

const copyRule = ({ anyOf, allOf, noneOf }: PhraseRule): PhraseRule => ({ anyOf: [...anyOf], allOf: [...allOf], noneOf: [...noneOf] });

export class MemoryTopicStore implements TopicStore {
  constructor(private readonly db: MemoryDatabase) {}

  async add(topic: Topic): Promise<boolean> {
    if (this.db.topics.has(topic.id)) return false;
    const { id, name, createdAt, changedAt } = topic;
    this.db.transaction(() => {
      this.db.topics.set(id, { id, name, version: 1, createdAt, changedAt });
      this.db.topicVersions.set(id, new Map([[1, { rule: copyRule(topic) }]]));
    });
    return true;
  }

  async list(): Promise<readonly Topic[]> {
    return [...this.db.topics.values()].map((row) => this.topicOf(row)).sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  }

  async find(id: string): Promise<Topic | undefined> {
    const row = this.db.topics.get(id);
    return row && this.topicOf(row);
  }

  async change(id: string, next: { name: string } & PhraseRule, now: number): Promise<Topic | undefined> {
    const row = this.db.topics.get(id);
    if (!row) return undefined;
    this.db.transaction(() => {
      const version = isSameRule(this.ruleOf(row), next) ? row.version : this.addVersion(row, next);
      this.db.topics.set(id, { ...row, name: next.name, version, changedAt: now });
    });
    return this.find(id);
  }

  async remove(id: string): Promise<boolean> {
    if (!this.db.topics.has(id)) return false;
    this.db.transaction(() => {
      for (const version of [...(this.db.topicVersions.get(id)?.keys() ?? [])]) dropTopicVersion(this.db, { topicId: id, version });
      this.db.topicVersions.delete(id);
      this.db.topics.delete(id);
    });
    return true;
  }

  /** An unfinished version has no readers, so the next version replaces it. */
  private addVersion(row: TopicRow, rule: PhraseRule): number {
    if (row.version !== row.readyVersion) dropTopicVersion(this.db, { topicId: row.id, version: row.version });
    this.db.topicVersions.get(row.id)?.set(row.version + 1, { rule: copyRule(rule) });
    return row.version + 1;
  }

  private ruleOf({ id, version }: TopicRow): PhraseRule {
    return copyRule(this.db.topicVersions.get(id)?.get(version)?.rule ?? { anyOf: [], allOf: [], noneOf: [] });
  }

  private topicOf(row: TopicRow): Topic {
    return { ...row, ...this.ruleOf(row) };
  }
}
