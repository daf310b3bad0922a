import {
  nextPosition, positionText, readPosition, type BackfillCandidate, type TopicBackfillJob, type TopicCatalog, type TopicRule,
} from '@barometer/ingestion';
import { contributionOf, RollupIncrements, scopesOfTopic } from '@barometer/kernel';
import { addToRollups, dropTopicVersion, type ArticleRow, type MemoryDatabase, type TopicRow } from '@barometer/storage-memory';

/** The topics in memory as ingestion needs them. */
export class MemoryTopicCatalog implements TopicCatalog {
  constructor(private readonly db: MemoryDatabase) {}

  async rules(): Promise<readonly TopicRule[]> {
    return this.topics().flatMap(({ id, version, readyVersion }) => {
      const versions = readyVersion === undefined || readyVersion === version ? [version] : [readyVersion, version];
      return versions.flatMap((one) => this.ruleOf(id, one));
    });
  }

  async jobs(): Promise<readonly TopicBackfillJob[]> {
    return this.topics().filter((topic) => topic.readyVersion !== topic.version).flatMap((topic) => {
      const position = this.versionOf(topic.id, topic.version)?.position;
      return this.ruleOf(topic.id, topic.version).map((rule) => ({ ...rule, ...(position !== undefined && { position }) }));
    });
  }

  async candidates(job: TopicBackfillJob, since: number, limit: number): Promise<{ items: readonly BackfillCandidate[]; position?: string }> {
    const recent = [...this.db.articles.values()].filter((article) => article.publishedAt >= since);
    const position = readPosition(job.position) ?? { upTo: recent.reduce((last, article) => Math.max(last, article.number), 0) };
    const rows = 'after' in position ? arrivals(recent, position.after) : newestFirst(recent, position);
    const chunk = rows.slice(0, limit).map((row) => ({ ...row, articleId: row.id }));
    const next = nextPosition(position, chunk, limit);
    return {
      items: chunk.map(({ articleId, title, summary }) => ({ articleId, title, summary })),
      ...(next && { position: positionText(next) }),
    };
  }

  async applyChunk(job: TopicBackfillJob, matching: readonly string[], position: string | undefined): Promise<void> {
    if (!this.isCurrent(job)) return;
    this.db.transaction(() => {
      const rollups = new RollupIncrements();
      for (const id of matching) this.join(id, job, rollups);
      addToRollups(this.db, rollups);
      const rule = this.versionOf(job.topicId, job.version)?.rule;
      if (rule) this.db.topicVersions.get(job.topicId)?.set(job.version, { rule, ...(position !== undefined && { position }) });
    });
  }

  async finish(job: TopicBackfillJob): Promise<void> {
    const topic = this.db.topics.get(job.topicId);
    const versions = this.db.topicVersions.get(job.topicId);
    if (!topic || !versions || !this.isCurrent(job)) return;
    this.db.transaction(() => {
      for (const version of [...versions.keys()]) if (version !== job.version) dropTopicVersion(this.db, { topicId: job.topicId, version });
      this.db.topics.set(topic.id, { ...topic, readyVersion: topic.version });
      for (const [version, { rule }] of versions) versions.set(version, { rule });
    });
  }

  private topics(): TopicRow[] {
    return [...this.db.topics.values()].sort((a, b) => a.changedAt - b.changedAt || (a.id < b.id ? -1 : 1));
  }

  private versionOf(topicId: string, version: number) {
    return this.db.topicVersions.get(topicId)?.get(version);
  }

  private ruleOf(topicId: string, version: number): TopicRule[] {
    const row = this.versionOf(topicId, version);
    return row ? [{ topicId, version, ...structuredClone(row.rule) }] : [];
  }

  private isCurrent(job: TopicBackfillJob): boolean {
    const topic = this.db.topics.get(job.topicId);
    return topic !== undefined && topic.version === job.version && topic.readyVersion !== topic.version;
  }

  private join(articleId: string, { topicId, version }: TopicRule, rollups: RollupIncrements): void {
    const article = this.db.articles.get(articleId);
    if (!article || article.topics.some((topic) => topic.topicId === topicId && topic.version === version)) return;
    const topic = { topicId, version };
    this.db.articles.set(articleId, { ...article, topics: [...article.topics, topic] });
    const scopes = scopesOfTopic(topic, article.sources.map((source) => source.sourceId));
    if (article.sentiment) rollups.add(scopes, article.hour, contributionOf(article.sentiment));
  }
}

function newestFirst(articles: readonly ArticleRow[], { upTo, before }: { upTo: number; before?: readonly [number, string] }): ArticleRow[] {
  const [time, id] = before ?? [Number.MAX_SAFE_INTEGER, ''];
  return articles
    .filter((article) => article.number <= upTo && (article.publishedAt < time || (article.publishedAt === time && article.id < id)))
    .sort((a, b) => b.publishedAt - a.publishedAt || (a.id < b.id ? 1 : -1));
}

const arrivals = (articles: readonly ArticleRow[], after: number): ArticleRow[] =>
  articles.filter((article) => article.number > after).sort((a, b) => a.number - b.number);
