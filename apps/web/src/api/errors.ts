import type { Problem } from '@barometer/http-api/contract';

/** The server answered with a problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.errors?.map(inWords).join('; ') || problem.detail || problem.title);
  }

  get status(): number {
    return this.problem.status;
  }

  /** What is wrong with a field of the request, when it is named. */
  fieldMessage(field: string): string | undefined {
    return this.problem.errors?.find((error) => error.field === field || error.field.startsWith(`${field}[`))?.message;
  }
}

/** Some messages are sentences of their own, also ones that begin with the name of a host; the others need the name of their field before them. */
const inWords = ({ field, message }: { readonly field: string; readonly message: string }): string =>
  /^[\p{Lu}"“]|\.$/u.test(message) ? message : `${names[field.replace(/\[\d+\]$/, '')] ?? field} ${message}`;

const names: Readonly<Record<string, string>> = {
  anyOf: 'A phrase under “any of these”',
  allOf: 'A phrase under “all of these”',
  noneOf: 'A phrase under “none of these”',
  name: 'The name',
  texts: 'The text',
  url: 'The address',
  userAgent: 'The User-Agent',
};

/** Nothing answered. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';

  constructor(cause: unknown) {
    super('Barometer does not answer', { cause });
  }
}
