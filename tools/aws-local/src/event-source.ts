import * as z from 'zod';
import { onlyResource, type Properties, type Template } from './template';

/** How a queue feeds a function; the poller implements exactly this. */
export interface EventSourceSettings {
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  /** Concurrent batches. */
  readonly concurrency: number;
  /** How long the queue hides a received message. */
  readonly visibilitySeconds: number;
  /** After this many receives the queue moves a message to the dead-letter queue. */
  readonly maxReceiveCount: number;
}

const strict = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape);

/** The implemented properties of a mapping. A template with others is refused: a test that ignored them would prove nothing. */
const mappingSchema = strict({
  BatchSize: z.int().min(1).max(10_000),
  MaximumBatchingWindowInSeconds: z.int().min(0).max(300).default(0),
  FunctionResponseTypes: z.tuple([z.literal('ReportBatchItemFailures')]),
  ScalingConfig: strict({ MaximumConcurrency: z.int().min(2) }),
  Enabled: z.literal(true).default(true),
  EventSourceArn: z.unknown(),
  FunctionName: z.unknown(),
  Tags: z.unknown().optional(),
});

const queueSchema = strict({
  VisibilityTimeout: z.int().min(0).max(43_200),
  RedrivePolicy: strict({ maxReceiveCount: z.int().min(1), deadLetterTargetArn: z.unknown() }),
  // Access and storage properties, which do not affect what is delivered.
  QueueName: z.unknown().optional(),
  MessageRetentionPeriod: z.unknown().optional(),
  SqsManagedSseEnabled: z.unknown().optional(),
  KmsMasterKeyId: z.unknown().optional(),
  KmsDataKeyReusePeriodSeconds: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

/** Whether a queue has a redrive policy: true for queues that feed a function, false for dead-letter queues. */
export const hasRedrive = ({ RedrivePolicy: redrive }: Properties): boolean => redrive !== undefined;

/**
 * Reads the settings from synthesised templates: the one event source mapping, and the one queue with a redrive policy.
 * @throws if there is not exactly one of each, or if one uses something that is not implemented
 */
export function readEventSource(templates: readonly Template[]): EventSourceSettings {
  const mapping = checked(mappingSchema, onlyResource(templates, 'AWS::Lambda::EventSourceMapping'));
  const queue = checked(queueSchema, onlyResource(templates, 'AWS::SQS::Queue', hasRedrive));
  return {
    batchSize: mapping.BatchSize,
    batchWindowSeconds: mapping.MaximumBatchingWindowInSeconds,
    concurrency: mapping.ScalingConfig.MaximumConcurrency,
    visibilitySeconds: queue.VisibilityTimeout,
    maxReceiveCount: queue.RedrivePolicy.maxReceiveCount,
  };
}

function checked<Schema extends z.ZodType>(schema: Schema, { name, properties }: { name: string; properties: unknown }): z.output<Schema> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  throw new Error(`${name} asks for what the event-source poller does not do: ${z.prettifyError(parsed.error)}`);
}
