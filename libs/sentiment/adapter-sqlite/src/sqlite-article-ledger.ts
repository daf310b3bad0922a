import { RollupIncrements } from '@barometer/kernel';
import {
  addDifference,
  LONGEST_HOLD,
  type ArticleLedger,
  type ChangedArticle,
  type LeaseOptions,
  type LifeArticle,
  type Memberships,
  type StoryFinder,
  type Transition,
} from '@barometer/sentiment';
import { addToRollups, refreshStoryTotals, type SqliteDatabase } from '@barometer/storage-sqlite';
import { RecentStories, type StoredArticle } from '@barometer/stories';
import { articlesWhere, readArticles, readMemberships, writeArticle } from './article-rows';

/** The core's `isFree` in SQL; its parameters are now, now + LONGEST_HOLD, and the bound of expiry. */
const FREE = `state = 'pending' AND (available_at <= ? OR available_at > ?) AND expires_at > ?`;

/** The latest scored articles since a time. */
const recentQuery = `SELECT id, title, published_at AS publishedAt, joined_story AS joinedStory, number FROM articles INDEXED BY articles_by_state
  WHERE state = 'scored' AND published_at >= ? ORDER BY published_at DESC, id DESC LIMIT ?`;

type FreeArticle = Pick<LifeArticle, 'id' | 'receives'>;

/** The articles of the SQLite store, as scoring uses them. */
export class SqliteArticleLedger implements ArticleLedger {
  private recentStories: Promise<RecentStories> | undefined;

  constructor(private readonly db: SqliteDatabase) {}

  get retention() {
    return this.db.retention;
  }

  async change(ids: readonly string[], transition: Transition, options: { readonly durable?: boolean } = {}): Promise<readonly ChangedArticle[]> {
    try {
      return this.db.transaction(() => this.write(ids, transition), options);
    } catch (error) {
      // After a failure, the stories in memory hold articles that were not written.
      this.recentStories = undefined;
      throw error;
    }
  }

  private write(ids: readonly string[], transition: Transition): ChangedArticle[] {
    const articles = new Map(readArticles(this.db, ids).map((article) => [article.id, article]));
    const changes = [...new Set(ids)].flatMap((id) => {
      const before = articles.get(id);
      const after = transition(before);
      return before && after && after !== before ? [{ before, after }] : [];
    });
    for (const { before, after } of changes) writeArticle(this.db, before, after);
    const recounted = changes.filter(({ before, after }) => before.sentiment !== after.sentiment);
    const memberships = recounted.length === 0 ? undefined : this.recount(recounted);
    return changes.map(({ after: article }) => ({ article, memberships: memberships?.get(article.id) }));
  }

  /** Updates roll-ups and story totals for articles whose sentiment has changed; answers what they count into. */
  private recount(changes: readonly { readonly before: LifeArticle; readonly after: LifeArticle }[]): ReadonlyMap<string, Memberships> {
    const byId = readMemberships(
      this.db,
      changes.map(({ after }) => after.id),
    );
    const rollups = new RollupIncrements();
    for (const { before, after } of changes) addDifference(rollups, before, after, byId.get(after.id) ?? { sourceIds: [], topics: [] });
    addToRollups(this.db, rollups);
    // No article has joined one that was never scored.
    const inStories = changes.filter(({ before, after }) => after.joinedStory !== undefined || before.state !== 'pending');
    refreshStoryTotals(
      this.db,
      inStories.map(({ after }) => after.joinedStory ?? after.id),
    );
    return byId;
  }

  async free({ now, limit, maxReceives }: LeaseOptions): Promise<readonly FreeArticle[]> {
    const free = [now, now + LONGEST_HOLD, this.db.expiryBound(now)] as const;
    return [
      // The planner would choose another index on the state, and read or sort all waiting articles.
      ...this.db.all<FreeArticle>(`SELECT id, receives FROM articles INDEXED BY articles_pending WHERE ${FREE} AND receives >= ?`, ...free, maxReceives),
      ...this.db.all<FreeArticle>(
        `SELECT id, receives FROM articles INDEXED BY articles_pending WHERE ${FREE} AND receives < ? ORDER BY stored_at, number LIMIT ?`,
        ...free,
        maxReceives,
        limit,
      ),
    ];
  }

  async read(ids: readonly string[]): Promise<readonly LifeArticle[]> {
    return readArticles(this.db, ids);
  }

  async scored({ notRevision, after, limit }: Parameters<ArticleLedger['scored']>[0]): Promise<readonly LifeArticle[]> {
    return articlesWhere(
      this.db,
      `state = 'scored' AND (published_at, id) > (?, ?) AND model_revision IS NOT ? ORDER BY published_at, id LIMIT ?`,
      after.publishedAt,
      after.id,
      notRevision ?? null,
      limit,
    );
  }

  async failed(): Promise<readonly string[]> {
    return this.db.all<{ id: string }>(`SELECT id FROM articles WHERE state = 'failed'`).map(({ id }) => id);
  }

  async backlog(): Promise<{ pending: number; failed: number; oldestPendingAt?: number }> {
    const row = this.db.get<{ pending: number; failed: number; oldest: number | null }>(
      `SELECT (SELECT count(*) FROM articles WHERE state = 'pending') AS pending, (SELECT count(*) FROM articles WHERE state = 'failed') AS failed,
         (SELECT min(stored_at) FROM articles INDEXED BY articles_pending WHERE state = 'pending') AS oldest`,
    );
    return { pending: row?.pending ?? 0, failed: row?.failed ?? 0, ...(row && row.oldest !== null && { oldestPendingAt: row.oldest }) };
  }

  /** The stories of the last three days, read from the articles the first time. */
  async stories(_ids: readonly string[], now: number): Promise<StoryFinder> {
    const read = (since: number, most: number) =>
      this.db.all<StoredArticle & { number: number }>(recentQuery, since, most).sort((one, other) => one.number - other.number);
    this.recentStories ??= RecentStories.load(read, now);
    try {
      const stories = await this.recentStories;
      stories.tidy(now);
      return stories;
    } catch (error) {
      this.recentStories = undefined;
      throw error;
    }
  }

  /** The version of each topic that readers see. */
  async readableTopics(): Promise<ReadonlyMap<string, number | null>> {
    const rows = this.db.all<{ id: string; ready_version: number | null }>('SELECT id, ready_version FROM topics');
    return new Map(rows.map((row) => [row.id, row.ready_version]));
  }
}
