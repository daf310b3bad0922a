import { flag, HOUR, SettingsError, sha256Hex, whole, withoutStack } from '@barometer/kernel';
import * as z from 'zod';
import { readRoleRule, type RoleRule, type RoleRules } from './role-rules';
import type { SessionLimits } from './session';

/** Comma-separated rules; a value that contains a comma cannot be given. */
const roleRules = z.string().transform((words, context): RoleRule[] =>
  words
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
    .flatMap((word) => {
      const rule = readRoleRule(word);
      if (rule.ok) return [rule.value];
      context.addIssue({ code: 'custom', message: rule.error.message });
      return [];
    }),
);

/** At a large provider, `*` would mean anyone on the internet. */
const namedRules = roleRules.refine((rules) => rules.every(({ kind }) => kind !== 'everybody'), 'must name people or groups: only OIDC_READERS may be *');

/** A browser keeps the cookie no longer than this (libs/http-api/src/access/session-cookie.ts). */
const MOST_HOURS = 720;

/** Sign-in at an OpenID Connect provider, as environment variables; for the schema of an app's settings. */
export const signInSettings = {
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be the address of the issuer, such as https://id.example.org' }).optional(),
  OIDC_CLIENT_ID: z.string().max(200, 'must be at most 200 characters').optional(),
  OIDC_SCOPES: z
    .string()
    .refine((scopes) => scopes.split(' ').includes('openid'), 'must be scopes with spaces between, openid among them')
    .default('openid profile email'),
  OIDC_READERS: roleRules.default([]),
  OIDC_WRITERS: namedRules.default([]),
  OIDC_ADMINS: namedRules.default([]),
  OIDC_ALLOW_PRIVATE_ISSUER: flag.default(false),
  OIDC_SESSION_IDLE_HOURS: whole(1, MOST_HOURS).default(24),
  OIDC_SESSION_MAX_HOURS: whole(1, MOST_HOURS).default(168),
} satisfies z.ZodRawShape;

type Values = z.output<z.ZodObject<typeof signInSettings>>;

/** The settings of sign-in and of its roles; without the client's secret, which comes from a file or a secret store. */
export interface SignInSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: string;
  readonly rules: RoleRules;
  /** Allows an issuer on this machine or in a private network, and with http. */
  readonly allowPrivate: boolean;
  readonly limits: SessionLimits;
  /** Identifies everything that decides on roles: sessions given under other settings end. */
  readonly grantedBy: string;
}

/** The settings of sign-in; `undefined` if it is off. @throws SettingsError if something is missing */
export function signInOf(value: Values): SignInSettings | undefined {
  const {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_READERS: read,
    OIDC_WRITERS: write,
    OIDC_ADMINS: admin,
    OIDC_ALLOW_PRIVATE_ISSUER: allowPrivate,
  } = value;
  if (issuer === undefined) {
    const alone = clientId !== undefined ? 'OIDC_CLIENT_ID' : (['OIDC_READERS', 'OIDC_WRITERS', 'OIDC_ADMINS'] as const).find((name) => value[name].length > 0);
    if (alone) throw withoutIssuer(alone);
    return undefined;
  }
  if (clientId === undefined) throw missing('OIDC_CLIENT_ID must be set with OIDC_ISSUER: it is what the provider calls this Barometer');
  if (!allowPrivate && !issuer.startsWith('https:'))
    throw missing(`OIDC_ISSUER must be an https address (it is "${issuer}"); only with OIDC_ALLOW_PRIVATE_ISSUER=1 may it be http`);
  const rules = { read, write, admin };
  if (Object.values(rules).every((list) => list.length === 0))
    throw missing('OIDC_READERS, OIDC_WRITERS or OIDC_ADMINS must say who may sign in with OIDC_ISSUER: without a rule nobody can');
  return {
    issuer,
    clientId,
    scopes: value.OIDC_SCOPES,
    rules,
    allowPrivate,
    limits: { idle: value.OIDC_SESSION_IDLE_HOURS * HOUR, max: value.OIDC_SESSION_MAX_HOURS * HOUR },
    grantedBy: sha256Hex(JSON.stringify([issuer, clientId, rules])).slice(0, 16),
  };
}

/** The error for a sign-in setting without a provider, whose owner may believe that access is restricted. */
export const withoutIssuer = (name: string) => missing(`${name} is set, but OIDC_ISSUER is not: nobody could sign in`);

const missing = (message: string) => withoutStack(new SettingsError(message));
