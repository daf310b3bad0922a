import { join, resolve } from 'node:path';
import { flag, origins, readEnvironment, userAgent, whole, type Environment } from '@barometer/kernel';
import { BASE_PATH_RULE, isBasePath } from '@barometer/http-api';
import * as z from 'zod';
import { trustedProxies } from './trusted-proxies';

const schema = z.object({
  PORT: whole(1, 65_535).optional(),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.barometer'),
  STORE: z.enum(['sqlite', 'memory', 'dynamodb'], { error: 'must be sqlite, memory or dynamodb' }).default('sqlite'),
  TABLE_NAME: z.string().regex(/^[\w.-]{3,255}$/, 'must be 3 to 255 letters, digits, dots, hyphens and underscores').default(''),
  // Region and credentials are the AWS SDK's own; it reads these two as well.
  AWS_ENDPOINT_URL_DYNAMODB: z.url({ error: 'must be an address' }).optional(),
  AWS_ENDPOINT_URL: z.url({ error: 'must be an address' }).optional(),
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
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  ALERTS_FILE: z.string().default('config/alerts.yaml'),
  ALERT_SECRETS_DIR: z.string().optional(),
}).refine(({ STORE, TABLE_NAME }) => STORE !== 'dynamodb' || TABLE_NAME !== '', { path: ['TABLE_NAME'], error: 'must be set to the name of the DynamoDB table with STORE=dynamodb' });

/** The settings of the local app, every path absolute. */
export type Settings = ReturnType<typeof readSettings>;

/**
 * Reads the settings from environment variables. Paths that the user gives are relative to `folder`, the defaults for
 * what ships with Barometer to `root`, the repository.
 * @throws SettingsError naming every variable that cannot be used
 */
export function readSettings(environment: Environment, root: string, folder = root) {
  const value = readEnvironment(schema, environment, '\n');
  const path = (name: 'DATA_DIR' | 'MODEL_DIR' | 'SOURCES_FILE' | 'TOPICS_FILE' | 'ALERTS_FILE') => resolve(environment[name] ? folder : root, value[name]);
  const dataDirectory = path('DATA_DIR');
  return {
    port: value.PORT,
    host: value.HOST,
    dataDirectory,
    storeFile: join(dataDirectory, 'barometer.db'),
    store: value.STORE,
    /** The DynamoDB table; empty where there is none. */
    tableName: value.TABLE_NAME,
    /** Where DynamoDB is, unless it is that of AWS. */
    tableEndpoint: value.AWS_ENDPOINT_URL_DYNAMODB ?? value.AWS_ENDPOINT_URL,
    modelDirectory: path('MODEL_DIR'),
    scoreText: value.SCORE_TEXT,
    scoringThreads: value.SCORING_THREADS,
    allowPrivateSources: value.ALLOW_PRIVATE_SOURCES,
    /** What feeds' hosts are told of who asks, instead of Barometer's own name. */
    userAgent: value.USER_AGENT,
    sourcesFile: path('SOURCES_FILE'),
    topicsFile: path('TOPICS_FILE'),
    alertsFile: path('ALERTS_FILE'),
    /** What the names of channels' secrets stand for, in lower case. */
    alertSecrets: secretsOf(environment),
    alertSecretsDirectory: value.ALERT_SECRETS_DIR && resolve(folder, value.ALERT_SECRETS_DIR),
    /** Where readers find the page, without a slash at its end; absent where nobody said it and it cannot be guessed. */
    home: value.PUBLIC_URL?.replace(/\/+$/, '') ?? (isLoopback(value.HOST) && value.TRUST_PROXY === undefined ? `http://127.0.0.1:${value.PORT ?? 4600}${value.BASE_PATH}` : undefined),
    sampleFolder: join(root, 'config', 'sample'),
    webRoot: join(root, 'dist', 'apps', 'web'),
    newsApiKey: value.NEWSAPI_KEY,
    newsApiUrl: value.NEWSAPI_URL,
    corsOrigins: value.CORS_ORIGINS,
    rateLimit: value.RATE_LIMIT,
    /** The path that everything stands under; empty at the root. */
    basePath: value.BASE_PATH,
    /** The proxies whose X-Forwarded-* headers count: how many in a row, or their addresses and networks. */
    trustProxy: value.TRUST_PROXY,
    /** Whether others than this computer may ask: where a proxy hands requests on, a loopback address is no protection. */
    needsKeys: !isLoopback(value.HOST) || value.TRUST_PROXY !== undefined,
    /** A file with the key that a store without any begins with. */
    adminKeyFile: value.ADMIN_KEY_FILE && resolve(folder, value.ADMIN_KEY_FILE),
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function secretsOf(environment: Environment): Readonly<Record<string, string>> {
  const prefix = 'ALERT_SECRET_';
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length).toLowerCase(), value]] : [])));
}
