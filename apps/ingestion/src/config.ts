import { environmentName } from '@barometer/aws';
import { flag, readEnvironment, retentionOf, retentionSettings, SECOND, text, userAgent, whole, type Environment, type WarnOfSetting } from '@barometer/kernel';
import * as z from 'zod';

const schema = z.object({
  ENVIRONMENT: environmentName.default('dev'),
  TABLE_NAME: text('the name of the DynamoDB table'),
  ...retentionSettings,
  SCORING_QUEUE_URL: z.url({ error: 'must be set to the address of the scoring queue' }),
  /** Name or ARN of the secret that holds the NewsAPI.org key; without it such sources say that the key is missing. */
  NEWSAPI_SECRET_ID: z.string().optional(),
  NEWSAPI_URL: z.url({ error: 'must be an address' }).optional(),
  /** For tests against feeds on loopback. */
  ALLOW_PRIVATE_SOURCES: flag.default(false),
  USER_AGENT: userAgent.optional(),
  /** Name or ARN of the secret with the values of channels' secrets, a JSON object; without it such channels say that theirs is not set. */
  ALERT_SECRETS_ID: z.string().optional(),
  /** The page's address, for links in notices. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  /** Whether the canary, a sentence with a known tone, is sent through the pipeline. */
  CANARY: flag.default(true),
  POLL_CONCURRENCY: whole(1, 64).default(8),
  /** An article without a score is sent again after this time, which must be longer than the queue hides a message. */
  OVERDUE_SECONDS: whole(1, 86_400).default(900),
});

export type Settings = ReturnType<typeof readSettings>;

/** The settings of the ingestion function. `warn` hears of variables that are probably misspelt. @throws SettingsError naming every variable that cannot be used */
export function readSettings(environment: Environment, warn?: WarnOfSetting) {
  const value = readEnvironment(schema, environment, { warn });
  return {
    environment: value.ENVIRONMENT,
    tableName: value.TABLE_NAME,
    /** How long articles and counts are kept; the same in all three functions. */
    retention: retentionOf(value),
    scoringQueueUrl: value.SCORING_QUEUE_URL,
    newsApiSecretId: value.NEWSAPI_SECRET_ID,
    newsApiUrl: value.NEWSAPI_URL,
    alertSecretsId: value.ALERT_SECRETS_ID,
    /** Without a trailing slash. */
    home: value.PUBLIC_URL?.replace(/\/+$/, ''),
    allowPrivateSources: value.ALLOW_PRIVATE_SOURCES,
    /** The User-Agent for requests to feeds, in place of Barometer's own. */
    userAgent: value.USER_AGENT,
    canary: value.CANARY,
    pollConcurrency: value.POLL_CONCURRENCY,
    overdueMs: value.OVERDUE_SECONDS * SECOND,
  };
}
