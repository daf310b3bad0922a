import { setTimeout } from 'node:timers/promises';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs';
import type { EventSourceSettings } from './event-source';

interface PollerOptions extends EventSourceSettings {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** Invokes the function; its answer names the messages to deliver again, and a rejection means all of them. */
  readonly invoke: (event: object) => Promise<unknown>;
  readonly log?: (line: string) => void;
}

const MOST_AT_ONCE = 10;
const PAUSE_MS = 1_000;

/**
 * Feeds a function from a queue as Lambda's event source mapping does: batches up to a size and a window, some
 * concurrently, deleting messages that were not reported as failed. Visibility and redrive are up to the queue.
 */
export class EventSourcePoller {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> | undefined;

  constructor(private readonly options: PollerOptions) {}

  start(): void {
    this.running = Promise.all(Array.from({ length: this.options.concurrency }, () => this.work()));
  }

  /** Resolves when the batches in progress are answered. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const batch = await this.batch().catch((error: unknown) => this.pause(error));
      if (batch.length > 0) await this.deliver(batch).catch((error: unknown) => this.options.log?.(`a batch of ${batch.length} comes again: ${String(error)}`));
    }
  }

  /** After an error of the queue, waits and tries again. */
  private async pause(error: unknown): Promise<Message[]> {
    if (this.stopping.signal.aborted) return [];
    this.options.log?.(`the queue cannot be read: ${String(error)}`);
    await setTimeout(PAUSE_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    return [];
  }

  private async batch(): Promise<Message[]> {
    const { batchSize, batchWindowSeconds } = this.options;
    const batch: Message[] = [];
    let end = Infinity;
    while (batch.length < batchSize && Date.now() < end && !this.stopping.signal.aborted) {
      const found = await this.receive(Math.min(MOST_AT_ONCE, batchSize - batch.length), batch.length === 0 ? 1 : 0);
      if (batch.length === 0 && found.length > 0) end = Date.now() + batchWindowSeconds * 1_000;
      if (found.length === 0 && batch.length > 0) await setTimeout(50);
      batch.push(...found);
      if (batchWindowSeconds === 0 && batch.length > 0) break;
    }
    return batch;
  }

  private async receive(limit: number, waitSeconds: number): Promise<Message[]> {
    const { client, queueUrl, visibilitySeconds } = this.options;
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: limit,
      WaitTimeSeconds: waitSeconds,
      VisibilityTimeout: visibilitySeconds,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    });
    return (await client.send(command)).Messages ?? [];
  }

  private async deliver(batch: readonly Message[]): Promise<void> {
    const records = batch.map(({ MessageId: messageId, Body: body, ReceiptHandle: receiptHandle, Attributes: attributes }) => ({
      messageId,
      body,
      receiptHandle,
      attributes,
      eventSource: 'aws:sqs',
    }));
    const { batchItemFailures = [] } = ((await this.options.invoke({ Records: records })) ?? {}) as { batchItemFailures?: { itemIdentifier: string }[] };
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const done = batch.filter(({ MessageId: id }) => !failed.has(id ?? ''));
    for (let start = 0; start < done.length; start += MOST_AT_ONCE) {
      const entries = done.slice(start, start + MOST_AT_ONCE).map(({ ReceiptHandle: handle }, index) => ({ Id: String(index), ReceiptHandle: handle }));
      await this.options.client.send(new DeleteMessageBatchCommand({ QueueUrl: this.options.queueUrl, Entries: entries }));
    }
  }
}
