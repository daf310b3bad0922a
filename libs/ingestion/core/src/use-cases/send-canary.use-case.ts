import {
  CANARY_AGAIN,
  canaryIdOf,
  canaryStatus,
  endedCanary,
  isCanaryAwaited,
  isCanaryDue,
  nextSentence,
  type CanaryRecord,
  type CanaryStatus,
  type CanaryStore,
} from '@barometer/canary';
import type { Clock } from '@barometer/kernel';
import { CANARY_FEED, canaryFeed } from '../domain/canary-feed';
import type { DetectLanguage } from '../domain/language';
import { listedItem } from '../domain/listed-item';
import type { FeedReader } from '../ports/feed-reader.port';
import type { ScoringQueue } from '../ports/scoring-queue.port';

export interface SendCanaryDeps {
  readonly canaries: CanaryStore;
  readonly reader: FeedReader;
  readonly queue: ScoringQueue;
  readonly clock: Clock;
  readonly detectLanguage: DetectLanguage;
}

/**
 * Sends a sentence with a known tone through the same steps as an article, every quarter of an hour: from a feed, into
 * the store, onto the scoring queue. Call it often; it acts only if a canary is due, or if the hint of one may have been
 * lost.
 */
export class SendCanary {
  constructor(private readonly deps: SendCanaryDeps) {}

  /** Answers the status after that. Throws errors of store and queue, and if the feed changed the sentence. */
  async execute(): Promise<CanaryStatus> {
    const { canaries, clock } = this.deps;
    const now = clock.now();
    const last = await canaries.read();
    if (isCanaryDue(last, now)) return this.send(last, now);
    if (last && isCanaryAwaited(last, now) && now - last.sentAt >= CANARY_AGAIN) await this.announce(last);
    return canaryStatus(last, now);
  }

  private async send(last: CanaryRecord | undefined, now: number): Promise<CanaryStatus> {
    const before = last && endedCanary(last, now);
    const { title, expected } = nextSentence(last);
    const record: CanaryRecord = { id: canaryIdOf(now), sentAt: now, expected, ...this.throughFeed(title, now), ...(before && { before }) };
    // If another process was faster, its canary is used.
    if (!(await this.deps.canaries.send(record, last?.id))) return canaryStatus(await this.deps.canaries.read(), now);
    await this.announce(record);
    return canaryStatus(record, now);
  }

  private announce({ id, sentAt }: CanaryRecord): Promise<void> {
    return this.deps.queue.send([{ type: 'ArticleIngested', version: 1, articleId: id, storedAt: sentAt }]);
  }

  /** Passes the sentence through the feed reader and the rules by which an item becomes a scored article. */
  private throughFeed(title: string, now: number): { readonly title: string; readonly summary: string } {
    const { reader, detectLanguage } = this.deps;
    const feed = reader.read({ body: canaryFeed(title, now), contentType: 'application/rss+xml', url: CANARY_FEED });
    if (!feed.ok) throw new Error(`The canary's feed cannot be read: ${feed.error.message}`);
    const [item] = feed.value.items;
    const listed = item && listedItem(item, { source: { id: 'canary', name: 'Canary' }, feed: feed.value, baseUrl: CANARY_FEED, now, detectLanguage });
    if (listed?.title !== title || listed.skip !== undefined)
      throw new Error(`The canary's sentence came out of its feed as "${listed?.title ?? ''}"${listed?.skip ? `, not scored (${listed.skip})` : ''}.`);
    return { title: listed.title, summary: listed.summary };
  }
}
