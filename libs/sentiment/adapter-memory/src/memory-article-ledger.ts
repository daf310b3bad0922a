import { RollupIncrements } from '@barometer/kernel';
import {
  addDifference,
  isFree,
  oldestFirst,
  type ArticleLedger,
  type ChangedArticle,
  type LeaseOptions,
  type Memberships,
  type StoryFinder,
  type Transition,
} from '@barometer/sentiment';
import { addToRollups, type ArticleRow, type MemoryDatabase } from '@barometer/storage-memory';
import { RecentStories } from '@barometer/stories';

/** The articles in memory, as scoring uses them. */
export class MemoryArticleLedger implements ArticleLedger {
  private recentStories: Promise<RecentStories> | undefined;

  constructor(private readonly db: MemoryDatabase) {}

  get retention() {
    return this.db.retention;
  }

  async change(ids: readonly string[], transition: Transition): Promise<readonly ChangedArticle[]> {
    const changes = [...new Set(ids)].flatMap((id) => {
      const before = this.db.articles.get(id);
      const after = transition(before);
      return before && after && after !== before ? [{ before, after: structuredClone(after), memberships: membershipsOf(before) }] : [];
    });
    if (changes.length === 0) return [];
    const rollups = new RollupIncrements();
    this.db.transaction(() => {
      for (const { before, after, memberships } of changes) {
        this.db.articles.set(after.id, after);
        addDifference(rollups, before, after, memberships);
      }
      addToRollups(this.db, rollups);
    });
    return changes.map(({ after, memberships }) => ({ article: after, memberships }));
  }

  async free({ now }: LeaseOptions): Promise<readonly ArticleRow[]> {
    return this.inState('pending')
      .filter((article) => isFree(article, { now, retention: this.retention }))
      .sort(oldestFirst);
  }

  async read(ids: readonly string[]): Promise<readonly ArticleRow[]> {
    return ids.flatMap((id) => this.db.articles.get(id) ?? []);
  }

  async scored({ notRevision, after, limit }: Parameters<ArticleLedger['scored']>[0]): Promise<readonly ArticleRow[]> {
    return this.inState('scored')
      .filter((row) => (row.publishedAt - after.publishedAt || (row.id > after.id ? 1 : 0)) > 0)
      .filter((row) => notRevision === undefined || row.sentiment?.model.revision !== notRevision)
      .sort((a, b) => a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  async failed(): Promise<readonly string[]> {
    return this.inState('failed').map(({ id }) => id);
  }

  async backlog(): Promise<{ pending: number; failed: number; oldestPendingAt?: number }> {
    const pending = this.inState('pending').sort(oldestFirst);
    return { pending: pending.length, failed: this.inState('failed').length, ...(pending[0] && { oldestPendingAt: pending[0].storedAt }) };
  }

  async stories(_ids: readonly string[], now: number): Promise<StoryFinder> {
    this.recentStories ??= RecentStories.load((since, most) => this.recent(since, most), now);
    const stories = await this.recentStories;
    stories.tidy(now);
    return stories;
  }

  async readableTopics(): Promise<ReadonlyMap<string, number | undefined>> {
    return new Map([...this.db.topics].map(([id, { readyVersion }]) => [id, readyVersion]));
  }

  private recent(since: number, most: number): ArticleRow[] {
    return this.inState('scored')
      .filter(({ publishedAt }) => publishedAt >= since)
      .sort((a, b) => a.number - b.number)
      .slice(-most);
  }

  private inState(state: ArticleRow['state']): ArticleRow[] {
    return [...this.db.articles.values()].filter((article) => article.state === state);
  }
}

const membershipsOf = ({ sources, topics }: ArticleRow): Memberships => ({ sourceIds: sources.map(({ sourceId }) => sourceId), topics });
