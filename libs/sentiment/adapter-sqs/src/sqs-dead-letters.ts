import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { RejectedMessage } from './read-queue-message';

/** Leaves room for the attributes, which count to the size of a message. */
const MAX_BODY = 250 * 1024;
const MAX_REASON = 1_000;

/** The dead-letter queue, for what can never be read: with the reason, and not after a row of futile attempts. */
export class SqsDeadLetters {
  constructor(private readonly options: { readonly client: Pick<SQSClient, 'send'>; readonly queueUrl: string }) {}

  /** Puts a message there. Rejects when the queue does not take it, or when `limit` ends the wait; the message then has to stay where it was. */
  async put({ message, reason }: RejectedMessage, limit?: AbortSignal): Promise<void> {
    const command = new SendMessageCommand({
      QueueUrl: this.options.queueUrl,
      MessageBody: cut(printable(message.body), MAX_BODY) || '(empty)',
      MessageAttributes: {
        reason: { DataType: 'String', StringValue: cut(printable(reason), MAX_REASON) },
        messageId: { DataType: 'String', StringValue: message.messageId },
      },
    });
    await this.options.client.send(command, limit ? { abortSignal: limit } : {});
  }
}

/** The most of a text that fits into so many bytes of UTF-8. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text, 'utf8') <= bytes) return text;
  return Buffer.from(text, 'utf8').subarray(0, bytes).toString('utf8').replace(/\ufffd$/, '');
}

/** SQS refuses characters that XML 1.0 does not know. */
const printable = (text: string) => text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '?');
