import { join } from 'node:path';
import { environmentName } from '@barometer/aws';
import { flag, listOf, origins, readEnvironment, text, userAgent, whole, type Environment } from '@barometer/kernel';
import * as z from 'zod';

const schema = z.object({
  ENVIRONMENT: environmentName.default('dev'),
  TABLE_NAME: text('the name of the DynamoDB table'),
  /** One name for each packaging that it can have; the function is found under whichever exists. */
  ANALYSIS_FUNCTION: listOf(text('the names of the analysis function, with commas between')),
  /** Lambda's own: where the code lies. */
  LAMBDA_TASK_ROOT: z.string().default('.'),
  /** Default: `web` beside the code. */
  WEB_ROOT: z.string().optional(),
  CORS_ORIGINS: origins.default([]),
  RATE_LIMIT: whole(1, 1_000_000).default(600),
  /** Both below the time limit of the function: a request ends in an answer, not in the end of the function. */
  REQUEST_TIME_LIMIT_MS: whole(100, 840_000).default(15_000),
  ANALYZE_TIME_LIMIT_MS: whole(100, 840_000).default(12_000),
  /** As the analysis function has it: an explanation is of the text that was scored. */
  SCORE_TEXT: z.enum(['title', 'title+summary'], { error: 'must be title or title+summary' }).default('title'),
  ALLOW_PRIVATE_SOURCES: flag.default(false),
  USER_AGENT: userAgent.optional(),
  /** Name or ARN of the secret with the values of channels' secrets, a JSON object; without it such channels say that theirs is not set. */
  ALERT_SECRETS_ID: z.string().optional(),
  /** Where readers find the page: notices link there. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
});

export type Settings = ReturnType<typeof readSettings>;

/** The settings of the dashboard function. @throws SettingsError naming every variable that cannot be used */
export function readSettings(environment: Environment) {
  const value = readEnvironment(schema, environment);
  return {
    environment: value.ENVIRONMENT,
    tableName: value.TABLE_NAME,
    analysisFunctions: value.ANALYSIS_FUNCTION,
    webRoot: value.WEB_ROOT ?? join(value.LAMBDA_TASK_ROOT, 'web'),
    corsOrigins: value.CORS_ORIGINS,
    rateLimit: value.RATE_LIMIT,
    requestTimeLimitMs: value.REQUEST_TIME_LIMIT_MS,
    analyzeTimeLimitMs: value.ANALYZE_TIME_LIMIT_MS,
    scoreText: value.SCORE_TEXT,
    alertSecretsId: value.ALERT_SECRETS_ID,
    /** Without a slash at its end. */
    home: value.PUBLIC_URL?.replace(/\/+$/, ''),
    allowPrivateSources: value.ALLOW_PRIVATE_SOURCES,
    /** What feeds' hosts are told of who asks, instead of Barometer's own name. */
    userAgent: value.USER_AGENT,
  };
}
