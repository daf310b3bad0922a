import type { ArticlesOfTopic, BackfillRow, StoredTopic, TopicRecords } from '@barometer/ingestion';
import type { PhraseRule } from '@barometer/kernel';
import { dropTopicVersion, type SqliteDatabase } from '@barometer/storage-sqlite';
import { changeArticles } from './change-articles';

interface VersionRow {
  readonly id: string;
  readonly version: number;
  readonly readyVersion: number | null;
  readonly changedAt: number;
  readonly one: number;
  readonly rule: string;
  readonly position: string | null;
}

const candidate = 'SELECT id AS articleId, title, summary, number, published_at AS publishedAt FROM articles';

/** The topics of the SQLite store; a change is one transaction. */
export class SqliteTopicRecords implements TopicRecords {
  constructor(private readonly db: SqliteDatabase) {}

  async topics(): Promise<readonly StoredTopic[]> {
    return this.read('');
  }

  async lastNumber(): Promise<number> {
    return this.db.get<{ last: number }>('SELECT coalesce(max(number), 0) AS last FROM articles')?.last ?? 0;
  }

  async newestFirst({ upTo, before }: Parameters<TopicRecords['newestFirst']>[0], since: number, limit: number): Promise<readonly BackfillRow[]> {
    const [time, id] = before ?? [Number.MAX_SAFE_INTEGER, ''];
    return this.db.all(
      `${candidate} WHERE published_at >= ? AND (published_at, id) < (?, ?) AND number <= ? ORDER BY published_at DESC, id DESC LIMIT ?`,
      since,
      time,
      id,
      upTo,
      limit,
    );
  }

  async arrivals(after: number, since: number, limit: number): Promise<readonly BackfillRow[]> {
    return this.db.all(`${candidate} WHERE number > ? AND published_at >= ? ORDER BY number LIMIT ?`, after, since, limit);
  }

  async change(topicId: string, become: <T extends StoredTopic>(topic: T) => T, articles?: ArticlesOfTopic): Promise<void> {
    this.db.transaction(() => {
      const [before] = this.read('WHERE t.id = ?', topicId);
      const after = before && become(before);
      if (!after || after === before) return;
      if (articles) changeArticles(this.db, articles.ids, articles);
      for (const version of Object.keys(before.versions)) {
        const kept = after.versions[version];
        if (!kept) dropTopicVersion(this.db, { topicId, version: Number(version) });
        else if (kept.position !== before.versions[version]?.position) {
          this.db.run('UPDATE topic_versions SET position = ? WHERE topic_id = ? AND version = ?', kept.position ?? null, topicId, Number(version));
        }
      }
      if (after.readyVersion !== before.readyVersion) this.db.run('UPDATE topics SET ready_version = ? WHERE id = ?', after.readyVersion ?? null, topicId);
    });
  }

  private read(condition: string, ...params: string[]): StoredTopic[] {
    const rows = this.db.all<VersionRow>(
      `SELECT t.id, t.version, t.ready_version AS readyVersion, t.changed_at AS changedAt, v.version AS one, v.rule, v.position
       FROM topics t JOIN topic_versions v ON v.topic_id = t.id ${condition}`,
      ...params,
    );
    return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((versions) => {
      const [topic] = versions;
      if (!topic) return [];
      const { id, version, readyVersion, changedAt } = topic;
      const kept = versions.map(({ one, rule, position }) => [one, { rule: JSON.parse(rule) as PhraseRule, ...(position !== null && { position }) }] as const);
      return [{ id, version, changedAt, ...(readyVersion !== null && { readyVersion }), versions: Object.fromEntries(kept) }];
    });
  }
}
