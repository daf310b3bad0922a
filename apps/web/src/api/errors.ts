import type { Problem } from '@barometer/http-api/contract';

/** The server answered with a problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.errors?.map(({ field, message }) => `${field} ${message}`).join('; ') || problem.detail || problem.title);
  }

  get status(): number {
    return this.problem.status;
  }

  /** What is wrong with a field of the request, when it is named. */
  fieldMessage(field: string): string | undefined {
    return this.problem.errors?.find((error) => error.field === field || error.field.startsWith(`${field}[`))?.message;
  }
}

/** Nothing answered. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';

  constructor(cause: unknown) {
    super('Barometer does not answer', { cause });
  }
}
