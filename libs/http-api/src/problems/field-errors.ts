import type { FastifyError } from 'fastify';
import type { FieldError } from '../contract/problem';

/** At most this many wrong fields are named; a thousand wrong texts do not need a thousand lines. */
const MOST = 20;

const places: Readonly<Record<string, string>> = { querystring: 'query', params: 'path' };

/** The wrong fields of a request that its schema refused; unknown fields are named in the same way. */
export function fieldErrors(error: FastifyError): FieldError[] {
  const place = error.validationContext ?? 'body';
  return (error.validation ?? []).slice(0, MOST).flatMap((issue) => {
    const field = fieldName(issue.instancePath);
    const unknown = issue.keyword === ('unrecognized_keys' as string) ? (issue.params['keys'] as string[]) : undefined;
    if (unknown) return unknown.slice(0, MOST).map((key) => ({ field: field ? `${field}.${key}` : key, message: 'is not known here' }));
    return [{ field: field || (places[place] ?? place), message: inPlainWords(issue.message) }];
  });
}

/** The schema library's own message, worded to follow the field's name; a message that a schema sets stays unchanged. */
function inPlainWords(message = 'is not valid'): string {
  const [, expected, received] = /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? [];
  if (received === 'undefined') return 'is missing';
  if (received !== undefined) return `must be of type ${expected}, not ${received}`;
  return message
    .replace(/^Invalid option: expected one of (.*)$/, (_all, options: string) => `must be one of ${options.replaceAll('|', ', ')}`)
    .replace(/^Too (?:small|big): expected number to be >=?(-?\d+)$/, 'must be at least $1')
    .replace(/^Too (?:small|big): expected number to be <=?(-?\d+)$/, 'must be at most $1');
}

/** `/texts/3` as `texts[3]`, `/health/status` as `health.status`. */
function fieldName(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '')
    .reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : name ? `${name}.${part}` : part), '');
}
