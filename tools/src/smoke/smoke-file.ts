import * as z from 'zod';
import { expectedMetricsSchema } from './embedded-metrics';

const eventSchema = z.strictObject({
  /** What the event shows, for the report. */
  name: z.string(),
  event: z.unknown(),
  /** What `mismatches` compares the answer with. */
  expect: z.unknown(),
});

const smokeSchema = z.strictObject({
  memoryMb: z.number().int().min(128).max(10_240).default(512),
  timeoutSeconds: z.number().int().min(1).max(900).default(30),
  /** `none` for a function that must work without a network; only loopback is left then. */
  network: z.enum(['none', 'host']).default('host'),
  environment: z.record(z.string(), z.string()).default({}),
  /** A module beside the file that prepares what the events need: it exports `prepare(parts: SmokeParts): Promise<Prepared>`. */
  prepare: z.string().optional(),
  events: z.array(eventSchema).min(1),
  /** The metrics that the function must have written after the events, for the alarms. */
  metrics: expectedMetricsSchema.optional(),
});

/** The smoke.json of an app. */
export type SmokeFile = z.infer<typeof smokeSchema>;

/** The stand-ins for AWS that a preparation can use: each is started on the first call and stopped after the events. */
export interface SmokeParts {
  /** DynamoDB Local, empty. @returns its address */
  dynamoDb(): Promise<string>;
  /** An emulator of SQS, without a queue. @returns its address */
  queues(): Promise<string>;
}

/** The result of an app's own preparation. */
export interface Prepared {
  /** Added to the function's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Replaces `${name}` in the events, the expectations and the environment. */
  readonly values?: Readonly<Record<string, string>>;
  /** Checks the result after the events; throws if it is not as expected. */
  check?(): Promise<void>;
  /** Stops what was started. */
  close?(): Promise<void>;
}

/** Parses a smoke.json; `path` is for the error message. */
export function parseSmokeFile(text: string, path: string): SmokeFile {
  try {
    return smokeSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} cannot be used: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`, { cause: error });
  }
}

/** Replaces `${name}` in every text of a JSON value. Throws for an unknown name. */
export function filledIn<T>(value: T, values: Readonly<Record<string, string>>): T {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_whole, name: string) => {
      const known = values[name];
      if (known === undefined) throw new Error(`"\${${name}}" stands for nothing that was prepared.`);
      return known;
    }) as T;
  }
  if (Array.isArray(value)) return value.map((entry: unknown) => filledIn(entry, values)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, filledIn(entry, values)])) as T;
}
