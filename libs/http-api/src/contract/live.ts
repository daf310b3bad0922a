import { sentimentSchema } from '@barometer/events';
import * as z from 'zod';
import { articleIdSchema, count, sampleFlag, timeSchema } from './primitives';

/** `event: hello`, once at the start of a stream. */
export const liveHelloSchema = z.object({ at: timeSchema, version: z.string(), sample: sampleFlag }).meta({ id: 'LiveHello' });

/** An article that was just scored. */
export const liveItemSchema = z
  .object({
    articleId: articleIdSchema,
    scoredAt: timeSchema,
    sourceIds: z.array(z.string()),
    topicIds: z.array(z.string()),
    sentiment: sentimentSchema,
  })
  .meta({ id: 'LiveItem' });

/** `event: scored`, at most once a second. `dropped` is the number of scored articles that `items` leaves out. */
export const liveBatchSchema = z.object({ at: timeSchema, items: z.array(liveItemSchema), dropped: count }).meta({ id: 'LiveBatch' });

/** `event: bye`, before the server ends a stream on purpose; a client reconnects after `retryMs`. */
export const liveByeSchema = z.object({ reason: z.string(), retryMs: count }).meta({ id: 'LiveBye' });

export type LiveHello = z.infer<typeof liveHelloSchema>;
export type LiveItem = z.infer<typeof liveItemSchema>;
export type LiveBatch = z.infer<typeof liveBatchSchema>;
export type LiveBye = z.infer<typeof liveByeSchema>;
