import * as z from 'zod';
import { isUserAgent, USER_AGENT_RULE } from './user-agent';

/** Environment variables as Node hands them over. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that cannot be used; the message names each variable with the reason. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** 1 or true, 0 or false. */
export const flag = z.enum(['0', '1', 'false', 'true'], { error: 'must be 1 (or true) or 0 (or false)' }).transform((word) => word === '1' || word === 'true');

/** A text that has to be given. */
export const text = (what: string) => z.string({ error: `must be set to ${what}` });

const partsOf = (words: string) => words.split(',').map((part) => part.trim()).filter(Boolean);

/** A text of several parts with commas between, at least one. */
export const listOf = (schema: z.ZodString) =>
  schema
    .transform(partsOf)
    .refine((parts): parts is [string, ...string[]] => parts.length > 0, 'must hold something besides commas');

/** A whole number between two bounds. */
export const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error);
};

/** What a program calls itself in requests. */
export const userAgent = z.string().trim().refine(isUserAgent, USER_AGENT_RULE);

/** As a browser sends it: scheme, host and port, nothing after them. */
const isOrigin = (word: string) => URL.canParse(word) && /^https?:$/.test(new URL(word).protocol) && new URL(word).origin === word;

/** Origins of web pages, with commas between. */
export const origins = z
  .string()
  .transform(partsOf)
  .refine((parts) => parts.every(isOrigin), 'must be origins such as https://example.org, with commas between');

/**
 * Reads the settings of an app, once, before anything else is done. A variable that is set to nothing counts as not
 * set, as shells, compose files and templates mean it.
 * @param separator stands between what is said of two variables: a line break for a terminal, one line for a log
 * @throws SettingsError naming every variable that cannot be used. It carries no stack: the operator needs the name of
 * the variable, not the place in a bundle.
 */
export function readEnvironment<Schema extends z.ZodType>(schema: Schema, environment: Environment, separator: '; ' | '\n' = '; '): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw withoutStack(new SettingsError(parsed.error.issues.map((issue) => reasonOf(issue, given)).join(separator)));
}

function reasonOf(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0]);
  return `${name} ${issue.message}${given[name] === undefined ? '' : ` (it is "${String(given[name])}")`}`;
}

function withoutStack<E extends Error>(error: E): E {
  error.stack = `${error.name}: ${error.message}`;
  return error;
}
