import { join, resolve } from 'node:path';
import * as z from 'zod';

const port = z.coerce.number({ error: 'must be a number' }).int('must be a whole number').min(1, 'must be 1 to 65535').max(65535, 'must be 1 to 65535');
const flag = z.enum(['0', '1', 'false', 'true', ''], { error: 'must be 1 (or true) or 0 (or false)' }).transform((word) => word === '1' || word === 'true');
/** As a browser sends it: scheme, host and port, nothing after them. */
const isOrigin = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
const origins = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean))
  .refine((parts) => parts.every(isOrigin), 'must be origins such as https://example.org, with commas between');
const whole = (least: number, most: number) =>
  z.coerce.number({ error: 'must be a number' }).int('must be a whole number').min(least, `must be ${least} to ${most}`).max(most, `must be ${least} to ${most}`);

const schema = z.object({
  PORT: port.optional(),
  HOST: z.string().min(1, 'must be an address or a host name').default('127.0.0.1'),
  DATA_DIR: z.string().min(1, 'must be a folder').default('.barometer'),
  STORE: z.enum(['sqlite', 'memory'], { error: 'must be sqlite or memory' }).default('sqlite'),
  MODEL_DIR: z.string().min(1, 'must be a folder').default('models/barometer-distilbert-news'),
  SCORE_TEXT: z.enum(['title', 'title+summary'], { error: 'must be title or title+summary' }).default('title'),
  SCORING_THREADS: whole(1, 64).optional(),
  ALLOW_PRIVATE_SOURCES: flag.default(false),
  SOURCES_FILE: z.string().min(1, 'must be a file').default('config/sources.yaml'),
  TOPICS_FILE: z.string().min(1, 'must be a file').default('config/topics.yaml'),
  NEWSAPI_KEY: z.string().min(1, 'must not be empty').optional(),
  NEWSAPI_URL: z.url({ error: 'must be an address' }).optional(),
  CORS_ORIGINS: origins.default([]),
  RATE_LIMIT: whole(1, 1_000_000).default(600),
});

/** The settings of the local app, every path absolute. */
export type Settings = ReturnType<typeof readSettings>;

/** A setting that cannot be used; the message names each variable with the reason. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from environment variables. Paths that the user gives are relative to `folder`, the defaults for
 * what ships with Barometer to `root`, the repository.
 * @throws SettingsError naming every variable that cannot be used
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>, root: string, folder = root) {
  // A variable that is set to nothing counts as not set, as shells and compose files mean it.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message} (it is "${given[String(issue.path[0])] ?? ''}")`).join('\n'));
  }
  const value = parsed.data;
  const path = (name: 'DATA_DIR' | 'MODEL_DIR' | 'SOURCES_FILE' | 'TOPICS_FILE') => resolve(given[name] === undefined ? root : folder, value[name]);
  const dataDirectory = path('DATA_DIR');
  return {
    port: value.PORT,
    host: value.HOST,
    dataDirectory,
    storeFile: join(dataDirectory, 'barometer.db'),
    store: value.STORE,
    modelDirectory: path('MODEL_DIR'),
    scoreText: value.SCORE_TEXT,
    scoringThreads: value.SCORING_THREADS,
    allowPrivateSources: value.ALLOW_PRIVATE_SOURCES,
    sourcesFile: path('SOURCES_FILE'),
    topicsFile: path('TOPICS_FILE'),
    sampleFolder: join(root, 'config', 'sample'),
    webRoot: join(root, 'dist', 'apps', 'web'),
    newsApiKey: value.NEWSAPI_KEY,
    newsApiUrl: value.NEWSAPI_URL,
    corsOrigins: value.CORS_ORIGINS,
    rateLimit: value.RATE_LIMIT,
  };
}
