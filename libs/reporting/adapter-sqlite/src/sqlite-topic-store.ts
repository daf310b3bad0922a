import type { PhraseRule } from '@barometer/kernel';
import { isSameRule, type Topic, type TopicStore } from '@barometer/reporting';
import { dropTopicVersion, type SqliteDatabase } from '@barometer/storage-sqlite';

interface TopicRow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly ready_version: number | null;
  readonly created_at: number;
  readonly changed_at: number;
  readonly rule: string;
}

const select = `SELECT t.id, t.name, t.version, t.ready_version, t.created_at, t.changed_at, v.rule
  FROM topics t JOIN topic_versions v ON v.topic_id = t.id AND v.version = t.version`;

const ruleText = ({ anyOf, allOf, noneOf }: PhraseRule) => JSON.stringify({ anyOf, allOf, noneOf });

export class SqliteTopicStore implements TopicStore {
  constructor(private readonly db: SqliteDatabase) {}

  async add(topic: Topic): Promise<boolean> {
    return this.db.transaction(() => {
      const sql = 'INSERT INTO topics (id, name, version, created_at, changed_at) VALUES (?, ?, 1, ?, ?) ON CONFLICT DO NOTHING';
      if (this.db.run(sql, topic.id, topic.name, topic.createdAt, topic.changedAt) === 0) return false;
      this.insertVersion(topic.id, 1, topic);
      return true;
    });
  }

  async list(): Promise<readonly Topic[]> {
    return this.db.all<TopicRow>(`${select} ORDER BY t.created_at, t.id`).map(topicOf);
  }

  async find(id: string): Promise<Topic | undefined> {
    const row = this.db.get<TopicRow>(`${select} WHERE t.id = ?`, id);
    return row && topicOf(row);
  }

  async change(id: string, next: { name: string } & PhraseRule, now: number): Promise<Topic | undefined> {
    this.db.transaction(() => {
      const row = this.db.get<TopicRow>(`${select} WHERE t.id = ?`, id);
      if (!row) return;
      const version = isSameRule(JSON.parse(row.rule), next) ? row.version : this.addVersion(row, next);
      this.db.run('UPDATE topics SET name = ?, version = ?, changed_at = ? WHERE id = ?', next.name, version, now, id);
    });
    return this.find(id);
  }

  async remove(id: string): Promise<boolean> {
    return this.db.transaction(() => {
      const versions = this.db.all<{ version: number }>('SELECT version FROM topic_versions WHERE topic_id = ?', id);
      for (const { version } of versions) dropTopicVersion(this.db, { topicId: id, version });
      return this.db.run('DELETE FROM topics WHERE id = ?', id) > 0;
    });
  }

  /** An unfinished version has no readers, so the next version replaces it. */
  private addVersion(row: TopicRow, rule: PhraseRule): number {
    if (row.version !== row.ready_version) dropTopicVersion(this.db, { topicId: row.id, version: row.version });
    this.insertVersion(row.id, row.version + 1, rule);
    return row.version + 1;
  }

  private insertVersion(topicId: string, version: number, rule: PhraseRule): void {
    this.db.run('INSERT INTO topic_versions (topic_id, version, rule) VALUES (?, ?, ?)', topicId, version, ruleText(rule));
  }
}

function topicOf(row: TopicRow): Topic {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    ...(row.ready_version !== null && { readyVersion: row.ready_version }),
    createdAt: row.created_at,
    changedAt: row.changed_at,
    ...(JSON.parse(row.rule) as PhraseRule),
  };
}
