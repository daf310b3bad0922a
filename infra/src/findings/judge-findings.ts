import * as z from 'zod';

/** A finding of a template checker: which check, in which resource (its logical id) of which template. */
export interface Finding {
  readonly check: string;
  readonly resource: string;
  readonly template: string;
  readonly message: string;
}

export const acceptedSchema = z.array(
  z.strictObject({
    check: z.string().regex(/^[A-Z]+[A-Z0-9_]*$/),
    /** The logical ids for which it is accepted. */
    resources: z.string().min(2),
    reason: z.string().min(30, 'says in a sentence why it is no fault here'),
  }),
);
export type AcceptedFinding = z.infer<typeof acceptedSchema>[number];

/** Findings to fix or to accept, and accepted ones that are no longer found. */
export function judgeFindings(
  found: readonly Finding[],
  accepted: readonly AcceptedFinding[],
): { readonly open: readonly Finding[]; readonly stale: readonly AcceptedFinding[] } {
  const covers =
    ({ check, resources }: AcceptedFinding) =>
    ({ check: other, resource }: Finding) =>
      check === other && new RegExp(resources).test(resource);
  return { open: found.filter((finding) => !accepted.some((one) => covers(one)(finding))), stale: accepted.filter((one) => !found.some(covers(one))) };
}

interface LintFinding {
  readonly Filename: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path?: readonly (string | number)[] | null };
}

/** Parses the output of `cfn-lint --format json`. */
export const lintFindings = (text: string): Finding[] =>
  (JSON.parse(text || '[]') as LintFinding[]).map(({ Filename, Message, Rule, Location }) => ({
    check: Rule.Id,
    resource: String(Location.Path?.[1] ?? ''),
    template: Filename,
    message: Message,
  }));

interface CheckovReport {
  readonly results?: {
    readonly failed_checks: readonly { readonly check_id: string; readonly check_name: string; readonly resource: string; readonly file_path: string }[];
    readonly parsing_errors?: readonly string[];
  };
}

/** Parses the output of `checkov -o json`. Throws if checkov could not read a template, or printed nothing. */
export function checkovFindings(text: string): Finding[] {
  const { results } = JSON.parse(text) as CheckovReport;
  if (!results || (results.parsing_errors ?? []).length > 0)
    throw new Error(`checkov has not read every template: ${(results?.parsing_errors ?? ['no results']).join(', ')}.`);
  return results.failed_checks.map(({ check_id: check, check_name: message, resource, file_path: template }) => ({
    check,
    message,
    template: template.replace(/^\//, ''),
    resource: resource.split('.').at(-1) ?? resource,
  }));
}
