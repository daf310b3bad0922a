import { isCanary } from '@barometer/canary';
import type { Clock } from '@barometer/kernel';
import type { WaitingArticle } from '../domain/article-text';
import { textToScore, type ScoreText } from '../domain/text-to-score';
import type { NewScore, ScoreStore } from '../ports/score-store.port';
import type { SentimentClassifier } from '../ports/sentiment-classifier.port';

/** A message of a queue that manages its own leases. */
export interface Delivery {
  /** Which article waits. */
  readonly articleId: string;
  /** How often the message was received, including this time. */
  readonly receives: number;
}

export interface ScoreDeliveriesDeps {
  readonly classifier: SentimentClassifier;
  readonly store: ScoreStore;
  readonly clock: Clock;
  readonly text?: ScoreText;
  /** After this many attempts an article counts as failed; the queue must deliver a message two more times, for the first batch and for the clean-up. */
  readonly maxReceives?: number;
}

/** The outcome of a batch. */
export interface DeliveryReport<Message extends Delivery> {
  readonly scored: number;
  /** Articles that have become `failed`, with their reason. */
  readonly failed: number;
  /** Articles that were scored or failed already, or are gone. */
  readonly known: number;
  /** Messages that must be delivered again. */
  readonly retry: readonly Message[];
  /** The error of the store; nothing was tried after it. */
  readonly outage?: unknown;
}

/** Scores what a queue delivers. An article is scored once, even if it is delivered twice or by two queues. */
export class ScoreDeliveries {
  private readonly maxReceives: number;

  constructor(private readonly deps: ScoreDeliveriesDeps) {
    this.maxReceives = deps.maxReceives ?? 5;
  }

  /**
   * What is delivered for the first time is scored in one batch; what was received before is scored alone, and so is
   * each article of a batch that failed, so that a text the model cannot process harms only itself. An attempt at a
   * single article is counted in the store before it is made, and a message's own receives do not count: a crash in the
   * middle of a batch counts against no neighbour, and messages left in the queue do not count against an article that
   * was redriven. On its last attempt an article that cannot be scored becomes `failed` with the reason; one whose last
   * attempt ended in a crash becomes `failed` untried. An outage of the store takes its attempt back.
   * Throws if the model cannot be used; an outage of the store is in the report, since some articles may be scored by
   * then.
   */
  async execute<Message extends Delivery>(messages: readonly Message[]): Promise<DeliveryReport<Message>> {
    await this.deps.classifier.ready();
    const round = new Round();
    let outage: { readonly outage?: unknown } = {};
    try {
      await this.work(round, messages);
    } catch (error) {
      outage = { outage: error };
    }
    const retry = messages.filter(({ articleId }) => !round.settled.has(articleId));
    return { scored: round.scored, failed: round.failed, known: round.known, retry, ...outage };
  }

  private async work(round: Round, messages: readonly Delivery[]): Promise<void> {
    const ids = [...new Set(messages.map(({ articleId }) => articleId))];
    const waiting = ids.length === 0 ? [] : await this.deps.store.pendingArticles(ids);
    const found = new Set(waiting.map(({ id }) => id));
    for (const id of ids) if (!found.has(id)) round.settle(id, 'known');
    const seen = new Set(messages.filter(({ receives }) => receives > 1).map(({ articleId }) => articleId));
    const isNew = ({ id, receives }: WaitingArticle) => receives === 0 && !seen.has(id);
    const isExhausted = ({ receives }: WaitingArticle) => receives >= this.maxReceives;
    // First, before anything that could end the process: these are only recorded as failed, not tried.
    for (const article of waiting.filter(isExhausted)) await this.alone(round, article);
    const refused = await this.together(round, waiting.filter(isNew));
    // Those with the fewest attempts come first, so that articles behind a text that ends the process come before it the next time.
    const others = waiting.filter((article) => !isNew(article) && !isExhausted(article));
    for (const article of [...refused, ...others].toSorted((a, b) => a.receives - b.receives)) await this.alone(round, article);
  }

  /** Scores a batch; answers the articles that must be tried alone. */
  private async together(round: Round, articles: readonly WaitingArticle[]): Promise<readonly WaitingArticle[]> {
    if (articles.length === 0) return [];
    const scores = await this.classify(articles).catch(() => undefined);
    if (!scores) return articles;
    await this.store(round, scores);
    return [];
  }

  private async alone(round: Round, article: WaitingArticle): Promise<void> {
    const { store, clock } = this.deps;
    const receives = await store.attempt(article.id, { now: clock.now(), maxReceives: this.maxReceives });
    if (receives === 'gone') return round.settle(article.id, 'known');
    if (receives === 'failed') return round.settle(article.id, 'failed');
    let scores: readonly NewScore[];
    try {
      scores = await this.classify([article]);
    } catch (error) {
      if (receives < this.maxReceives) return;
      await store.giveBack(article, error instanceof Error ? error.message : String(error));
      return round.settle(article.id, 'failed');
    }
    await this.store(round, scores).catch(async (outage: unknown) => {
      await store.withdraw(article.id).catch(() => undefined);
      throw outage;
    });
  }

  private async classify(articles: readonly WaitingArticle[]): Promise<readonly NewScore[]> {
    const sentiments = await this.deps.classifier.classify(articles.map((article) => textToScore(article, this.deps.text)));
    return articles.flatMap(({ id }, index) => {
      const sentiment = sentiments[index];
      return sentiment ? [{ articleId: id, sentiment }] : [];
    });
  }

  private async store(round: Round, scores: readonly NewScore[]): Promise<void> {
    const set = await this.deps.store.apply(scores, this.deps.clock.now());
    const fresh = new Set(set.map(({ articleId }) => articleId));
    for (const { articleId } of scores) round.settle(articleId, fresh.has(articleId) ? 'scored' : 'known');
  }
}

/** One batch in progress: each article once, however often it is in the batch. */
class Round {
  readonly settled = new Set<string>();
  scored = 0;
  failed = 0;
  known = 0;

  settle(id: string, outcome: 'scored' | 'failed' | 'known'): void {
    // The canary is not an article and is in no count.
    if (!isCanary(id)) this[outcome] += 1;
    this.settled.add(id);
  }
}
