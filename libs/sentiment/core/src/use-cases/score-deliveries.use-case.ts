import type { Clock } from '@barometer/kernel';
import type { WaitingArticle } from '../domain/article-text';
import { noAnswer } from '../domain/scored-position';
import { textToScore, type ScoreText } from '../domain/text-to-score';
import type { NewScore, ScoreStore } from '../ports/score-store.port';
import type { SentimentClassifier } from '../ports/sentiment-classifier.port';

/** A message of a queue that keeps its own leases. */
export interface Delivery {
  /** Which article waits. */
  readonly articleId: string;
  /** How often the message was received, this time included. */
  readonly receives: number;
  /** When it was sent, in milliseconds since 1970, by the queue's clock. */
  readonly sentAt: number;
}

export interface ScoreDeliveriesDeps {
  readonly classifier: SentimentClassifier;
  readonly store: ScoreStore;
  readonly clock: Clock;
  readonly text?: ScoreText;
  /** After this many attempts an article counts as failed; the queue must hand a message out at least once more. */
  readonly maxReceives?: number;
}

/** What became of a batch. */
export interface DeliveryReport<Message extends Delivery> {
  readonly scored: number;
  /** Articles that are `failed` from now on, with their reason. */
  readonly failed: number;
  /** Articles that had their score already, had failed, are gone, or were redriven after the message was sent. */
  readonly known: number;
  /** What has to be delivered again. */
  readonly retry: readonly Message[];
  /** What the store threw: nothing was tried after that. */
  readonly outage?: unknown;
}

/** Scores what a queue delivers. Delivered twice, or by two queues, an article is scored once. */
export class ScoreDeliveries {
  private readonly maxReceives: number;

  constructor(private readonly deps: ScoreDeliveriesDeps) {
    this.maxReceives = deps.maxReceives ?? 5;
  }

  /**
   * What is delivered for the first time goes in one batch; what was received before goes alone, and so does each of a
   * batch that failed, so that a text the model cannot bear hurts only itself. On its last receive an article that
   * cannot be scored becomes `failed` with the reason. One that comes back after that had its last attempt end in a
   * crash: it becomes `failed` untried. Those two are stored before anything that could crash again is tried. A message
   * from before a redrive is done with: its receives say nothing of the new attempts, which have a message of their own.
   * Throws when the model cannot be used; an outage of the store is in the report, since some may be scored by then.
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
    const ids = new Set(messages.map(({ articleId }) => articleId));
    const waiting = ids.size === 0 ? [] : await this.deps.store.pendingArticles([...ids]);
    for (const article of waiting) round.take(article, messages.filter(({ articleId, sentAt }) => articleId === article.id && sentAt >= article.availableAt));
    for (const id of ids) if (!round.receives.has(id)) round.settle(id, 'known');
    const isExhausted = ({ id }: WaitingArticle) => round.receivesOf(id) > this.maxReceives;
    const isNew = ({ id }: WaitingArticle) => round.receivesOf(id) === 1;
    for (const { id } of round.articles.filter(isExhausted)) await this.fail(round, id, noAnswer(round.receivesOf(id) - 1));
    const alone = inTurn(round.articles.filter((article) => !isNew(article) && !isExhausted(article)), round);
    for (const article of [...(await this.together(round, round.articles.filter(isNew))), ...alone]) await this.alone(round, article);
  }

  /** Scores a batch; answers those that have to be tried alone. */
  private async together(round: Round, articles: readonly WaitingArticle[]): Promise<readonly WaitingArticle[]> {
    if (articles.length === 0) return [];
    const scores = await this.classify(articles).catch(() => undefined);
    if (!scores) return articles;
    await this.store(round, scores);
    return [];
  }

  private async alone(round: Round, article: WaitingArticle): Promise<void> {
    let scores: readonly NewScore[];
    try {
      scores = await this.classify([article]);
    } catch (error) {
      const isLast = round.receivesOf(article.id) >= this.maxReceives;
      if (isLast) await this.fail(round, article.id, error instanceof Error ? error.message : String(error));
      return;
    }
    await this.store(round, scores);
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

  private async fail(round: Round, id: string, reason: string): Promise<void> {
    await this.deps.store.giveBack({ id }, reason);
    round.settle(id, 'failed');
  }
}

/** One batch on its way: each article once, however often it is in it. */
class Round {
  readonly articles: WaitingArticle[] = [];
  readonly receives = new Map<string, number>();
  readonly settled = new Set<string>();
  scored = 0;
  failed = 0;
  known = 0;

  /** Takes an article on, unless none of the messages is about its present wait. */
  take(article: WaitingArticle, messages: readonly Delivery[]): void {
    if (messages.length === 0) return;
    this.articles.push(article);
    this.receives.set(article.id, Math.max(...messages.map(({ receives }) => receives)));
  }

  receivesOf(id: string): number {
    return this.receives.get(id) ?? 0;
  }

  settle(id: string, outcome: 'scored' | 'failed' | 'known'): void {
    this[outcome] += 1;
    this.settled.add(id);
  }
}

/**
 * What is closest to its last receive first; of equals, every other receive from the other end: what stood behind a text
 * that ends the process comes before it next time, and is not taken for it.
 */
function inTurn(articles: readonly WaitingArticle[], round: Round): readonly WaitingArticle[] {
  return articles.toSorted((a, b) => {
    const [one, other] = [round.receivesOf(a.id), round.receivesOf(b.id)];
    if (one !== other) return other - one;
    return (a.id < b.id ? -1 : 1) * (one % 2 === 1 ? -1 : 1);
  });
}
