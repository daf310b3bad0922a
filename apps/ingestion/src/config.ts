import { environmentName } from '@barometer/aws';
import { flag, readEnvironment, SECOND, text, userAgent, whole, type Environment } from '@barometer/kernel';
import * as z from 'zod';

const schema = z.object({
  ENVIRONMENT: environmentName.default('dev'),
  TABLE_NAME: text('the name of the DynamoDB table'),
  SCORING_QUEUE_URL: z.url({ error: 'must be set to the address of the scoring queue' }),
  /** Name or ARN of the secret that holds the NewsAPI.org key; without it such sources say that the key is missing. */
  NEWSAPI_SECRET_ID: z.string().optional(),
  NEWSAPI_URL: z.url({ error: 'must be an address' }).optional(),
  /** For tests against feeds on loopback. */
  ALLOW_PRIVATE_SOURCES: flag.default(false),
  USER_AGENT: userAgent.optional(),
  /** Name or ARN of the secret with the values of channels' secrets, a JSON object; without it such channels say that theirs is not set. */
  ALERT_SECRETS_ID: z.string().optional(),
  /** Where readers find the page: notices link there. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  POLL_CONCURRENCY: whole(1, 64).default(8),
  /** After this long a delivery that brought no score is sent again; longer than the queue hides a message. */
  OVERDUE_SECONDS: whole(1, 86_400).default(900),
});

export type Settings = ReturnType<typeof readSettings>;

/** The settings of the ingestion function. @throws SettingsError naming every variable that cannot be used */
export function readSettings(environment: Environment) {
  const value = readEnvironment(schema, environment);
  return {
    environment: value.ENVIRONMENT,
    tableName: value.TABLE_NAME,
    scoringQueueUrl: value.SCORING_QUEUE_URL,
    newsApiSecretId: value.NEWSAPI_SECRET_ID,
    newsApiUrl: value.NEWSAPI_URL,
    alertSecretsId: value.ALERT_SECRETS_ID,
    /** Without a slash at its end. */
    home: value.PUBLIC_URL?.replace(/\/+$/, ''),
    allowPrivateSources: value.ALLOW_PRIVATE_SOURCES,
    /** What feeds' hosts are told of who asks, instead of Barometer's own name. */
    userAgent: value.USER_AGENT,
    pollConcurrency: value.POLL_CONCURRENCY,
    overdueMs: value.OVERDUE_SECONDS * SECOND,
  };
}
