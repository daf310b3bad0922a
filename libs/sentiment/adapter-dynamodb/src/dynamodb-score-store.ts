import { randomUUID } from 'node:crypto';
import type { ArticleScored, ReaderJudgement, Sentiment } from '@barometer/events';
import {
  isAvailable, modelSentimentOf, noAnswer, readScoredPosition, sameSentiment, scoredPosition, withJudgement, withModelSentiment, withoutJudgement,
  type ArticleText, type LeasedArticle, type NewScore, type Replacement, type RescoreChunk, type ScoreStore, type WaitingArticle,
} from '@barometer/sentiment';
import {
  ALL_LIST, articleKey, articleOf, ArticleWriter, expiresAt, listSort, readTopics, readyVersions, sourceIdsOf, STATES, statesOf,
  type ArticleRecord, type DynamoDbTable, type Item,
} from '@barometer/storage-dynamodb';

import { BatchStories } from './recent-stories';

type LeaseOptions = Parameters<ScoreStore['lease']>[0];

/** Scores in the DynamoDB store. A score and what it counts for are one transaction, on condition that there was none. */
export class DynamoDbScoreStore implements ScoreStore {
  private readonly writer: ArticleWriter;

  constructor(private readonly table: DynamoDbTable) {
    this.writer = new ArticleWriter(table);
  }

  /** What a process has left half counted is put right on the way, since whoever leases does so all the time. */
  async lease(options: LeaseOptions): Promise<readonly LeasedArticle[]> {
    await this.writer.settle();
    const { waiting, exhausted } = await this.free(options);
    await this.writer.change(exhausted, (article) => (article && isFree(article, options) && article.receives >= options.maxReceives ? failed(article, noAnswer(article.receives)) : article));
    const [oldest, ...others] = waiting;
    if (!oldest) return [];
    const together = Number(oldest['receives']) > 0 ? [] : others.filter((item) => item['receives'] === 0);
    const tokens = new Map([oldest, ...together].map((item) => [String(item['id']), randomUUID()]));
    const changes = await this.writer.change([...tokens.keys()], (article, id) => {
      const token = tokens.get(id);
      return article && token !== undefined && isFree(article, options) ? handed(article, token, options) : article;
    });
    return changes.flatMap(({ after }) => (after?.leaseToken === undefined ? [] : [{ ...textOf(after), token: after.leaseToken, receives: after.receives }]));
  }

  async pendingArticles(ids: readonly string[]): Promise<readonly WaitingArticle[]> {
    const items = await this.table.getAll([...new Set(ids)].map(articleKey), { consistent: true });
    const waiting = items.map(articleOf).filter(({ state }) => state === 'pending');
    return waiting.sort((one, other) => one.storedAt - other.storedAt || one.number - other.number).map((article) => ({ ...textOf(article), receives: article.receives }));
  }

  async attempt(id: string, { now, maxReceives }: { now: number; maxReceives: number }): Promise<number | 'failed' | 'gone'> {
    const [change] = await this.writer.change([id], (article) => {
      if (article?.state !== 'pending' || expiresAt(article) <= now) return article;
      if (article.receives >= maxReceives) return failed(article, noAnswer(article.receives));
      return { ...article, receives: article.receives + 1, deliveredAt: article.deliveredAt ?? now };
    });
    if (!change?.after) return 'gone';
    return change.after.state === 'failed' ? 'failed' : change.after.receives;
  }

  async withdraw(id: string): Promise<void> {
    await this.writer.change([id], (article) => (article?.state === 'pending' && article.receives > 0 ? { ...article, receives: article.receives - 1 } : article));
  }

  async apply(scores: readonly NewScore[], now: number): Promise<readonly ArticleScored[]> {
    if (scores.length === 0) return [];
    const first = new Map<string, Sentiment>();
    for (const { articleId, sentiment } of scores) if (!first.has(articleId)) first.set(articleId, structuredClone(sentiment));
    const waiting = (await this.table.getAll([...first.keys()].map(articleKey))).map(articleOf).filter((article) => article.state === 'pending');
    const stories = await BatchStories.of(this.table, waiting);
    const joined = new Map(waiting.map((article) => [article.id, stories.join(article)]));
    const changes = await this.writer.change([...first.keys()], (article, id) => {
      const sentiment = first.get(id);
      if (!sentiment || article?.state !== 'pending' || expiresAt(article) <= now) return article;
      const { leaseToken: _token, reason: _reason, ...rest } = article;
      const joinedStory = joined.get(id);
      return { ...rest, state: 'scored', sentiment, scoredAt: now, ...(joinedStory !== undefined && { joinedStory }) };
    });
    const scored = changes.flatMap(({ after }) => after ?? []);
    if (scored.length === 0) return [];
    const events = await this.events(scored, now);
    // The articles are scored and told of whatever becomes of this: it only helps later ones to find their story.
    await stories.note(scored).catch(() => undefined);
    return events;
  }

  async giveBack({ id, token }: { id: string; token?: string }, reason: string, retryAt?: number): Promise<void> {
    await this.writer.change([id], (article) => {
      if (article?.state !== 'pending' || (token !== undefined && article.leaseToken !== token)) return article;
      if (retryAt === undefined) return failed(article, reason);
      const { leaseToken: _token, ...rest } = article;
      return { ...rest, availableAt: retryAt };
    });
  }

  async scored(options: { notRevision?: string; position?: string; limit: number }): Promise<RescoreChunk> {
    const after = readScoredPosition(options.position);
    // `~` sorts after every id: without an id, the search begins at the time.
    const from = after.id === '' ? listSort(after.publishedAt, '') : `${listSort(after.publishedAt, after.id)}~`;
    const found: ArticleRecord[] = [];
    for await (const item of this.table.query({ index: 'list', partition: ALL_LIST, from, pageSize: options.limit })) {
      const article = articleOf(item);
      if (article.sentiment && article.sentiment.model.revision !== options.notRevision) found.push(article);
      if (found.length === options.limit) break;
    }
    const last = found.length === options.limit ? found.at(-1) : undefined;
    return {
      items: found.flatMap((article) => {
        const sentiment = modelSentimentOf(article);
        return sentiment ? [{ ...textOf(article), sentiment }] : [];
      }),
      ...(last && { position: scoredPosition(last) }),
    };
  }

  async replace(replacements: readonly Replacement[], now: number): Promise<ReadonlySet<string>> {
    const byId = new Map(replacements.map((one) => [one.articleId, structuredClone(one)]));
    const changes = await this.writer.change([...byId.keys()], (article, id) => {
      const one = byId.get(id);
      const stored = article && modelSentimentOf(article);
      if (!one || !stored || expiresAt(article) <= now || !sameSentiment(stored, one.expected)) return article;
      return { ...withModelSentiment(article, one.next), scoredAt: now };
    });
    return new Set(changes.map(({ id }) => id));
  }

  async judge(id: string, judgement: ReaderJudgement): Promise<'judged' | 'unscored' | 'gone'> {
    let answer: 'judged' | 'unscored' | 'gone' = 'gone';
    await this.writer.change([id], (article) => {
      const isThere = article && expiresAt(article) > judgement.at;
      answer = !isThere ? 'gone' : article.sentiment ? 'judged' : 'unscored';
      return answer === 'judged' && article ? withJudgement(article, judgement) : article;
    });
    return answer;
  }

  async takeBack(id: string, now: number): Promise<'taken-back' | 'unjudged' | 'gone'> {
    let answer: 'taken-back' | 'unjudged' | 'gone' = 'gone';
    await this.writer.change([id], (article) => {
      const isThere = article && expiresAt(article) > now;
      // Asked again after a transaction whose answer got lost, it is taken back already.
      answer = !isThere ? 'gone' : article.judgement || answer === 'taken-back' ? 'taken-back' : 'unjudged';
      return answer === 'taken-back' && article ? withoutJudgement(article) : article;
    });
    return answer;
  }

  async redrive(now: number, ids?: readonly string[]): Promise<number> {
    const these = ids ?? (await this.table.all({ index: 'waiting', partition: 'failed' })).map((item) => String(item['id']));
    const changes = await this.writer.change(these, (article) => {
      if (article?.state !== 'failed' || expiresAt(article) <= now) return article;
      const { reason: _reason, leaseToken: _token, sentAt: _sentAt, ...rest } = article;
      return { ...rest, state: 'pending', receives: 0, availableAt: 0 };
    });
    return changes.length;
  }

  async backlog(): Promise<{ pending: number; failed: number; oldestPendingAt?: number }> {
    const { pending, failed: lost } = statesOf(await this.table.all({ partition: STATES, consistent: true }));
    const [oldest] = await this.table.first({ index: 'waiting', partition: 'pending' }, 1);
    return { pending, failed: lost, ...(oldest && { oldestPendingAt: Number(oldest['storedAt']) }) };
  }

  /** The oldest that may be handed out, and those before them that were handed out as often as allowed. */
  private async free(options: LeaseOptions): Promise<{ waiting: Item[]; exhausted: string[] }> {
    const [waiting, exhausted]: [Item[], string[]] = [[], []];
    for await (const item of this.table.query({ index: 'waiting', partition: 'pending' })) {
      if (!isAvailable(Number(item['availableAt']), options.now) || Number(item['expiresAt']) <= options.now) continue;
      if (Number(item['receives']) >= options.maxReceives) exhausted.push(String(item['id']));
      else waiting.push(item);
      if (waiting.length >= options.limit) break;
    }
    return { waiting, exhausted };
  }

  private async events(articles: readonly ArticleRecord[], now: number): Promise<ArticleScored[]> {
    const ready = readyVersions(await readTopics(this.table));
    return articles.flatMap((article) => {
      if (!article.sentiment) return [];
      const topicIds = article.topics.filter(({ topicId, version }) => ready.get(topicId) === version).map(({ topicId }) => topicId);
      return [{ type: 'ArticleScored' as const, version: 1 as const, articleId: article.id, scoredAt: now, sourceIds: sourceIdsOf(article), topicIds, sentiment: article.sentiment }];
    });
  }
}

const textOf = ({ id, title, summary }: ArticleRecord): ArticleText => ({ id, title, summary });

const isFree = (article: ArticleRecord, { now }: LeaseOptions): boolean => article.state === 'pending' && isAvailable(article.availableAt, now) && expiresAt(article) > now;

function handed(article: ArticleRecord, token: string, { now, leaseMs }: LeaseOptions): ArticleRecord {
  return { ...article, leaseToken: token, availableAt: now + leaseMs, receives: article.receives + 1, deliveredAt: article.deliveredAt ?? now };
}

function failed(article: ArticleRecord, reason: string): ArticleRecord {
  const { leaseToken: _token, ...rest } = article;
  return { ...rest, state: 'failed', reason };
}
