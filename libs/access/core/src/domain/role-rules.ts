import { err, ok, type Result } from '@barometer/kernel';
import type { SessionRole } from './session';

/** The claims of a person, as the provider states them: names and values (OpenID Connect Core 1.0, section 5.1). */
export type Claims = Readonly<Record<string, unknown>>;

/** Who gets a role: everyone whom the provider signs in, one e-mail address, or everyone with this value of a claim. */
export type RoleRule =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'claim'; readonly claim: string; readonly value: string };

/** The rules of each role. A person gets the highest role with a matching rule, and is refused if none matches. */
export type RoleRules = Readonly<Record<SessionRole, readonly RoleRule[]>>;

/**
 * Parses one rule: `*`, an e-mail address, or `claim=value`, split at the first equals sign.
 * @returns what is wrong with it, worded to follow its name
 */
export function readRoleRule(text: string): Result<RoleRule, { readonly message: string }> {
  if (text === '*') return ok({ kind: 'everybody' });
  const at = text.indexOf('=');
  if (at > 0 && at < text.length - 1) return ok({ kind: 'claim', claim: text.slice(0, at), value: text.slice(at + 1) });
  if (at < 0 && /^[^\s@]+@[^\s@]+$/.test(text)) return ok({ kind: 'email', email: text.toLowerCase() });
  return err({ message: 'must be e-mail addresses and claims such as groups=editors, with commas between' });
}

/** The role of a person with these claims; `undefined` if no rule matches. */
export function roleOf(claims: Claims, rules: RoleRules): SessionRole | undefined {
  return (['admin', 'write', 'read'] as const).find((role) => rules[role].some((rule) => fits(rule, claims)));
}

function fits(rule: RoleRule, claims: Claims): boolean {
  if (rule.kind === 'everybody') return true;
  if (rule.kind === 'email') return verifiedEmail(claims)?.toLowerCase() === rule.email;
  // Own properties only: a name such as "constructor" must not count as a claim.
  const value = Object.hasOwn(claims, rule.claim) ? claims[rule.claim] : undefined;
  return (Array.isArray(value) ? value : [value]).some((one) => typeof one !== 'object' && one !== undefined && String(one) === rule.value);
}

/** The e-mail address, if the provider has verified it: an address that anyone may enter proves nothing. */
export function verifiedEmail({ email, email_verified: verified }: Claims): string | undefined {
  return typeof email === 'string' && verified === true ? email : undefined;
}
