import * as z from 'zod';

const aFunction = {
  memoryMb: z.int().min(128).max(10_240),
  timeoutSeconds: z.int().min(31).max(900),
  /** For a placeholder; a packaged artefact says what it was built for. */
  architecture: z.enum(['x86_64', 'arm64']),
};

/**
 * AWS's managed rule groups to choose from; in the first, the 8 kB limit for bodies only counts and does not block,
 * since texts and OPML files are longer.
 */
export const managedRuleGroups = [
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesAnonymousIpList',
] as const;

/** CloudFront in front of the dashboard; the function's own address then accepts only CloudFront. */
const frontDoorSchema = z
  .strictObject({
    /** Your own domain name, with its certificate, which must be in us-east-1. */
    domainName: z
      .string()
      .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'must be a domain name in small letters')
      .optional(),
    certificateArn: z
      .string()
      .regex(/^arn:[\w-]+:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, 'must be the ARN of a certificate in us-east-1')
      .optional(),
    /** Creates a firewall in the stack "edge", in us-east-1; deploy that first, then set `webAclArn` to its output. */
    managedRules: z.array(z.enum(managedRuleGroups)).min(1).optional(),
    /** The firewall for all requests: that of the stack "edge", or another one. */
    webAclArn: z
      .string()
      .regex(/^arn:[\w-]+:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/, 'must be the ARN of a web ACL for CloudFront')
      .optional(),
  })
  .refine(({ domainName, certificateArn }) => (domainName === undefined) === (certificateArn === undefined), {
    error: 'domainName and certificateArn belong together',
  });

/**
 * The condition of a role: an e-mail address, or a claim and its value; the function checks it in detail
 * (libs/access/core/src/domain/role-rules.ts).
 */
const roleRule = z.string().regex(/^[^,\s](?:[^,]*[^,\s])?$/, 'must be an e-mail address or a claim such as groups=editors, without a comma');

/** Sign-in at an OpenID Connect provider; put the client's secret into the secret `barometer/<environment>/oidc-client-secret`. */
const signInSchema = z
  .strictObject({
    issuer: z.url({ protocol: /^https$/, error: 'must be an https address' }),
    clientId: z.string().min(1).max(200),
    scopes: z.string().optional(),
    readers: z.array(roleRule).default([]),
    writers: z.array(roleRule).default([]),
    admins: z.array(roleRule).default([]),
    sessionIdleHours: z.int().min(1).max(720).optional(),
    sessionMaxHours: z.int().min(1).max(720).optional(),
  })
  .refine(({ readers, writers, admins }) => [...readers, ...writers, ...admins].length > 0, {
    error: 'readers, writers or admins must say who may sign in',
  });

const settingsSchema = z
  .strictObject({
    /** Switches on deletion protection, and keeps everything that holds data when its stack is deleted. */
    protect: z.boolean(),
    logRetentionDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]),
    /** US dollars a month, for the whole account. */
    budgetUsd: z.number().positive(),
    /** The address notified of alarms; others can subscribe to the topic. */
    alarmEmail: z.email().optional(),
    /**
     * A KMS key of the account that encrypts all data, alarms and logs at rest, instead of keys that AWS manages; not
     * images and ZIPs, which contain only code.
     */
    customerKeyArn: z
      .string()
      .regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/)
      .optional(),
    /** The repository, as owner/name, whose workflow may deploy. */
    github: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/)
      .optional(),
    /** The page's address, for links in notices. */
    publicUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
    /** Days for which articles (default 90), and counts, which may be kept longer, are kept. */
    retentionDays: z.int().min(1).max(3_650).optional(),
    rollupRetentionDays: z.int().min(1).max(3_650).optional(),
    /**
     * Whether the canary, a sentence with a known tone, is sent through the pipeline every quarter of an hour, with an
     * alarm (docs/adr/0025-known-answer.md).
     */
    canary: z.boolean().default(true),
    /**
     * The User-Agent for requests to feeds, in place of Barometer's own; the functions accept the same ones
     * (libs/shared/kernel/src/user-agent.ts).
     */
    userAgent: z
      .string()
      .max(300)
      .regex(/^[!-~](?:[ -~]*[!-~])?$/, 'must be printable ASCII characters')
      .optional(),
    /** Absent: only access keys are accepted (docs/sign-in.md). */
    signIn: signInSchema.optional(),
    /** Absent: the function's own address is the page's. */
    frontDoor: frontDoorSchema.optional(),
    /** Whether the operators get a dashboard in CloudWatch; the first three of an account are free, each further one costs monthly. */
    operatorDashboard: z.boolean().default(false),
    /** Tags of all resources, in addition to `project` and `environment`, for example for billing. */
    tags: z.record(z.string().regex(/^(?!aws:)[\w .:/=+@-]{1,128}$/), z.string().max(256)).default({}),
    /** The text of an article that is scored: by default its title, on which the model was trained. */
    scoreText: z.enum(['title', 'title+summary']).optional(),
    ingestion: z.strictObject({
      ...aFunction,
      /** Concurrent polls, 8 by default. More polls wait for more publishers at once, and need more memory: docs/operations/limits.md. */
      pollConcurrency: z.int().min(1).max(64).optional(),
    }),
    analysis: z
      .strictObject({
        ...aFunction,
        reservedConcurrency: z.int().positive(),
        batchSize: z.int().min(1).max(10_000),
        batchWindowSeconds: z.int().min(0).max(300),
        maximumConcurrency: z.int().min(2).max(1_000),
      })
      .refine(({ maximumConcurrency, reservedConcurrency }) => maximumConcurrency < reservedConcurrency, {
        error: 'maximumConcurrency must be below reservedConcurrency, so that /analyze always finds a function free',
      })
      .refine(({ batchSize, batchWindowSeconds }) => batchSize <= 10 || batchWindowSeconds > 0, {
        error: 'a batchSize over 10 needs a batchWindowSeconds of at least 1: Lambda refuses it otherwise',
      }),
    dashboard: z.strictObject({ ...aFunction, timeoutSeconds: z.int().min(1).max(900), reservedConcurrency: z.int().positive() }),
  })
  .refine(({ retentionDays = 90, rollupRetentionDays = retentionDays }) => rollupRetentionDays >= retentionDays, {
    path: ['rollupRetentionDays'],
    error: 'must not be less than retentionDays, which is 90 where it is not set',
  });

/** The name of an environment; the functions accept the same ones (libs/shared/aws/src/environment-name.ts). */
const environmentName = /^[a-z][a-z0-9]{0,11}$/;

/** The settings of an environment; `cdk.json` has one set for each. */
export type Settings = z.infer<typeof settingsSchema>;
export type FunctionSettings = Pick<Settings['dashboard'], 'memoryMb' | 'timeoutSeconds' | 'architecture'> & { readonly reservedConcurrency: number };

/** Checks an environment's settings in cdk.json. Throws a sentence that names every bad value. */
export function readSettings(environments: unknown, environment: string): Settings {
  const known = z.record(z.string(), z.unknown()).parse(environments);
  const unusable = Object.keys(known).filter((name) => !environmentName.test(name));
  if (unusable.length > 0)
    throw new Error(`infra/cdk.json has an environment "${unusable.join('", "')}": a name is up to twelve small letters and digits, the first a letter.`);
  if (!(environment in known)) throw new Error(`There is no environment "${environment}" in infra/cdk.json; it has ${Object.keys(known).join(', ')}.`);
  const parsed = settingsSchema.safeParse(known[environment]);
  if (!parsed.success) throw new Error(`The environment "${environment}" in infra/cdk.json cannot be used:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** The page's address, if it is configured. */
export const publicUrlOf = ({ publicUrl, frontDoor }: Settings): string | undefined =>
  publicUrl ?? (frontDoor?.domainName === undefined ? undefined : `https://${frontDoor.domainName}`);
