import type { ArticleScored, ReaderJudgement, Sentiment } from '@barometer/events';
import { randomHex } from '@barometer/kernel';
import {
  attempted,
  givenBack,
  judged,
  leasable,
  leased,
  oldestFirst,
  redriven,
  replaced,
  scored,
  takenBack,
  withdrawn,
  type LeaseOptions,
  type LifeArticle,
} from '../domain/article-life';
import type { LeasedArticle, WaitingArticle } from '../domain/article-text';
import { modelSentimentOf } from '../domain/judgement';
import { readScoredPosition, scoredPosition } from '../domain/scored-position';
import type { ArticleLedger } from '../ports/article-ledger.port';
import type { NewScore, Replacement, RescoreChunk, ScoreStore } from '../ports/score-store.port';

/** At most this many articles are redriven in one transaction. */
const REDRIVEN_TOGETHER = 500;

/** The scores of any store: applies the rules of an article's life to that store's ledger. */
export class ArticleScores implements ScoreStore {
  constructor(private readonly ledger: ArticleLedger) {}

  async lease(options: LeaseOptions): Promise<readonly LeasedArticle[]> {
    const ids = leasable(await this.ledger.free(options), options);
    if (ids.length === 0) return [];
    const token = randomHex(16);
    const at = { ...options, ...this.at(options.now) };
    const changed = await this.ledger.change(ids, (article) => article && leased(article, token, at), { durable: false });
    return changed.flatMap(({ article: { id, title, summary, receives, leaseToken } }) =>
      leaseToken === undefined ? [] : [{ id, title, summary, token: leaseToken, receives }],
    );
  }

  async pendingArticles(ids: readonly string[]): Promise<readonly WaitingArticle[]> {
    const articles = await this.ledger.read([...new Set(ids)]);
    const waiting = articles.filter(({ state }) => state === 'pending').sort(oldestFirst);
    return waiting.map(({ id, title, summary, receives }) => ({ id, title, summary, receives }));
  }

  async attempt(id: string, { now, maxReceives }: { now: number; maxReceives: number }): Promise<number | 'failed' | 'gone'> {
    const [changed] = await this.ledger.change([id], (article) => article && attempted(article, { ...this.at(now), maxReceives }));
    if (!changed) return 'gone';
    return changed.article.state === 'failed' ? 'failed' : changed.article.receives;
  }

  async withdraw(id: string): Promise<void> {
    await this.ledger.change([id], (article) => article && withdrawn(article));
  }

  async apply(scores: readonly NewScore[], now: number): Promise<readonly ArticleScored[]> {
    const first = new Map<string, Sentiment>();
    for (const { articleId, sentiment } of scores) if (!first.has(articleId)) first.set(articleId, sentiment);
    const stories = await this.ledger.stories([...first.keys()], now);
    if (first.size === 0) return [];
    const readable = await this.ledger.readableTopics();
    // An article joins once, however often the store calls again.
    const joined = new Map<string, string | undefined>();
    const join = (article: LifeArticle) => {
      if (!joined.has(article.id)) joined.set(article.id, stories.join(article));
      return joined.get(article.id);
    };
    const changed = await this.ledger.change(
      [...first.keys()],
      (article) => {
        const sentiment = article && first.get(article.id);
        return sentiment ? scored(article, sentiment, join, this.at(now)) : article;
      },
      { durable: false },
    );
    // Failures are ignored: the articles are scored, and this only helps later ones to find their story.
    await stories.note?.(changed.map(({ article }) => article)).catch(() => undefined);
    return changed.flatMap(({ article: { id, sentiment }, memberships }) => {
      if (!sentiment || !memberships) return [];
      const topicIds = memberships.topics.filter(({ topicId, version }) => readable.get(topicId) === version).map(({ topicId }) => topicId);
      return [
        {
          type: 'ArticleScored',
          version: 1,
          articleId: id,
          scoredAt: now,
          sourceIds: [...memberships.sourceIds],
          topicIds,
          sentiment: structuredClone(sentiment),
        },
      ];
    });
  }

  async giveBack({ id, token }: { id: string; token?: string }, reason: string, retryAt?: number): Promise<void> {
    await this.ledger.change([id], (article) => article && givenBack(article, token, reason, retryAt));
  }

  async scored({ notRevision, position, limit }: { notRevision?: string; position?: string; limit: number }): Promise<RescoreChunk> {
    const found = await this.ledger.scored({ notRevision, after: readScoredPosition(position), limit });
    const last = found.length === limit ? found.at(-1) : undefined;
    const items = found.flatMap((article) => {
      const sentiment = modelSentimentOf(article);
      return sentiment ? [{ id: article.id, title: article.title, summary: article.summary, sentiment: structuredClone(sentiment) }] : [];
    });
    return { items, ...(last && { position: scoredPosition(last) }) };
  }

  async replace(replacements: readonly Replacement[], now: number): Promise<ReadonlySet<string>> {
    const byId = new Map(replacements.map((one) => [one.articleId, one]));
    const changed = await this.ledger.change([...byId.keys()], (article) => {
      const one = article && byId.get(article.id);
      return one ? replaced(article, one.expected, one.next, this.at(now)) : article;
    });
    return new Set(changed.map(({ article }) => article.id));
  }

  judge(id: string, judgement: ReaderJudgement, score?: Sentiment): Promise<'judged' | 'unscored' | 'gone'> {
    return this.decide(id, 'judged', (article) => judged(article, judgement, score, this.ledger.retention));
  }

  takeBack(id: string, now: number): Promise<'taken-back' | 'unjudged' | 'gone'> {
    return this.decide(id, 'taken-back', (article) => takenBack(article, this.at(now)));
  }

  async redrive(now: number, ids?: readonly string[]): Promise<number> {
    const these = ids ?? (await this.ledger.failed());
    let count = 0;
    for (let start = 0; start < these.length; start += REDRIVEN_TOGETHER) {
      count += (await this.ledger.change(these.slice(start, start + REDRIVEN_TOGETHER), (article) => article && redriven(article, this.at(now)))).length;
    }
    return count;
  }

  backlog(): Promise<{ readonly pending: number; readonly failed: number; readonly oldestPendingAt?: number }> {
    return this.ledger.backlog();
  }

  /** Changes an article unless the rule refuses; answers `done` or the refusal. */
  private async decide<Done extends string, Refusal extends string>(
    id: string,
    done: Done,
    rule: <A extends LifeArticle>(article: A | undefined) => A | Refusal | 'gone',
  ): Promise<Done | Refusal | 'gone'> {
    let answer: Done | Refusal | 'gone' | undefined;
    await this.ledger.change([id], (article) => {
      const next = rule(article);
      if (typeof next !== 'string') {
        answer = done;
        return next;
      }
      // When called again after a write whose answer was lost, the rule may refuse what is already done.
      if (answer !== done || next === 'gone') answer = next;
      return article;
    });
    return answer ?? 'gone';
  }

  private at(now: number) {
    return { now, retention: this.ledger.retention };
  }
}
