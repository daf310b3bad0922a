import * as z from 'zod';
import { misspeltSettings } from './misspelt-settings';
import { isUserAgent, USER_AGENT_RULE } from './user-agent';

/** Environment variables as Node provides them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that cannot be used; the message names each variable with the reason. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** 1 or true, 0 or false. */
export const flag = z.enum(['0', '1', 'false', 'true'], { error: 'must be 1 (or true) or 0 (or false)' }).transform((word) => word === '1' || word === 'true');

/** A required text. */
export const text = (what: string) => z.string({ error: `must be set to ${what}` });

const partsOf = (words: string) =>
  words
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** A comma-separated list of texts, at least one. */
export const listOf = (schema: z.ZodString) =>
  schema.transform(partsOf).refine((parts): parts is [string, ...string[]] => parts.length > 0, 'must hold something besides commas');

/** A whole number between two bounds. */
export const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error);
};

/** The User-Agent of requests. */
export const userAgent = z.string().trim().refine(isUserAgent, USER_AGENT_RULE);

/** An origin as a browser sends it: scheme, host and port, and nothing else. */
const isOrigin = (word: string) => URL.canParse(word) && /^https?:$/.test(new URL(word).protocol) && new URL(word).origin === word;

/** Comma-separated origins of web pages. */
export const origins = z
  .string()
  .transform(partsOf)
  .refine((parts) => parts.every(isOrigin), 'must be origins such as https://example.org, with commas between');

/** Called with a sentence about each variable that is probably misspelt. */
export type WarnOfSetting = (sentence: string) => void;

interface ReadOptions {
  /** Separates the messages on invalid variables: a line break for a terminal, otherwise one line for a log. */
  readonly separator?: '; ' | '\n';
  readonly warn?: WarnOfSetting | undefined;
}

/**
 * Reads the settings of an app, once, before anything else. A variable with an empty value counts as not set, as in
 * shells, compose files and templates.
 * @throws SettingsError naming every invalid variable. It has no stack: the operator needs the name of the variable, not
 * the position in a bundle.
 */
export function readEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment,
  { separator = '; ', warn }: ReadOptions = {},
): z.output<Schema> {
  if (warn) misspeltSettings(environment, Object.keys(schema.shape)).forEach((sentence) => warn(sentence));
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw withoutStack(new SettingsError(parsed.error.issues.map((issue) => reasonOf(issue, given)).join(separator)));
}

function reasonOf(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0]);
  return `${name} ${issue.message}${given[name] === undefined ? '' : ` (it is "${String(given[name])}")`}`;
}

/** The operator needs the name of the variable, not the position in a bundle. */
export function withoutStack<E extends Error>(error: E): E {
  error.stack = `${error.name}: ${error.message}`;
  return error;
}
