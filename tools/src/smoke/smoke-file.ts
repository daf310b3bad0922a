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
  /** `none` for a function that has to do without a network; only loopback is left then. */
  network: z.enum(['none', 'host']).default('host'),
  environment: z.record(z.string(), z.string()).default({}),
  /** A module beside the file that prepares what the events need: it exports `prepare(parts: SmokeParts): Promise<Prepared>`. */
  prepare: z.string().optional(),
  events: z.array(eventSchema).min(1),
  /** What the function must have written after the events, for alarms to find. */
  metrics: expectedMetricsSchema.optional(),
});

/** The smoke.json of an app. */
export type SmokeFile = z.infer<typeof smokeSchema>;

/** The stand-ins for AWS that a preparation can ask for: each is started on the first call and ended after the events. */
export interface SmokeParts {
  /** DynamoDB Local, empty. @returns its address */
  dynamoDb(): Promise<string>;
  /** An emulator of SQS, without a queue. @returns its address */
  queues(): Promise<string>;
}

/** What an app's own preparation made. */
export interface Prepared {
  /** Joins the function's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Replaces `${name}` in the events, the expectations and the environment. */
  readonly values?: Readonly<Record<string, string>>;
  /** Looks, after the events, at what they left behind; throws where it is not what it should be. */
  check?(): Promise<void>;
  /** Ends what was started. */
  close?(): Promise<void>;
}

/** Reads a smoke.json; `path` is for the message where it cannot be used. */
export function parseSmokeFile(text: string, path: string): SmokeFile {
  try {
    return smokeSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} cannot be used: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`, { cause: error });
  }
}

/** Puts values in the place of `${name}` in every text of a JSON value. Throws where one is not known. */
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
