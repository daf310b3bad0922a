import type { Sentiment } from '@barometer/events';
import { byScopeAndHour, type NewProbeArticle, type ProbedArticle, type StoreProbe } from '@barometer/events/testing';
import { contributionOf, expiryOf, hourOf, RollupIncrements, scopesOf, type PhraseRule, type RollupIncrement, type TopicVersion } from '@barometer/kernel';
import { addToRollups, type MemoryDatabase } from '../index';

/** Gives contract suites direct access to the store in memory. */
export class MemoryProbe implements StoreProbe {
  constructor(private readonly db: MemoryDatabase) {}

  async addArticle(article: NewProbeArticle): Promise<void> {
    const { id, title = id, summary = '', publishedAt, storedAt = publishedAt, sourceIds, topics = [], skipped } = article;
    const hour = hourOf(publishedAt);
    this.db.articles.set(id, {
      id,
      number: this.db.nextArticleNumber(),
      url: '',
      keys: [],
      title,
      summary,
      publishedAt,
      dated: true,
      fetchedAt: storedAt,
      storedAt,
      hour,
      expiresAt: expiryOf(hour),
      state: skipped === undefined ? 'pending' : 'skipped',
      ...(skipped !== undefined && { reason: skipped }),
      changes: 0,
      receives: 0,
      availableAt: 0,
      sources: sourceIds.map((sourceId) => ({ sourceId })),
      topics: topics.map((topic) => ({ ...topic })),
    });
  }

  async score(articleId: string, sentiment: Sentiment): Promise<void> {
    const article = this.db.articles.get(articleId);
    if (article?.state !== 'pending') return;
    this.db.articles.set(articleId, { ...article, state: 'scored', sentiment });
    const rollups = new RollupIncrements();
    rollups.add(
      scopesOf(
        article.sources.map((source) => source.sourceId),
        article.topics,
        article.joinedStory,
      ),
      article.hour,
      contributionOf(sentiment),
    );
    addToRollups(this.db, rollups);
  }

  async addTopic({ topicId, version, rule, readyVersion }: TopicVersion & { rule: PhraseRule; readyVersion?: number }): Promise<void> {
    this.db.topics.set(topicId, {
      id: topicId,
      name: topicId,
      version,
      createdAt: version,
      changedAt: version,
      ...(readyVersion !== undefined && { readyVersion }),
    });
    this.db.topicVersions.set(topicId, (this.db.topicVersions.get(topicId) ?? new Map()).set(version, { rule }));
  }

  async articles(): Promise<readonly ProbedArticle[]> {
    return [...this.db.articles.values()]
      .map(({ id, title, state, reason, hour, changes, receives, sources, topics, joinedStory, sentiment, judgement, modelSentiment }) => ({
        id,
        title,
        state,
        hour,
        changes,
        receives,
        sourceIds: sources.map((source) => source.sourceId),
        topics: [...topics].sort((a, b) => (a.topicId === b.topicId ? a.version - b.version : a.topicId < b.topicId ? -1 : 1)),
        ...(reason !== undefined && { reason }),
        ...(joinedStory !== undefined && { joinedStory }),
        ...(sentiment && { sentiment }),
        ...(judgement && { judgement }),
        ...(modelSentiment && { modelSentiment }),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async rollups(): Promise<readonly RollupIncrement[]> {
    return [...this.db.rollups].flatMap(([scope, hours]) => [...hours].map(([hour, counts]) => ({ scope, hour, ...counts }))).sort(byScopeAndHour);
  }
}
