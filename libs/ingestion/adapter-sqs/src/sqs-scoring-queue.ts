import { SendMessageBatchCommand, type BatchResultErrorEntry, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';
import type { ArticleIngested } from '@barometer/events';
import type { ScoringQueue } from '@barometer/ingestion';

/** Limits of SendMessageBatch; the size is that of all its messages together. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;
/**
 * Number of articles that one message announces. Articles that are scored together share counter updates: alone an
 * article takes 34 write units, among sixteen 24, and more gain little, since a transaction holds about ten
 * (apps/local/src/testing/table-units.json).
 */
const ARTICLES_A_MESSAGE = 16;
const ATTEMPTS = 4;
const FIRST_PAUSE = 50;
const CONCURRENCY = 4;

export interface SqsScoringQueueOptions {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  /** In 0...1, for jitter. */
  readonly random?: () => number;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** Messages that the queue did not accept, even after retries. Their articles stay in the pending index. */
export class ScoringQueueError extends Error {
  override readonly name = 'ScoringQueueError';
}

/** The scoring queue on SQS: messages of several articles, sent in batches. */
export class SqsScoringQueue implements ScoringQueue {
  private readonly random: () => number;
  private readonly pause: (milliseconds: number) => Promise<unknown>;

  constructor(private readonly options: SqsScoringQueueOptions) {
    this.random = options.random ?? Math.random;
    this.pause = options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  }

  /**
   * Sends all events. Entries that fail for a reason on the queue's side are sent again after a growing pause with
   * jitter; every batch is tried before a failure is thrown.
   * @throws ScoringQueueError with the number of unsent messages and the reason; the client's own error if the queue
   * cannot be reached
   */
  async send(events: readonly ArticleIngested[]): Promise<void> {
    const batches = batchesOf(messagesOf(events).map((event) => JSON.stringify(event)));
    const problems: unknown[] = [];
    const worker = async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) await this.sendBatch(batch).catch((error: unknown) => problems.push(error));
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, batches.length) }, worker));
    if (problems.length > 0) throw problems[0];
  }

  private async sendBatch(entries: readonly SendMessageBatchRequestEntry[]): Promise<void> {
    let left = entries;
    for (let attempt = 1; ; attempt += 1) {
      const { Failed: failed = [] } = await this.options.client.send(new SendMessageBatchCommand({ QueueUrl: this.options.queueUrl, Entries: [...left] }));
      if (failed.length === 0) return;
      const isHopeless = failed.some(({ SenderFault: senderFault }) => senderFault === true);
      if (isHopeless || attempt === ATTEMPTS) throw new ScoringQueueError(describe(failed));
      const again = new Set(failed.map(({ Id: id }) => id));
      left = left.filter(({ Id: id }) => again.has(id));
      await this.pause(FIRST_PAUSE * 2 ** attempt * (1 - this.random() / 2));
    }
  }
}

/** As few messages as can hold these events, of about equal size. */
function messagesOf(events: readonly ArticleIngested[]): ArticleIngested[] {
  const size = Math.ceil(events.length / Math.ceil(events.length / ARTICLES_A_MESSAGE));
  const heads = events.filter((_, index) => index % size === 0);
  return heads.map((first, index) => {
    const more = events.slice(index * size + 1, (index + 1) * size).map(({ articleId, storedAt }) => ({ articleId, storedAt }));
    return more.length === 0 ? first : { ...first, more };
  });
}

/** Batches in order, each within the limits of one call. */
function batchesOf(bodies: readonly string[]): SendMessageBatchRequestEntry[][] {
  const batches: SendMessageBatchRequestEntry[][] = [];
  let bytes = 0;
  for (const body of bodies) {
    const size = Buffer.byteLength(body, 'utf8');
    const last = batches.at(-1);
    const isFull = !last || last.length === MAX_ENTRIES || bytes + size > MAX_BYTES;
    bytes = isFull ? size : bytes + size;
    if (isFull) batches.push([{ Id: '0', MessageBody: body }]);
    else last.push({ Id: String(last.length), MessageBody: body });
  }
  return batches;
}

function describe(failed: readonly BatchResultErrorEntry[]): string {
  const reasons = [...new Set(failed.map(({ Code: code, Message: message }) => [code, message].filter(Boolean).join(': ') || 'no reason given'))];
  return `The scoring queue did not take ${failed.length} messages (${reasons.join('; ')}); they stay in the pending index and are sent again later.`;
}
