import { analyzeEventSchema } from '@barometer/sentiment-lambda';
import * as z from 'zod';

const queueMessageSchema = z.looseObject({
  messageId: z.string(),
  body: z.string(),
  attributes: z.looseObject({ ApproximateReceiveCount: z.string() }),
});

/** A batch of the scoring queue. Bodies are read one by one: a bad one must not block the others. */
const batchEventSchema = z.looseObject({ Records: z.array(queueMessageSchema) });

const eventSchema = z.union([batchEventSchema, analyzeEventSchema]);
export type AnalysisEvent = z.infer<typeof eventSchema>;

/**
 * Parses the event that the function was invoked with. @throws TypeError, with one sentence, if it is neither a batch
 * of the queue nor texts to score
 */
export function readEvent(event: unknown): AnalysisEvent {
  const parsed = eventSchema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new TypeError('The event is neither a batch of SQS messages ({"Records": […]}) nor texts to score ({"texts": ["…"]}).');
}
