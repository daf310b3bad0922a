import type { ArticlesOfTopic, BackfillRow, StoredTopic, TopicRecords } from '@barometer/ingestion';
import { dropTopicVersion, type ArticleRow, type MemoryDatabase } from '@barometer/storage-memory';
import { changeArticles } from './change-articles';

/** The topics in memory. */
export class MemoryTopicRecords implements TopicRecords {
  constructor(private readonly db: MemoryDatabase) {}

  async topics(): Promise<readonly StoredTopic[]> {
    return [...this.db.topics.keys()].flatMap((id) => this.topic(id) ?? []);
  }

  async lastNumber(): Promise<number> {
    return [...this.db.articles.values()].reduce((last, { number }) => Math.max(last, number), 0);
  }

  async newestFirst({ upTo, before }: Parameters<TopicRecords['newestFirst']>[0], since: number, limit: number): Promise<readonly BackfillRow[]> {
    const [time, id] = before ?? [Number.MAX_SAFE_INTEGER, ''];
    return this.recent(since)
      .filter((article) => article.number <= upTo && (article.publishedAt < time || (article.publishedAt === time && article.id < id)))
      .sort((a, b) => b.publishedAt - a.publishedAt || (a.id < b.id ? 1 : -1))
      .slice(0, limit)
      .map(rowOf);
  }

  async arrivals(after: number, since: number, limit: number): Promise<readonly BackfillRow[]> {
    return this.recent(since)
      .filter((article) => article.number > after)
      .sort((a, b) => a.number - b.number)
      .slice(0, limit)
      .map(rowOf);
  }

  async change(topicId: string, become: <T extends StoredTopic>(topic: T) => T, articles?: ArticlesOfTopic): Promise<void> {
    const [before, row] = [this.topic(topicId), this.db.topics.get(topicId)];
    const after = before && become(before);
    if (!row || !after || after === before) return;
    this.db.transaction(() => {
      if (articles) changeArticles(this.db, articles.ids, articles);
      for (const version of Object.keys(before.versions)) if (!(version in after.versions)) dropTopicVersion(this.db, { topicId, version: Number(version) });
      this.db.topics.set(topicId, { ...row, ...(after.readyVersion !== undefined && { readyVersion: after.readyVersion }) });
      this.db.topicVersions.set(topicId, new Map(Object.entries(after.versions).map(([version, kept]) => [Number(version), structuredClone(kept)])));
    });
  }

  private topic(id: string): StoredTopic | undefined {
    const row = this.db.topics.get(id);
    return row && { ...row, versions: structuredClone(Object.fromEntries(this.db.topicVersions.get(id) ?? [])) };
  }

  private recent(since: number): ArticleRow[] {
    return [...this.db.articles.values()].filter(({ publishedAt }) => publishedAt >= since);
  }
}

const rowOf = ({ id: articleId, title, summary, number, publishedAt }: ArticleRow): BackfillRow => ({ articleId, title, summary, number, publishedAt });
