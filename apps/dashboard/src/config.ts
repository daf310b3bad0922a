import { join } from 'node:path';
import { signInOf, signInSettings, type SignInSettings } from '@barometer/access';
import { environmentName } from '@barometer/aws';
import {
  flag,
  listOf,
  origins,
  readEnvironment,
  retentionOf,
  retentionSettings,
  SettingsError,
  text,
  userAgent,
  whole,
  withoutStack,
  type Environment,
  type WarnOfSetting,
} from '@barometer/kernel';
import * as z from 'zod';

const schema = z.object({
  ENVIRONMENT: environmentName.default('dev'),
  TABLE_NAME: text('the name of the DynamoDB table'),
  ...retentionSettings,
  /** The name of the function in each packaging; the one that exists is called. */
  ANALYSIS_FUNCTION: listOf(text('the names of the analysis function, with commas between')),
  /** Set by Lambda: the folder of the code. */
  LAMBDA_TASK_ROOT: z.string().default('.'),
  /** Default: `web` beside the code. */
  WEB_ROOT: z.string().optional(),
  CORS_ORIGINS: origins.default([]),
  RATE_LIMIT: whole(1, 1_000_000).default(600),
  /** Both are below the function's time limit, so that a slow request gets an answer instead of a killed function. */
  REQUEST_TIME_LIMIT_MS: whole(100, 840_000).default(15_000),
  ANALYZE_TIME_LIMIT_MS: whole(100, 840_000).default(12_000),
  /** Must equal the setting of the analysis function: an explanation is about the text that was scored. */
  SCORE_TEXT: z.enum(['title', 'title+summary'], { error: 'must be title or title+summary' }).default('title'),
  /** Must equal the setting of the ingestion function: whether there is a canary to report. */
  CANARY: flag.default(true),
  /** What requests pass through, if not sent directly: CloudFront, which signs them and is the only permitted caller. */
  FRONT_DOOR: z.enum(['cloudfront'], { error: 'must be cloudfront, or not set' }).optional(),
  ALLOW_PRIVATE_SOURCES: flag.default(false),
  USER_AGENT: userAgent.optional(),
  /** Name or ARN of the secret with the values of channels' secrets, a JSON object; without it such channels say that theirs is not set. */
  ALERT_SECRETS_ID: z.string().optional(),
  ...signInSettings,
  /** Name or ARN of the secret that holds the client's secret, as it is. */
  OIDC_SECRET_ID: z.string().optional(),
  /** The page's address: notices link to it, and the provider of sign-ins redirects browsers to it. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
});

export type Settings = ReturnType<typeof readSettings>;

/** The settings of the dashboard function. `warn` hears of variables that are probably misspelt. @throws SettingsError naming every variable that cannot be used */
export function readSettings(environment: Environment, warn?: WarnOfSetting) {
  const value = readEnvironment(schema, environment, { warn });
  return {
    environment: value.ENVIRONMENT,
    tableName: value.TABLE_NAME,
    /** How long articles and counts are kept; the same in all three functions. */
    retention: retentionOf(value),
    analysisFunctions: value.ANALYSIS_FUNCTION,
    webRoot: value.WEB_ROOT ?? join(value.LAMBDA_TASK_ROOT, 'web'),
    corsOrigins: value.CORS_ORIGINS,
    rateLimit: value.RATE_LIMIT,
    requestTimeLimitMs: value.REQUEST_TIME_LIMIT_MS,
    analyzeTimeLimitMs: value.ANALYZE_TIME_LIMIT_MS,
    scoreText: value.SCORE_TEXT,
    alertSecretsId: value.ALERT_SECRETS_ID,
    /** Without a trailing slash. */
    home: value.PUBLIC_URL?.replace(/\/+$/, ''),
    /** The settings of sign-in; absent if it is off. */
    signIn: remoteSignInOf(value),
    canary: value.CANARY,
    /** Whether all requests come through CloudFront. */
    frontDoor: value.FRONT_DOOR !== undefined,
    allowPrivateSources: value.ALLOW_PRIVATE_SOURCES,
    /** The User-Agent for requests to feeds, in place of Barometer's own. */
    userAgent: value.USER_AGENT,
  };
}

/** The settings of sign-in, with the name of the secret that holds the client's secret. */
export interface RemoteSignIn extends SignInSettings {
  readonly secretId: string;
}

function remoteSignInOf(value: z.output<typeof schema>): RemoteSignIn | undefined {
  const signIn = signInOf(value);
  if (!signIn) return undefined;
  if (value.OIDC_SECRET_ID === undefined)
    throw withoutStack(new SettingsError("OIDC_SECRET_ID must be set with OIDC_ISSUER: the name of the secret that holds the client's secret"));
  return { ...signIn, secretId: value.OIDC_SECRET_ID };
}
