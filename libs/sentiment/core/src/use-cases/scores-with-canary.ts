import { isCanary, isCanaryAwaited, type CanaryRecord, type CanaryStore } from '@barometer/canary';
import type { ArticleScored } from '@barometer/events';
import type { LeasedArticle, WaitingArticle } from '../domain/article-text';
import type { NewScore, Replacement, RescoreChunk, ScoreStore } from '../ports/score-store.port';

type LeaseOptions = Parameters<ScoreStore['lease']>[0];

export interface ScoresWithCanaryDeps {
  readonly scores: ScoreStore;
  readonly canaries: CanaryStore;
  readonly now: () => number;
}

/**
 * A score store in which the canary waits among the articles, and its answer is stored without counting: no roll-up, no
 * event, no story. The canary is handed out alone, so that it cannot affect others, and only while it is awaited.
 * Everything else goes to the store itself; if the canary cannot be read, articles are still scored.
 */
export class ScoresWithCanary implements ScoreStore {
  /** Whether a canary may wait: one was announced, or sent before this process began. Avoids a query with every lease. */
  private mayWait = true;
  /** The canary that was handed out, and until when, like a lease. */
  private held: { readonly id: string; readonly until: number } | undefined;

  constructor(private readonly deps: ScoresWithCanaryDeps) {}

  /** Notes that articles were announced to this process; one of them may be the canary. */
  announced(articleIds: readonly string[]): void {
    if (articleIds.some(isCanary)) this.mayWait = true;
  }

  async lease(options: LeaseOptions): Promise<readonly LeasedArticle[]> {
    const canary = this.mayWait && options.limit > 0 ? await this.look(options.now) : undefined;
    if (!canary || (canary.id === this.held?.id && options.now < this.held.until)) return this.deps.scores.lease(options);
    this.held = { id: canary.id, until: options.now + options.leaseMs };
    return [{ ...textOf(canary), token: canary.id, receives: 1 }];
  }

  async pendingArticles(ids: readonly string[]): Promise<readonly WaitingArticle[]> {
    const articles = ids.filter((id) => !isCanary(id));
    const pending = articles.length === 0 && ids.length > 0 ? [] : await this.deps.scores.pendingArticles(articles);
    const asked = ids.filter(isCanary);
    const canary = asked.length === 0 ? undefined : await this.waiting(this.deps.now());
    return canary && asked.includes(canary.id) ? [...pending, { ...textOf(canary), receives: 0 }] : pending;
  }

  async attempt(id: string, options: { now: number; maxReceives: number }): Promise<number | 'failed' | 'gone'> {
    if (!isCanary(id)) return this.deps.scores.attempt(id, options);
    return (await this.waiting(options.now))?.id === id ? 1 : 'gone';
  }

  async withdraw(id: string): Promise<void> {
    if (!isCanary(id)) await this.deps.scores.withdraw(id);
  }

  async apply(scores: readonly NewScore[], now: number): Promise<readonly ArticleScored[]> {
    const articles = scores.filter(({ articleId }) => !isCanary(articleId));
    for (const {
      articleId,
      sentiment: { label, tone, model },
    } of scores.filter((score) => isCanary(score.articleId))) {
      await this.deps.canaries.answer(articleId, { label, tone, model, answeredAt: now });
    }
    return articles.length === 0 && scores.length > 0 ? [] : this.deps.scores.apply(articles, now);
  }

  async giveBack(article: { id: string; token?: string }, reason: string, retryAt?: number): Promise<void> {
    if (!isCanary(article.id)) await this.deps.scores.giveBack(article, reason, retryAt);
    else if (retryAt !== undefined) this.held = { id: article.id, until: retryAt };
  }

  scored(options: { notRevision?: string; position?: string; limit: number }): Promise<RescoreChunk> {
    return this.deps.scores.scored(options);
  }

  replace(replacements: readonly Replacement[], now: number): Promise<ReadonlySet<string>> {
    return this.deps.scores.replace(replacements, now);
  }

  judge(...judged: Parameters<ScoreStore['judge']>): ReturnType<ScoreStore['judge']> {
    return this.deps.scores.judge(...judged);
  }

  takeBack(id: string, now: number): Promise<'taken-back' | 'unjudged' | 'gone'> {
    return this.deps.scores.takeBack(id, now);
  }

  redrive(now: number, ids?: readonly string[]): Promise<number> {
    return this.deps.scores.redrive(now, ids);
  }

  backlog(): Promise<{ readonly pending: number; readonly failed: number; readonly oldestPendingAt?: number }> {
    return this.deps.scores.backlog();
  }

  /** The waiting canary, if there is one; one that is announced during this read is found by the next. */
  private async look(now: number): Promise<CanaryRecord | undefined> {
    this.mayWait = false;
    try {
      const canary = await this.waiting(now);
      if (canary) this.mayWait = true;
      return canary;
    } catch {
      this.mayWait = true;
      return undefined;
    }
  }

  private async waiting(now: number): Promise<CanaryRecord | undefined> {
    const canary = await this.deps.canaries.read();
    return canary && isCanaryAwaited(canary, now) ? canary : undefined;
  }
}

const textOf = ({ id, title, summary }: CanaryRecord) => ({ id, title, summary });
