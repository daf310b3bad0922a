import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { RejectedMessage } from './read-queue-message';

/** Leaves room for the attributes, which count towards the size of a message. */
const MAX_BODY = 250 * 1024;
const MAX_REASON = 1_000;

/** Sends messages that can never be read straight to the dead-letter queue with the reason, instead of after several futile attempts. */
export class SqsDeadLetters {
  constructor(private readonly options: { readonly client: Pick<SQSClient, 'send'>; readonly queueUrl: string }) {}

  /** Sends a message there. Rejects when the queue does not accept it, or when `limit` ends the wait; the message must then stay in its own queue. */
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

/** The beginning of a text, at most so many bytes of UTF-8. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text, 'utf8') <= bytes) return text;
  return Buffer.from(text, 'utf8')
    .subarray(0, bytes)
    .toString('utf8')
    .replace(/\ufffd$/, '');
}

/** SQS refuses characters that XML 1.0 does not allow. */
const printable = (text: string) => text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '?');
