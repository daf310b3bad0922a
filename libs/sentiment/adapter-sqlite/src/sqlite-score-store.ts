import { randomUUID } from 'node:crypto';
import type { ArticleScored, ReaderJudgement, Sentiment } from '@barometer/events';
import { contributionOf, RollupIncrements, scopesOf } from '@barometer/kernel';
import {
  judgedSentiment, LONGEST_HOLD, noAnswer, readScoredPosition, sameSentiment, scoredPosition,
  type ArticleText, type LeasedArticle, type NewScore, type Replacement, type RescoreChunk, type ScoreStore, type WaitingArticle,
} from '@barometer/sentiment';
import {
  addToRollups, judgementOf, judgementsOf, membershipsOf, removeJudgement, sentimentColumns, sentimentOf, sentimentValues, setJudgement, setSentiment, type SentimentColumns, type SqliteDatabase,
} from '@barometer/storage-sqlite';
import { RecentStories, type StoredArticle } from '@barometer/stories';
import { countedArticle, recount } from './counted-article';

/** `isAvailable` of the core, of now and of now + LONGEST_HOLD. */
const AVAILABLE = '(available_at <= ? OR available_at > ?)';

/** The latest scored articles from a time on. */
export const recentQuery = `SELECT id, title, published_at AS publishedAt, joined_story AS joinedStory, number FROM articles INDEXED BY articles_by_state
  WHERE state = 'scored' AND published_at >= ? ORDER BY published_at DESC, id DESC LIMIT ?`;

type LeaseOptions = Parameters<ScoreStore['lease']>[0];

/** Scores in the SQLite store. */
export class SqliteScoreStore implements ScoreStore {
  private stories: Promise<RecentStories> | undefined;

  constructor(private readonly db: SqliteDatabase) {}

  async lease(options: LeaseOptions): Promise<readonly LeasedArticle[]> {
    return this.db.transaction(() => {
      for (const { id, receives } of this.exhausted(options)) this.fail(id, noAnswer(receives));
      const [oldest, ...others] = this.waiting(options, options.limit);
      if (!oldest) return [];
      const together = oldest.receives > 0 ? [] : others.filter((article) => article.receives === 0);
      return [oldest, ...together].map((article) => this.hand(article, options));
    });
  }

  async pendingArticles(ids: readonly string[]): Promise<readonly WaitingArticle[]> {
    return this.db.all<WaitingArticle>(
      `SELECT id, title, summary, receives FROM articles WHERE state = 'pending' AND id IN (SELECT value FROM json_each(?)) ORDER BY stored_at, number`,
      JSON.stringify(ids),
    ).map((row) => ({ ...row }));
  }

  async attempt(id: string, { now, maxReceives }: { now: number; maxReceives: number }): Promise<number | 'failed' | 'gone'> {
    return this.db.transaction(() => {
      const row = this.db.get<{ receives: number }>(`SELECT receives FROM articles WHERE id = ? AND state = 'pending' AND expires_at > ?`, id, now);
      if (!row) return 'gone';
      if (row.receives >= maxReceives) {
        this.fail(id, noAnswer(row.receives));
        return 'failed';
      }
      this.db.run('UPDATE articles SET receives = receives + 1, delivered_at = coalesce(delivered_at, ?) WHERE id = ?', now, id);
      return row.receives + 1;
    });
  }

  async withdraw(id: string): Promise<void> {
    this.db.run(`UPDATE articles SET receives = receives - 1 WHERE id = ? AND state = 'pending' AND receives > 0`, id);
  }

  async apply(scores: readonly NewScore[], now: number): Promise<readonly ArticleScored[]> {
    const stories = await this.recentStories(now);
    return this.rememberingOnSuccess(() => {
      const readable = this.readableVersions();
      const rollups = new RollupIncrements();
      const events: ArticleScored[] = [];
      for (const { articleId, sentiment } of scores) {
        const article = this.setFirst(articleId, sentiment, now);
        if (!article) continue;
        const joinedStory = stories.join(article);
        if (joinedStory !== undefined) this.db.run('UPDATE articles SET joined_story = ? WHERE id = ?', joinedStory, articleId);
        const { sourceIds, topics } = membershipsOf(this.db, articleId);
        rollups.add(scopesOf(sourceIds, topics, joinedStory), article.hour, contributionOf(sentiment));
        const topicIds = topics.filter((topic) => readable.get(topic.topicId) === topic.version).map((topic) => topic.topicId);
        events.push({ type: 'ArticleScored', version: 1, articleId, scoredAt: now, sourceIds, topicIds, sentiment: structuredClone(sentiment) });
      }
      addToRollups(this.db, rollups);
      return events;
    });
  }

  async giveBack(article: { id: string; token?: string }, reason: string, retryAt?: number): Promise<void> {
    this.db.transaction(() => {
      const token = article.token ?? null;
      const held = this.db.get(`SELECT 1 FROM articles WHERE id = ? AND state = 'pending' AND (? IS NULL OR lease_token = ?)`, article.id, token, token);
      if (!held) return;
      if (retryAt === undefined) this.fail(article.id, reason);
      else this.db.run('UPDATE articles SET lease_token = NULL, available_at = ? WHERE id = ?', retryAt, article.id);
    });
  }

  async scored(options: { notRevision?: string; position?: string; limit: number }): Promise<RescoreChunk> {
    const after = readScoredPosition(options.position);
    const rows = this.db.all<SentimentColumns & ArticleText & { published_at: number }>(
      `SELECT id, title, summary, published_at, ${sentimentColumns} FROM articles
       WHERE state = 'scored' AND (published_at, id) > (?, ?) AND model_revision IS NOT ? ORDER BY published_at, id LIMIT ?`,
      after.publishedAt, after.id, options.notRevision ?? null, options.limit,
    );
    const last = rows.length === options.limit ? rows.at(-1) : undefined;
    const judged = judgementsOf(this.db, rows.map(({ id }) => id));
    return {
      items: rows.flatMap((row) => {
        const sentiment = judged.get(row.id)?.modelSentiment ?? sentimentOf(row);
        return sentiment ? [{ id: row.id, title: row.title, summary: row.summary, sentiment }] : [];
      }),
      ...(last && { position: scoredPosition({ publishedAt: last.published_at, id: last.id }) }),
    };
  }

  async replace(replacements: readonly Replacement[], now: number): Promise<ReadonlySet<string>> {
    return this.db.transaction(() => new Set(replacements.filter((one) => this.replaceOne(one, now)).map(({ articleId }) => articleId)));
  }

  private replaceOne({ articleId, expected, next }: Replacement, now: number): boolean {
    const article = countedArticle(this.db, articleId, now);
    if (!article?.sentiment) return false;
    const judged = judgementOf(this.db, articleId);
    if (!sameSentiment(judged?.modelSentiment ?? article.sentiment, expected)) return false;
    if (judged) setJudgement(this.db, articleId, { ...judged, modelSentiment: next });
    recount(this.db, article, judged ? judgedSentiment(judged.judgement.label, next.model) : next);
    this.db.run('UPDATE articles SET scored_at = ? WHERE id = ?', now, articleId);
    return true;
  }

  async judge(id: string, judgement: ReaderJudgement): Promise<'judged' | 'unscored' | 'gone'> {
    return this.db.transaction(() => {
      const article = countedArticle(this.db, id, judgement.at);
      if (!article?.sentiment) return article ? 'unscored' : 'gone';
      const before = judgementOf(this.db, id);
      if (before?.judgement.label === judgement.label) return 'judged';
      const modelSentiment = before?.modelSentiment ?? article.sentiment;
      setJudgement(this.db, id, { judgement, modelSentiment });
      recount(this.db, article, judgedSentiment(judgement.label, modelSentiment.model));
      return 'judged';
    });
  }

  async takeBack(id: string, now: number): Promise<'taken-back' | 'unjudged' | 'gone'> {
    return this.db.transaction(() => {
      const article = countedArticle(this.db, id, now);
      if (!article) return 'gone';
      const judged = judgementOf(this.db, id);
      if (!judged) return 'unjudged';
      removeJudgement(this.db, id);
      recount(this.db, article, judged.modelSentiment);
      return 'taken-back';
    });
  }

  async redrive(now: number, ids?: readonly string[]): Promise<number> {
    const these = ids && JSON.stringify(ids);
    return this.db.transaction(() =>
      this.db.run(
        `UPDATE articles SET state = 'pending', reason = NULL, receives = 0, available_at = 0, lease_token = NULL, sent_at = NULL
         WHERE state = 'failed' AND expires_at > ? ${these === undefined ? '' : 'AND id IN (SELECT value FROM json_each(?))'}`,
        now, ...(these === undefined ? [] : [these]),
      ));
  }

  async backlog(): Promise<{ pending: number; failed: number; oldestPendingAt?: number }> {
    const row = this.db.get<{ pending: number; failed: number; oldest: number | null }>(
      `SELECT (SELECT count(*) FROM articles WHERE state = 'pending') AS pending, (SELECT count(*) FROM articles WHERE state = 'failed') AS failed,
         (SELECT min(stored_at) FROM articles INDEXED BY articles_pending WHERE state = 'pending') AS oldest`,
    );
    return { pending: row?.pending ?? 0, failed: row?.failed ?? 0, ...(row && row.oldest !== null && { oldestPendingAt: row.oldest }) };
  }

  /** What was handed out as often as allowed and came back without an answer. */
  private exhausted({ now, maxReceives }: LeaseOptions): Pick<WaitingArticle, 'id' | 'receives'>[] {
    return this.db.all(
      `SELECT id, receives FROM articles WHERE state = 'pending' AND ${AVAILABLE} AND expires_at > ? AND receives >= ?`, now, now + LONGEST_HOLD, now, maxReceives,
    );
  }

  private waiting({ now }: LeaseOptions, limit: number): WaitingArticle[] {
    // The planner would take another index on the state and sort all that wait.
    return this.db.all(
      `SELECT id, title, summary, receives FROM articles INDEXED BY articles_pending
       WHERE state = 'pending' AND ${AVAILABLE} AND expires_at > ? ORDER BY stored_at, number LIMIT ?`,
      now, now + LONGEST_HOLD, now, limit,
    );
  }

  private hand({ id, title, summary, receives }: WaitingArticle, { now, leaseMs }: LeaseOptions): LeasedArticle {
    const token = randomUUID();
    this.db.run(
      'UPDATE articles SET lease_token = ?, available_at = ?, receives = receives + 1, delivered_at = coalesce(delivered_at, ?) WHERE id = ?',
      token, now + leaseMs, now, id,
    );
    return { id, title, summary, token, receives: receives + 1 };
  }

  private fail(id: string, reason: string): void {
    this.db.run(`UPDATE articles SET state = 'failed', reason = ?, lease_token = NULL WHERE id = ?`, reason, id);
  }

  /** The stories of the last three days, read from the articles the first time. */
  private async recentStories(now: number): Promise<RecentStories> {
    const read = (since: number, most: number) =>
      this.db.all<StoredArticle & { number: number }>(recentQuery, since, most).sort((one, other) => one.number - other.number);
    this.stories ??= RecentStories.load(read, now);
    try {
      const stories = await this.stories;
      stories.tidy(now);
      return stories;
    } catch (error) {
      this.stories = undefined;
      throw error;
    }
  }

  /** A transaction that fails leaves nothing behind in the stories either: they are read anew. */
  private rememberingOnSuccess<T>(work: () => T): T {
    try {
      return this.db.transaction(work);
    } catch (error) {
      this.stories = undefined;
      throw error;
    }
  }

  /** Sets the sentiment of an article that waits for one; `undefined` where it does not wait. */
  private setFirst(id: string, sentiment: Sentiment, now: number): (StoredArticle & { readonly hour: number }) | undefined {
    return this.db.get(
      `UPDATE articles SET state = 'scored', reason = NULL, lease_token = NULL, scored_at = ?, ${setSentiment}
       WHERE id = ? AND state = 'pending' AND expires_at > ? RETURNING id, title, published_at AS publishedAt, hour`,
      now, ...sentimentValues(sentiment), id, now,
    );
  }

  /** The version of each topic that readers see. */
  private readableVersions(): ReadonlyMap<string, number | null> {
    const rows = this.db.all<{ id: string; ready_version: number | null }>('SELECT id, ready_version FROM topics');
    return new Map(rows.map((row) => [row.id, row.ready_version]));
  }
}
