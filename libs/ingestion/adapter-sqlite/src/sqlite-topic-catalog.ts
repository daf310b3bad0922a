import {
  nextPosition, positionText, readPosition, type BackfillCandidate, type TopicBackfillJob, type TopicCatalog, type TopicRule,
} from '@barometer/ingestion';
import { contributionOf, RollupIncrements, scopesOfTopic, type PhraseRule } from '@barometer/kernel';
import {
  addToRollups, dropTopicVersion, membershipsOf, sentimentColumns, sentimentOf, type SentimentColumns, type SqliteDatabase,
} from '@barometer/storage-sqlite';

interface VersionRow {
  readonly topicId: string;
  readonly version: number;
  readonly rule: string;
  readonly position: string | null;
}

interface CandidateRow extends BackfillCandidate {
  readonly number: number;
  readonly publishedAt: number;
}

/** The topics of the SQLite store as ingestion needs them. */
export class SqliteTopicCatalog implements TopicCatalog {
  constructor(private readonly db: SqliteDatabase) {}

  async rules(): Promise<readonly TopicRule[]> {
    return this.versions('v.version IN (t.version, t.ready_version)').map(ruleOf);
  }

  async jobs(): Promise<readonly TopicBackfillJob[]> {
    return this.versions('v.version = t.version AND t.ready_version IS NOT t.version')
      .map((row) => ({ ...ruleOf(row), ...(row.position !== null && { position: row.position }) }));
  }

  async candidates(job: TopicBackfillJob, since: number, limit: number): Promise<{ items: readonly BackfillCandidate[]; position?: string }> {
    const position = readPosition(job.position) ?? { upTo: this.lastNumber() };
    const rows = 'after' in position ? this.arrivals(position.after, since, limit) : this.newestFirst(position, since, limit);
    const next = nextPosition(position, rows, limit);
    return {
      items: rows.map(({ articleId, title, summary }) => ({ articleId, title, summary })),
      ...(next && { position: positionText(next) }),
    };
  }

  async applyChunk(job: TopicBackfillJob, matching: readonly string[], position: string | undefined): Promise<void> {
    this.db.transaction(() => {
      if (!this.isCurrent(job)) return;
      const rollups = new RollupIncrements();
      for (const id of matching) this.join(id, job, rollups);
      addToRollups(this.db, rollups);
      this.db.run('UPDATE topic_versions SET position = ? WHERE topic_id = ? AND version = ?', position ?? null, job.topicId, job.version);
    });
  }

  async finish(job: TopicBackfillJob): Promise<void> {
    this.db.transaction(() => {
      if (!this.isCurrent(job)) return;
      const others = this.db.all<{ version: number }>('SELECT version FROM topic_versions WHERE topic_id = ? AND version <> ?', job.topicId, job.version);
      for (const { version } of others) dropTopicVersion(this.db, { topicId: job.topicId, version });
      this.db.run('UPDATE topics SET ready_version = version WHERE id = ?', job.topicId);
      this.db.run('UPDATE topic_versions SET position = NULL WHERE topic_id = ?', job.topicId);
    });
  }

  private versions(condition: string): VersionRow[] {
    return this.db.all(
      `SELECT v.topic_id AS topicId, v.version, v.rule, v.position FROM topic_versions v JOIN topics t ON t.id = v.topic_id
       WHERE ${condition} ORDER BY t.changed_at, v.topic_id, v.version`,
    );
  }

  private isCurrent(job: TopicBackfillJob): boolean {
    return this.db.get('SELECT 1 FROM topics WHERE id = ? AND version = ? AND ready_version IS NOT version', job.topicId, job.version) !== undefined;
  }

  private lastNumber(): number {
    return this.db.get<{ last: number }>('SELECT coalesce(max(number), 0) AS last FROM articles')?.last ?? 0;
  }

  private newestFirst(position: { upTo: number; before?: readonly [number, string] }, since: number, limit: number): CandidateRow[] {
    const [time, id] = position.before ?? [Number.MAX_SAFE_INTEGER, ''];
    return this.db.all(
      `SELECT id AS articleId, title, summary, number, published_at AS publishedAt FROM articles
       WHERE published_at >= ? AND (published_at, id) < (?, ?) AND number <= ? ORDER BY published_at DESC, id DESC LIMIT ?`,
      since, time, id, position.upTo, limit,
    );
  }

  private arrivals(after: number, since: number, limit: number): CandidateRow[] {
    return this.db.all(
      `SELECT id AS articleId, title, summary, number, published_at AS publishedAt FROM articles
       WHERE number > ? AND published_at >= ? ORDER BY number LIMIT ?`,
      after, since, limit,
    );
  }

  private join(articleId: string, topic: TopicRule, rollups: RollupIncrements): void {
    const article = this.db.get<SentimentColumns & { hour: number; published_at: number }>(
      `SELECT hour, published_at, ${sentimentColumns} FROM articles WHERE id = ?`, articleId,
    );
    if (!article) return;
    const insert = 'INSERT OR IGNORE INTO article_topics (article_id, topic_id, version, published_at) VALUES (?, ?, ?, ?)';
    if (this.db.run(insert, articleId, topic.topicId, topic.version, article.published_at) === 0) return;
    const sentiment = sentimentOf(article);
    if (sentiment) rollups.add(scopesOfTopic(topic, membershipsOf(this.db, articleId).sourceIds), article.hour, contributionOf(sentiment));
  }
}

const ruleOf = ({ topicId, version, rule }: VersionRow): TopicRule => ({ topicId, version, ...(JSON.parse(rule) as PhraseRule) });
