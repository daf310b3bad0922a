import { randomUUID } from 'node:crypto';
import type { ArticleScored, ReaderJudgement, Sentiment } from '@barometer/events';
import { contributionOf, RollupIncrements, scopesOf } from '@barometer/kernel';
import {
  isAvailable, modelSentimentOf, noAnswer, readScoredPosition, sameSentiment, scoredPosition, withJudgement, withModelSentiment, withoutJudgement,
  type ArticleText, type LeasedArticle, type NewScore, type Replacement, type RescoreChunk, type ScoreStore, type WaitingArticle,
} from '@barometer/sentiment';
import { addToRollups, type ArticleRow, type MemoryDatabase } from '@barometer/storage-memory';
import { RecentStories } from '@barometer/stories';

type LeaseOptions = Parameters<ScoreStore['lease']>[0];

/** Scores in memory. */
export class MemoryScoreStore implements ScoreStore {
  private stories: Promise<RecentStories> | undefined;

  constructor(private readonly db: MemoryDatabase) {}

  async lease(options: LeaseOptions): Promise<readonly LeasedArticle[]> {
    const waiting = this.inState('pending').sort(oldestFirst).filter((article) => isAvailable(article.availableAt, options.now) && article.expiresAt > options.now);
    for (const article of waiting) {
      if (article.receives >= options.maxReceives) this.fail(article, noAnswer(article.receives));
    }
    const [oldest, ...others] = waiting.filter((article) => article.receives < options.maxReceives).slice(0, options.limit);
    if (!oldest) return [];
    const together = oldest.receives > 0 ? [] : others.filter((article) => article.receives === 0);
    return [oldest, ...together].map((article) => this.hand(article, options));
  }

  async pendingArticles(ids: readonly string[]): Promise<readonly WaitingArticle[]> {
    const asked = new Set(ids);
    return this.inState('pending').filter((article) => asked.has(article.id)).sort(oldestFirst).map((article) => ({ ...textOf(article), receives: article.receives }));
  }

  async attempt(id: string, { now, maxReceives }: { now: number; maxReceives: number }): Promise<number | 'failed' | 'gone'> {
    const article = this.db.articles.get(id);
    if (article?.state !== 'pending' || article.expiresAt <= now) return 'gone';
    if (article.receives >= maxReceives) {
      this.fail(article, noAnswer(article.receives));
      return 'failed';
    }
    this.db.transaction(() => this.db.articles.set(id, { ...article, receives: article.receives + 1, deliveredAt: article.deliveredAt ?? now }));
    return article.receives + 1;
  }

  async withdraw(id: string): Promise<void> {
    const article = this.db.articles.get(id);
    if (article?.state !== 'pending' || article.receives === 0) return;
    this.db.transaction(() => this.db.articles.set(id, { ...article, receives: article.receives - 1 }));
  }

  async apply(scores: readonly NewScore[], now: number): Promise<readonly ArticleScored[]> {
    this.stories ??= RecentStories.load((since, most) => this.recent(since, most), now);
    const stories = await this.stories;
    stories.tidy(now);
    return this.db.transaction(() => {
      const rollups = new RollupIncrements();
      const events: ArticleScored[] = [];
      for (const score of scores) {
        const article = this.db.articles.get(score.articleId);
        if (article?.state !== 'pending' || article.expiresAt <= now) continue;
        const sentiment = structuredClone(score.sentiment);
        const { leaseToken: _leaseToken, ...rest } = article;
        const joinedStory = stories.join(article);
        const scored = { ...rest, state: 'scored' as const, scoredAt: now, sentiment, ...(joinedStory !== undefined && { joinedStory }) };
        this.db.articles.set(article.id, scored);
        rollups.add(scopesOfRow(scored), article.hour, contributionOf(sentiment));
        events.push(this.event(article, sentiment, now));
      }
      addToRollups(this.db, rollups);
      return events;
    });
  }

  async giveBack(article: { id: string; token?: string }, reason: string, retryAt?: number): Promise<void> {
    const row = this.db.articles.get(article.id);
    if (row?.state !== 'pending' || (article.token !== undefined && row.leaseToken !== article.token)) return;
    if (retryAt === undefined) return this.fail(row, reason);
    const { leaseToken: _leaseToken, ...rest } = row;
    this.db.transaction(() => this.db.articles.set(row.id, { ...rest, availableAt: retryAt }));
  }

  async scored(options: { notRevision?: string; position?: string; limit: number }): Promise<RescoreChunk> {
    const after = readScoredPosition(options.position);
    const rows = this.inState('scored')
      .filter((row) => (row.publishedAt - after.publishedAt || (row.id > after.id ? 1 : 0)) > 0)
      .filter((row) => options.notRevision === undefined || row.sentiment?.model.revision !== options.notRevision)
      .sort((a, b) => a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1))
      .slice(0, options.limit);
    const last = rows.length === options.limit ? rows.at(-1) : undefined;
    return {
      items: rows.flatMap((row) => {
        const sentiment = modelSentimentOf(row);
        return sentiment ? [{ ...textOf(row), sentiment: structuredClone(sentiment) }] : [];
      }),
      ...(last && { position: scoredPosition(last) }),
    };
  }

  async replace(replacements: readonly Replacement[], now: number): Promise<ReadonlySet<string>> {
    return new Set(replacements.filter((one) => this.replaceOne(one, now)).map(({ articleId }) => articleId));
  }

  private replaceOne({ articleId, expected, next }: Replacement, now: number): boolean {
    const article = this.db.articles.get(articleId);
    const stored = article && modelSentimentOf(article);
    if (!stored || article.expiresAt <= now || !sameSentiment(stored, expected)) return false;
    this.recount(article, { ...withModelSentiment(article, structuredClone(next)), scoredAt: now });
    return true;
  }

  async judge(id: string, judgement: ReaderJudgement): Promise<'judged' | 'unscored' | 'gone'> {
    const article = this.db.articles.get(id);
    if (!article || article.expiresAt <= judgement.at) return 'gone';
    if (!article.sentiment) return 'unscored';
    const judged = withJudgement(article, { ...judgement });
    if (judged !== article) this.recount(article, judged);
    return 'judged';
  }

  async takeBack(id: string, now: number): Promise<'taken-back' | 'unjudged' | 'gone'> {
    const article = this.db.articles.get(id);
    if (!article || article.expiresAt <= now) return 'gone';
    if (!article.judgement) return 'unjudged';
    this.recount(article, withoutJudgement(article));
    return 'taken-back';
  }

  /** Puts a scored article in the place of what it was, in the roll-ups too. */
  private recount(before: ArticleRow, after: ArticleRow): void {
    const rollups = new RollupIncrements();
    if (before.sentiment) rollups.add(scopesOfRow(before), before.hour, contributionOf(before.sentiment), -1);
    if (after.sentiment) rollups.add(scopesOfRow(after), after.hour, contributionOf(after.sentiment));
    this.db.transaction(() => {
      this.db.articles.set(after.id, after);
      addToRollups(this.db, rollups);
    });
  }

  async redrive(now: number, ids?: readonly string[]): Promise<number> {
    const failed = this.inState('failed').filter((article) => article.expiresAt > now && (ids === undefined || ids.includes(article.id)));
    return this.db.transaction(() => {
      for (const { reason: _reason, sentAt: _sentAt, ...article } of failed) {
        this.db.articles.set(article.id, { ...article, state: 'pending', receives: 0, availableAt: 0 });
      }
      return failed.length;
    });
  }

  async backlog(): Promise<{ pending: number; failed: number; oldestPendingAt?: number }> {
    const pending = this.inState('pending').sort(oldestFirst);
    return { pending: pending.length, failed: this.inState('failed').length, ...(pending[0] && { oldestPendingAt: pending[0].storedAt }) };
  }

  private recent(since: number, most: number): ArticleRow[] {
    return this.inState('scored').filter(({ publishedAt }) => publishedAt >= since).sort((a, b) => a.number - b.number).slice(-most);
  }

  private inState(state: ArticleRow['state']): ArticleRow[] {
    return [...this.db.articles.values()].filter((article) => article.state === state);
  }

  private hand(article: ArticleRow, { now, leaseMs }: LeaseOptions): LeasedArticle {
    const token = randomUUID();
    const receives = article.receives + 1;
    const leased = { ...article, leaseToken: token, availableAt: now + leaseMs, receives, deliveredAt: article.deliveredAt ?? now };
    this.db.transaction(() => this.db.articles.set(article.id, leased));
    return { ...textOf(article), token, receives };
  }

  private fail({ leaseToken: _leaseToken, ...article }: ArticleRow, reason: string): void {
    this.db.transaction(() => this.db.articles.set(article.id, { ...article, state: 'failed', reason }));
  }

  private event(article: ArticleRow, sentiment: Sentiment, now: number): ArticleScored {
    const readable = article.topics.filter((topic) => this.db.topics.get(topic.topicId)?.readyVersion === topic.version);
    return {
      type: 'ArticleScored', version: 1, articleId: article.id, scoredAt: now, sourceIds: article.sources.map((source) => source.sourceId),
      topicIds: readable.map((topic) => topic.topicId), sentiment: structuredClone(sentiment),
    };
  }
}

const textOf = ({ id, title, summary }: ArticleRow): ArticleText => ({ id, title, summary });

const scopesOfRow = (article: ArticleRow): string[] => scopesOf(article.sources.map((source) => source.sourceId), article.topics, article.joinedStory);

const oldestFirst = (a: ArticleRow, b: ArticleRow): number => a.storedAt - b.storedAt || a.number - b.number;
