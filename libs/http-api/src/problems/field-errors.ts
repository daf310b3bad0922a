import type { FastifyError } from 'fastify';
import type { FieldError } from '../contract/problem';

/** At most this many wrong fields are named; a thousand wrong texts need no thousand lines. */
const MOST = 20;

const places: Readonly<Record<string, string>> = { querystring: 'query', params: 'path' };

/** The wrong fields of a request that its schema refused; an unknown field is named like any other. */
export function fieldErrors(error: FastifyError): FieldError[] {
  const place = error.validationContext ?? 'body';
  return (error.validation ?? []).slice(0, MOST).flatMap((issue) => {
    const field = fieldName(issue.instancePath);
    const unknown = issue.keyword === ('unrecognized_keys' as string) ? (issue.params['keys'] as string[]) : undefined;
    if (unknown) return unknown.slice(0, MOST).map((key) => ({ field: field ? `${field}.${key}` : key, message: 'is not known here' }));
    return [{ field: field || (places[place] ?? place), message: issue.message ?? 'is not valid' }];
  });
}

/** `/texts/3` as `texts[3]`, `/health/status` as `health.status`. */
function fieldName(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '')
    .reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : name ? `${name}.${part}` : part), '');
}
