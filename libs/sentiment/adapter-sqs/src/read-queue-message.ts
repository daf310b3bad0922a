import { articleIngestedSchema } from '@barometer/events';
import { err, ok, type Result } from '@barometer/kernel';
import type { Delivery } from '@barometer/sentiment';

/** A message as SQS passes it to a function. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

/** A delivery with its message, so that it can be returned to the queue. */
export interface QueueDelivery extends Delivery {
  readonly messageId: string;
}

/** A message that announces no article; `reason` is one sentence. */
export interface RejectedMessage {
  readonly message: QueueMessage;
  readonly reason: string;
}

/** Reads one message: the articles that it announces, at least one, or why it announces none. */
export function readQueueMessage(message: QueueMessage): Result<readonly QueueDelivery[], RejectedMessage> {
  const event = parsed(message.body);
  if (!event.ok) return err({ message, reason: event.error });
  const receives = Number(message.attributes.ApproximateReceiveCount);
  return ok(event.value.map((articleId) => ({ messageId: message.messageId, articleId, receives: Number.isInteger(receives) && receives > 0 ? receives : 1 })));
}

function parsed(body: string): Result<readonly string[], string> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return err('The body is not JSON.');
  }
  const event = articleIngestedSchema.safeParse(value);
  if (event.success) return ok([event.data, ...(event.data.more ?? [])].map(({ articleId }) => articleId));
  const problems = event.error.issues.map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`);
  return err(`The body is no ArticleIngested event: ${problems.join('; ')}.`);
}
