import { join, resolve } from 'node:path';
import { signInOf, signInSettings, withoutIssuer } from '@barometer/access';
import {
  flag,
  origins,
  readEnvironment,
  retentionOf,
  retentionSettings,
  SettingsError,
  userAgent,
  whole,
  withoutStack,
  type Environment,
  type WarnOfSetting,
} from '@barometer/kernel';
import { BASE_PATH_RULE, isBasePath } from '@barometer/http-api';
import * as z from 'zod';
import type { LocalSignIn } from './sign-in';
import { trustedProxies } from './trusted-proxies';

const schema = z
  .object({
    PORT: whole(1, 65_535).optional(),
    HOST: z.string().default('127.0.0.1'),
    DATA_DIR: z.string().default('.barometer'),
    STORE: z.enum(['sqlite', 'memory', 'dynamodb'], { error: 'must be sqlite, memory or dynamodb' }).default('sqlite'),
    TABLE_NAME: z
      .string()
      .regex(/^[\w.-]{3,255}$/, 'must be 3 to 255 letters, digits, dots, hyphens and underscores')
      .default(''),
    // Region and credentials are the AWS SDK's own; it reads these two as well.
    AWS_ENDPOINT_URL_DYNAMODB: z.url({ error: 'must be an address' }).optional(),
    AWS_ENDPOINT_URL: z.url({ error: 'must be an address' }).optional(),
    ...retentionSettings,
    MODEL_DIR: z.string().default('models/barometer-distilbert-news'),
    SCORE_TEXT: z.enum(['title', 'title+summary'], { error: 'must be title or title+summary' }).default('title'),
    SCORING_THREADS: whole(1, 64).optional(),
    ALLOW_PRIVATE_SOURCES: flag.default(false),
    USER_AGENT: userAgent.optional(),
    SOURCES_FILE: z.string().default('config/sources.yaml'),
    TOPICS_FILE: z.string().default('config/topics.yaml'),
    NEWSAPI_KEY: z.string().optional(),
    NEWSAPI_URL: z.url({ error: 'must be an address' }).optional(),
    CORS_ORIGINS: origins.default([]),
    RATE_LIMIT: whole(1, 1_000_000).default(600),
    BASE_PATH: z.string().refine(isBasePath, BASE_PATH_RULE).default(''),
    TRUST_PROXY: trustedProxies.optional(),
    ADMIN_KEY_FILE: z.string().optional(),
    ...signInSettings,
    OIDC_CLIENT_SECRET_FILE: z.string().optional(),
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
    ALERTS_FILE: z.string().default('config/alerts.yaml'),
    ALERT_SECRETS_DIR: z.string().optional(),
    BAROMETER_KEY: z
      .string()
      .regex(/^[\x21-\x7e]+$/, 'must be a key that "barometer keys add" made')
      .optional(),
    CANARY: flag.default(true),
  })
  .refine(({ STORE, TABLE_NAME }) => STORE !== 'dynamodb' || TABLE_NAME !== '', {
    path: ['TABLE_NAME'],
    error: 'must be set to the name of the DynamoDB table with STORE=dynamodb',
  });

/** The settings of the local app, every path absolute. */
export type Settings = ReturnType<typeof readSettings>;

/**
 * Reads the settings from environment variables. Paths that the user sets are relative to `folder`; the default paths
 * of shipped files are relative to `root`, the repository. `warn` is called for each variable that is probably misspelt.
 * @throws SettingsError naming every variable that cannot be used
 */
export function readSettings(environment: Environment, root: string, folder = root, warn?: WarnOfSetting) {
  const value = readEnvironment(schema, environment, { separator: '\n', warn });
  const path = (name: 'DATA_DIR' | 'MODEL_DIR' | 'SOURCES_FILE' | 'TOPICS_FILE' | 'ALERTS_FILE') => resolve(environment[name] ? folder : root, value[name]);
  const dataDirectory = path('DATA_DIR');
  const signIn = localSignInOf(value, folder);
  return {
    port: value.PORT,
    host: value.HOST,
    dataDirectory,
    storeFile: join(dataDirectory, 'barometer.db'),
    store: value.STORE,
    /** The DynamoDB table; empty where there is none. */
    tableName: value.TABLE_NAME,
    /** The endpoint of DynamoDB, if it is not that of AWS. */
    tableEndpoint: value.AWS_ENDPOINT_URL_DYNAMODB ?? value.AWS_ENDPOINT_URL,
    /** How long articles and counts are kept. */
    retention: retentionOf(value),
    modelDirectory: path('MODEL_DIR'),
    scoreText: value.SCORE_TEXT,
    scoringThreads: value.SCORING_THREADS,
    allowPrivateSources: value.ALLOW_PRIVATE_SOURCES,
    /** The User-Agent for requests to feeds, in place of Barometer's own. */
    userAgent: value.USER_AGENT,
    sourcesFile: path('SOURCES_FILE'),
    topicsFile: path('TOPICS_FILE'),
    alertsFile: path('ALERTS_FILE'),
    /** Whether the file was set explicitly: then it must exist. */
    isAlertsFileNamed: Boolean(environment['ALERTS_FILE']),
    /** What the names of channels' secrets stand for, in lower case. */
    alertSecrets: secretsOf(environment),
    alertSecretsDirectory: value.ALERT_SECRETS_DIR && resolve(folder, value.ALERT_SECRETS_DIR),
    /** The page's address as configured, without a trailing slash. */
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, ''),
    /** The page's address without a trailing slash; absent if it is not configured and cannot be guessed. */
    home:
      value.PUBLIC_URL?.replace(/\/+$/, '') ??
      (isLoopback(value.HOST) && value.TRUST_PROXY === undefined ? `http://127.0.0.1:${value.PORT ?? 4600}${value.BASE_PATH}` : undefined),
    /** Whether the canary, a sentence with a known tone, is sent through the pipeline. */
    canary: value.CANARY,
    sampleFolder: join(root, 'config', 'sample'),
    webRoot: join(root, 'dist', 'apps', 'web'),
    newsApiKey: value.NEWSAPI_KEY,
    newsApiUrl: value.NEWSAPI_URL,
    corsOrigins: value.CORS_ORIGINS,
    rateLimit: value.RATE_LIMIT,
    /** The path that everything is served below; empty at the root. */
    basePath: value.BASE_PATH,
    /** The proxies whose X-Forwarded-* headers are trusted: how many in a row, or their addresses and networks. */
    trustProxy: value.TRUST_PROXY,
    /**
     * Whether other computers may send requests: behind a proxy a loopback address is no protection, and sign-in only
     * makes sense with others.
     */
    needsKeys: !isLoopback(value.HOST) || value.TRUST_PROXY !== undefined || signIn !== undefined,
    /** The settings of sign-in; absent if it is off. */
    signIn,
    /** The key for the other Barometer that "barometer mcp" queries. */
    barometerKey: value.BAROMETER_KEY,
    /** A file with the first key of a store that has none. */
    adminKeyFile: value.ADMIN_KEY_FILE && resolve(folder, value.ADMIN_KEY_FILE),
  };
}

function localSignInOf(value: z.output<typeof schema>, folder: string): LocalSignIn | undefined {
  const signIn = signInOf(value);
  const file = value.OIDC_CLIENT_SECRET_FILE;
  if (!signIn) {
    if (file !== undefined) throw withoutIssuer('OIDC_CLIENT_SECRET_FILE');
    return undefined;
  }
  if (file === undefined)
    throw withoutStack(
      new SettingsError('OIDC_CLIENT_SECRET_FILE must be set with OIDC_ISSUER: a file, of mode 600 or 640, with the secret that the provider gave'),
    );
  return { ...signIn, secretFile: resolve(folder, file) };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function secretsOf(environment: Environment): Readonly<Record<string, string>> {
  const prefix = 'ALERT_SECRET_';
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length).toLowerCase(), value]] : [],
    ),
  );
}
