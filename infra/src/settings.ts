import * as z from 'zod';

const aFunction = {
  memoryMb: z.int().min(128).max(10_240),
  timeoutSeconds: z.int().min(31).max(900),
  /** Of a placeholder; a packaged artefact says what it was built for. */
  architecture: z.enum(['x86_64', 'arm64']),
};

const settingsSchema = z.strictObject({
  /** Deletion protection, and everything that holds data outlives its stack. */
  protect: z.boolean(),
  logRetentionDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]),
  /** A month, for the whole account. */
  budgetUsd: z.number().positive(),
  /** Who is told of alarms; more can subscribe to the topic. */
  alarmEmail: z.email().optional(),
  /** A KMS key of the account that encrypts all data, alarms and logs at rest, in place of keys that AWS manages; not images and ZIPs, which are code. */
  customerKeyArn: z.string().regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/).optional(),
  /** The repository, as owner/name, whose workflow may deploy. */
  github: z.string().regex(/^[\w.-]+\/[\w.-]+$/).optional(),
  /** What feeds' hosts are told of who asks, instead of Barometer's own name; the functions take no other (libs/shared/kernel/src/user-agent.ts). */
  /** Where readers find the page: notices of alerts link there. */
  publicUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  userAgent: z.string().max(300).regex(/^[!-~](?:[ -~]*[!-~])?$/, 'must be printable ASCII characters').optional(),
  ingestion: z.strictObject(aFunction),
  analysis: z.strictObject({
    ...aFunction,
    reservedConcurrency: z.int().positive(),
    batchSize: z.int().min(1).max(10_000),
    batchWindowSeconds: z.int().min(0).max(300),
    maximumConcurrency: z.int().min(2).max(1_000),
  }).refine(({ maximumConcurrency, reservedConcurrency }) => maximumConcurrency < reservedConcurrency, {
    error: 'maximumConcurrency must be below reservedConcurrency, so that /analyze always finds a function free',
  }).refine(({ batchSize, batchWindowSeconds }) => batchSize <= 10 || batchWindowSeconds > 0, {
    error: 'a batchSize over 10 needs a batchWindowSeconds of at least 1: Lambda refuses it otherwise',
  }),
  dashboard: z.strictObject({ ...aFunction, timeoutSeconds: z.int().min(1).max(900), reservedConcurrency: z.int().positive() }),
});

/** Of an environment; the functions take no other either (libs/shared/aws/src/environment-name.ts). */
const environmentName = /^[a-z][a-z0-9]{0,11}$/;

/** What differs between environments; `cdk.json` holds one for each. */
export type Settings = z.infer<typeof settingsSchema>;
export type FunctionSettings = Pick<Settings['dashboard'], 'memoryMb' | 'timeoutSeconds' | 'architecture'> & { readonly reservedConcurrency: number };

/** Checks what cdk.json says of an environment. Throws a sentence that names every bad value. */
export function readSettings(environments: unknown, environment: string): Settings {
  const known = z.record(z.string(), z.unknown()).parse(environments);
  const unusable = Object.keys(known).filter((name) => !environmentName.test(name));
  if (unusable.length > 0) throw new Error(`infra/cdk.json has an environment "${unusable.join('", "')}": a name is up to twelve small letters and digits, the first a letter.`);
  if (!(environment in known)) throw new Error(`There is no environment "${environment}" in infra/cdk.json; it has ${Object.keys(known).join(', ')}.`);
  const parsed = settingsSchema.safeParse(known[environment]);
  if (!parsed.success) throw new Error(`The environment "${environment}" in infra/cdk.json cannot be used:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
